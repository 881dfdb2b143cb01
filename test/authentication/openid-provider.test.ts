import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createInstallation } from "../../src/protection/installation.ts";
import { type GuardedGateway, startGuardedGateway } from "../apps/start-guarded-gateway.ts";
import {
  type OpenIdProvider,
  providerAudience,
  providerClient,
  startOpenIdProvider,
} from "./openid-provider.ts";

/* A real provider, a real gateway, real sockets; only the gateway's clock is turned by hand. */

let provider: OpenIdProvider;
let upstream: Server;
let gateway: GuardedGateway;
let shiftMs = 0;

const cacheMs = 60_000;
const staleMs = 600_000;

beforeEach(async () => {
  shiftMs = 0;
  provider = await startOpenIdProvider();
  upstream = createServer((_request, response) => response.end("served"));
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", () => resolve()));
});
afterEach(async () => {
  await gateway.close();
  upstream.closeAllConnections();
  upstream.close();
  await provider.goDown();
});

async function guardWith(token: object, mode: "enforce" | "observe" = "enforce"): Promise<void> {
  const { port } = upstream.address() as AddressInfo;
  const authentication = { tokens: [{ audiences: [providerAudience], ...token }] };
  gateway = await startGuardedGateway(
    { upstream: `http://127.0.0.1:${port}` },
    // The detectors take the provider's address on loopback for an attack on the network inside.
    { mode, protections: { authentication, "attack-detection": { mode: "off" } } },
    {
      now: () => Date.now() + shiftMs,
      installation: createInstallation({ secretOf: () => providerClient.secret }),
    },
  );
}

const byKeys = (): object => ({
  issuers: [provider.issuer],
  keys: { url: provider.jwksUrl, cacheMs, staleMs, refetchMs: 30_000 },
});

const byIntrospection = (): object => ({
  introspection: {
    url: provider.introspectionUrl,
    clientId: providerClient.id,
    clientSecretVariable: "PROVIDER_SECRET",
    cacheMs,
  },
});

async function statusWith(token: string | undefined): Promise<number> {
  const headers: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${gateway.origin}/orders`, { headers });
  await response.arrayBuffer();
  return response.status;
}

describe("tokens that are verified with the provider's keys", () => {
  test("pass when it issued them, and are refused when changed or missing", async () => {
    await guardWith(byKeys());
    const token = await provider.issue("jwt");
    const [header, payload, signature] = token.split(".");
    const claims = JSON.parse(Buffer.from(payload ?? "", "base64url").toString());
    const other = Buffer.from(JSON.stringify({ ...claims, sub: "admin" })).toString("base64url");

    expect(await statusWith(token)).toBe(200);
    expect(await statusWith(undefined)).toBe(401);
    expect(await statusWith(`${header}.${other}.${signature}`)).toBe(401);
    expect(provider.keyRequests).toBe(1);
    expect(gateway.failures).toEqual([]);
  });

  test("follow a rotation at once; the withdrawn key counts no longer", async () => {
    await guardWith(byKeys());
    const before = await provider.issue("jwt");
    expect(await statusWith(before)).toBe(200);

    await provider.rotate();
    expect(await statusWith(before)).toBe(200);
    expect(await statusWith(await provider.issue("jwt"))).toBe(200);
    expect(await statusWith(before)).toBe(401);
    expect(provider.keyRequests).toBe(2);
  });

  test("with invented key ids do not make the gateway ask again and again", async () => {
    await guardWith(byKeys());
    const [, payload, signature] = (await provider.issue("jwt")).split(".");
    for (let index = 0; index < 20; index += 1) {
      const header = Buffer.from(JSON.stringify({ alg: "RS256", kid: `made-up-${index}` }));
      expect(await statusWith(`${header.toString("base64url")}.${payload}.${signature}`)).toBe(401);
    }

    expect(provider.keyRequests).toBe(2);
  });

  test("pass while the provider is down, until its keys are too old, and again when it is back", async () => {
    await guardWith(byKeys());
    const seen = await provider.issue("jwt");
    const unseen = await provider.issue("jwt");
    expect(await statusWith(seen)).toBe(200);

    await provider.goDown();
    shiftMs = cacheMs + 1_000;
    expect(await statusWith(seen)).toBe(200);
    expect(await statusWith(unseen)).toBe(200);
    shiftMs = staleMs + 1_000;
    expect(await statusWith(seen)).toBe(503);

    await provider.comeBack();
    shiftMs += 2_000;
    expect(await statusWith(seen)).toBe(200);
  });

  test("that meet a provider which was never there get 503, or pass where that is wanted", async () => {
    const token = await provider.issue("jwt");
    await provider.goDown();
    await guardWith(byKeys());
    const response = await fetch(gateway.origin, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(gateway.records[0]?.decision?.verdicts[0]?.reason).toContain("ECONNREFUSED");
    await gateway.close();

    await guardWith({ ...byKeys(), onOutage: "allow" });
    expect(await statusWith(token)).toBe(200);
    expect(await statusWith(undefined)).toBe(401);
    const reason = gateway.records[0]?.decision?.verdicts[0]?.reason;
    expect(reason).toContain("not verified");
    await provider.comeBack();
  });

  test("are only reported when observing", async () => {
    await guardWith(byKeys(), "observe");

    expect(await statusWith(undefined)).toBe(200);
    expect(await statusWith(await provider.issue("jwt"))).toBe(200);
    const decisions = gateway.records.map(({ decision }) => decision?.wouldBe);
    expect(decisions).toEqual(["block", undefined]);
  });
});

describe("opaque tokens that the provider is asked about", () => {
  test("pass until they are revoked, but for what is remembered", async () => {
    await guardWith(byIntrospection());
    const token = await provider.issue("opaque");
    expect(await statusWith(token)).toBe(200);
    expect(await statusWith(`${token}x`)).toBe(401);

    await provider.revoke(token);
    expect(await statusWith(token)).toBe(200);
    shiftMs = cacheMs + 1;
    expect(await statusWith(token)).toBe(401);
  });

  test("pass from memory while it is down, unknown ones wait for its return", async () => {
    await guardWith(byIntrospection());
    const [seen, unseen] = [await provider.issue("opaque"), await provider.issue("opaque")];
    expect(await statusWith(seen)).toBe(200);

    await provider.goDown();
    expect(await statusWith(seen)).toBe(200);
    expect(await statusWith(unseen)).toBe(503);
    await provider.comeBack();
    expect(await statusWith(unseen)).toBe(200);
  });
});
