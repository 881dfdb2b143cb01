import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { measureOwnership, ownershipDefaults } from "../bench/ownership/measure-ownership.ts";
import type { Policy } from "../src/protection/policy.ts";
import { type GuardedGateway, startGuardedGateway } from "./apps/start-guarded-gateway.ts";

/* The protection `object-authorization` through a real socket and on simulated traffic. */

/** An API that gives anybody anything, as vulnerable ones do. */
const upstream = createServer((request, response) => {
  const owner = ownerOf(request.headers.authorization);
  const { pathname } = new URL(request.url ?? "/", "http://a");
  const json = (body: object): void => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  if (pathname === "/orders") json({ orders: ordersOf(owner).map((id) => ({ id, total: 5 })) });
  else if (pathname === "/products") json({ data: [1, 2, 3, 4, 5].map((id) => ({ id })) });
  else json({ id: Number(pathname.split("/").at(-1)), note: "private" });
});
let upstreamUrl = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
});
afterAll(() => upstream.close());

const users = Array.from({ length: 20 }, (_, index) => `user-${index}`);

function ordersOf(user: string): readonly number[] {
  const at = users.indexOf(user);
  return [0, 1, 2].map((index) => 100 + at * 3 + index);
}

function tokenOf(user: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `Bearer ${part({ alg: "HS256" })}.${part({ sub: user })}.${"c2ln".repeat(10)}`;
}

function ownerOf(authorization = ""): string {
  const claims = authorization.split(".")[1] ?? "";
  return claims === "" ? "" : JSON.parse(Buffer.from(claims, "base64url").toString()).sub;
}

async function get({ origin }: GuardedGateway, user: string, path: string): Promise<number> {
  const response = await fetch(`${origin}${path}`, { headers: { authorization: tokenOf(user) } });
  await response.arrayBuffer();
  return response.status;
}

function start(setting: Policy["protections"][string]): Promise<GuardedGateway> {
  return startGuardedGateway(
    { upstream: upstreamUrl },
    { protections: { "object-authorization": setting } },
  );
}

/** Everybody lists and opens what is theirs, twice. */
async function liveOn(gateway: GuardedGateway): Promise<void> {
  for (const user of [...users, ...users]) {
    await get(gateway, user, "/orders");
    for (const id of ordersOf(user)) await get(gateway, user, `/orders/${id}`);
    await get(gateway, user, "/products");
  }
  await expect.poll(() => gateway.records.length).toBe(users.length * 2 * 5);
}

describe("somebody else's object", () => {
  test("is refused once it is known whose it is; one's own and public ones are not", async () => {
    const gateway = await start({});
    await liveOn(gateway);
    const [victim = ""] = users;

    expect(await get(gateway, "user-7", `/orders/${ordersOf(victim)[0]}`)).toBe(403);
    expect(await get(gateway, victim, `/orders/${ordersOf(victim)[0]}`)).toBe(200);
    expect(await get(gateway, "user-7", "/products/3")).toBe(200);
    expect(await get(gateway, "newcomer", "/products/3")).toBe(200);
    await expect
      .poll(() => gateway.records.find(({ decision }) => decision?.action === "block")?.decision)
      .toMatchObject({
        verdicts: [{ protection: "object-authorization", status: 403 }],
        detections: [
          {
            location: "path",
            name: "1",
            explanation: expect.stringMatching(
              /^This order was given to another principal in exchange decision-\d+, and never to this one/,
            ),
          },
        ],
      });
    expect(gateway.failures).toEqual([]);
    await gateway.close();
  });

  test("is only reported in observe mode", async () => {
    const gateway = await start({ mode: "observe" });
    await liveOn(gateway);
    const [victim = ""] = users;

    expect(await get(gateway, "user-7", `/orders/${ordersOf(victim)[0]}`)).toBe(200);
    await expect
      .poll(() => gateway.records.at(-1)?.decision)
      .toMatchObject({ action: "allow", wouldBe: "block", status: 403 });
    await gateway.close();
  });

  test("is not spoken of before enough is known", async () => {
    const gateway = await start({});
    await get(gateway, "user-1", "/orders");
    await get(gateway, "user-1", `/orders/${ordersOf("user-1")[0]}`);

    expect(await get(gateway, "user-2", `/orders/${ordersOf("user-1")[0]}`)).toBe(200);
    await gateway.close();
  });
});

describe("a declared rule", () => {
  const rules = [
    { endpoints: ["* */users/{userId}/orders"], require: "path.userId == token.sub" },
    { endpoints: ["GET */search"], require: "query.account == principal.id" },
  ];

  test("holds from the first request", async () => {
    const gateway = await start({ learn: false, rules });

    expect(await get(gateway, "ann", "/users/ann/orders")).toBe(200);
    expect(await get(gateway, "ann", "/users/bob/orders")).toBe(403);
    expect(await get(gateway, "ann", "/users/%62ob/./orders")).toBe(403);
    expect(await get(gateway, "ann", "/users/bob/orders/")).toBe(403);
    expect(await get(gateway, "ann", "/search?account=ann")).toBe(200);
    expect(await get(gateway, "ann", "/search?account=ann&account=bob")).toBe(403);
    expect(await get(gateway, "ann", "/search")).toBe(403);
    expect((await fetch(`${gateway.origin}/users/ann/orders`)).status).toBe(403);
    expect(await get(gateway, "ann", "/elsewhere/bob")).toBe(200);
    await gateway.close();
  });
});

test("on simulated traffic of 500 users it finds the attacks and leaves the others alone", async () => {
  const { precision, recall } = await measureOwnership({ ...ownershipDefaults, seed: 41 });

  expect(precision).toBeGreaterThanOrEqual(0.98);
  expect(recall).toBeGreaterThanOrEqual(0.95);
});
