import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Policy } from "../src/protection/policy.ts";
import { type GuardedGateway, startGuardedGateway } from "./apps/start-guarded-gateway.ts";

/* The protection `function-authorization` through a real socket. */

const upstream = createServer((_request, response) => response.end("ok"));
let upstreamUrl = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
});
afterAll(() => upstream.close());

function start(setting: Policy["protections"][string]): Promise<GuardedGateway> {
  return startGuardedGateway(
    { upstream: upstreamUrl },
    { protections: { "function-authorization": setting, "attack-detection": { mode: "off" } } },
  );
}

async function get(
  { origin }: GuardedGateway,
  claims: object | undefined,
  path: string,
  method = "GET",
): Promise<number> {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const response = await fetch(`${origin}${path}`, {
    method,
    headers:
      claims === undefined
        ? {}
        : {
            authorization: `Bearer ${part({ alg: "HS256" })}.${part(claims)}.${"c2ln".repeat(10)}`,
          },
  });
  await response.arrayBuffer();
  return response.status;
}

describe("a declared rule", () => {
  const rules = [
    { endpoints: ["* */admin/{page}"], roles: ["admin"] },
    { endpoints: ["DELETE */orders/{orderId}"], scopes: ["orders:write"] },
    { endpoints: ["GET */acme/{page}"], claims: { tenant: "acme" } },
  ];

  test("lets those pass who are meant, and nobody else", async () => {
    const gateway = await start({ trustUnverified: true, learn: false, rules });
    const admin = { sub: "a", roles: ["admin", "user"] };
    const user = { sub: "u", roles: ["user"], scope: "orders:read", tenant: "other" };

    expect(await get(gateway, admin, "/admin/users")).toBe(200);
    expect(await get(gateway, user, "/admin/users")).toBe(403);
    expect(await get(gateway, user, "/%61dmin//users/")).toBe(403);
    expect(await get(gateway, undefined, "/admin/users")).toBe(403);
    expect(await get(gateway, { sub: "k", realm_access: { roles: ["admin"] } }, "/admin/x")).toBe(
      200,
    );
    expect(await get(gateway, user, "/orders/1", "DELETE")).toBe(403);
    expect(await get(gateway, user, "/orders/1")).toBe(200);
    const writer = { sub: "w", scope: "orders:read orders:write" };
    expect(await get(gateway, writer, "/orders/1", "DELETE")).toBe(200);
    expect(await get(gateway, { sub: "t", tenant: "acme" }, "/acme/home")).toBe(200);
    expect(await get(gateway, user, "/acme/home")).toBe(403);
    await gateway.close();
  });

  test("does not take a client's word for its role", async () => {
    const gateway = await start({ learn: false, rules });

    expect(await get(gateway, { sub: "a", roles: ["admin"] }, "/admin/users")).toBe(403);
    await gateway.close();
  });
});

describe("a role that never called this", () => {
  const pages = ["/orders", "/products", "/cart", "/profile", "/search"];

  async function liveOn(gateway: GuardedGateway): Promise<void> {
    for (let round = 0; round < 10; round += 1) {
      for (let user = 0; user < 6; user += 1) {
        for (const page of pages) await get(gateway, { sub: `u${user}`, role: "user" }, page);
        await get(gateway, { sub: `a${user}`, role: "admin" }, "/admin/refunds/12");
        await get(gateway, { sub: `b${user}`, role: "buyer" }, "/offers");
      }
    }
  }

  test("is refused where only others ever called, and told of elsewhere", async () => {
    const gateway = await start({});
    await liveOn(gateway);

    expect(await get(gateway, { sub: "u1", role: "user" }, "/admin/refunds/99")).toBe(403);
    expect(await get(gateway, { sub: "u1", role: "user" }, "/offers")).toBe(200);
    expect(await get(gateway, { sub: "a1", role: "admin" }, "/admin/refunds/99")).toBe(200);
    expect(await get(gateway, { sub: "u1", role: "user" }, "/new")).toBe(200);
    // Little is known of buyers, who may only now begin to look around.
    expect(await get(gateway, { sub: "b1", role: "buyer" }, "/orders")).toBe(200);
    expect(gateway.failures).toEqual([]);
    const told = gateway.records.filter(({ decision }) => decision !== undefined);
    expect(told.map(({ exchange }) => exchange.request.path)).toEqual([
      "/admin/refunds/99",
      "/offers",
    ]);
    await gateway.close();
  });
});
