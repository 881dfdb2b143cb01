import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createInstallation } from "../src/protection/installation.ts";
import type { Policy } from "../src/protection/policy.ts";
import { RedisCounterStore } from "../src/storage/redis/redis-counter-store.ts";
import { type GuardedGateway, startGuardedGateway } from "./apps/start-guarded-gateway.ts";
import { startRedisServer } from "./redis-server.ts";

/* The protection `rate-limits` through a real socket, with a clock that the test sets. */

const waiting: (() => void)[] = [];
const upstream = createServer((request, response) => {
  request.resume();
  if (request.url === "/slow") waiting.push(() => response.end("slow"));
  else response.end(request.url === "/large" ? "x".repeat(10_000) : "ok");
});
let upstreamUrl = "";
let nowMs = 1_800_000_000_000;
const gateways: GuardedGateway[] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const release of waiting.splice(0)) release();
  for (const gateway of gateways.splice(0)) {
    expect(gateway.failures).toEqual([]);
    await gateway.close();
  }
});
afterAll(() => upstream.close());

const perClient = { name: "per-client", amount: 2, periodSeconds: 60 };

async function start(
  setting: Policy["protections"][string],
  more: Partial<Parameters<typeof startGuardedGateway>[2]> = {},
): Promise<GuardedGateway> {
  const gateway = await startGuardedGateway(
    { upstream: upstreamUrl, trustedProxies: ["127.0.0.1"] },
    { protections: { "rate-limits": setting } },
    { now: () => nowMs, ...more },
  );
  gateways.push(gateway);
  return gateway;
}

function get(
  { origin }: GuardedGateway,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${origin}${path}`, { headers });
}

async function statuses(
  gateway: GuardedGateway,
  requests: readonly Readonly<Record<string, string>>[],
): Promise<readonly number[]> {
  const found: number[] = [];
  for (const headers of requests) {
    const response = await get(gateway, "/", headers);
    await response.body?.cancel();
    found.push(response.status);
  }
  return found;
}

const from = (client: string, more: Readonly<Record<string, string>> = {}) => ({
  "x-forwarded-for": client,
  ...more,
});

describe("a budget by client", () => {
  test("refuses what is over it, says until when, and lets pass again afterwards", async () => {
    const gateway = await start({ limits: [perClient] });
    expect(await statuses(gateway, [from("192.0.2.1"), from("192.0.2.1")])).toEqual([200, 200]);

    const refused = await get(gateway, "/", from("192.0.2.1"));
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("30");
    expect(refused.headers.get("ratelimit-policy")).toBe('"per-client";q=2;w=60');
    expect(refused.headers.get("ratelimit")).toBe('"per-client";r=0;t=60');
    expect(await refused.json()).toMatchObject({ status: 429, decision: expect.any(String) });

    nowMs += 30_000;
    expect(await statuses(gateway, [from("192.0.2.1"), from("192.0.2.1")])).toEqual([200, 429]);
  });

  test("leaves other clients alone", async () => {
    const gateway = await start({ limits: [perClient] });
    const many = Array.from({ length: 50 }, (_, index) => from(`192.0.2.${index}`));

    expect(new Set(await statuses(gateway, many))).toEqual(new Set([200]));
  });

  test("counts all addresses of one IPv6 network as one client", async () => {
    const gateway = await start({ limits: [perClient] });
    const addresses = ["2001:db8::1", "2001:db8::2", "2001:db8::ffff:3", "2001:db8:0:1::1"];

    expect(
      await statuses(
        gateway,
        addresses.map((one) => from(one)),
      ),
    ).toEqual([200, 200, 429, 200]);
  });

  test("tells an honest client what is left", async () => {
    const gateway = await start({ limits: [perClient] });
    const response = await get(gateway, "/", from("192.0.2.9"));

    expect(response.headers.get("ratelimit")).toBe('"per-client";r=1;t=30');
    expect(await response.text()).toBe("ok");
  });

  test("is only reported in observe mode", async () => {
    const gateway = await start({ mode: "observe", limits: [perClient] });
    const three = [from("192.0.2.1"), from("192.0.2.1"), from("192.0.2.1")];

    expect(await statuses(gateway, three)).toEqual([200, 200, 200]);
    await expect.poll(() => gateway.records.length).toBe(3);
    expect(gateway.records.at(-1)?.decision).toMatchObject({
      action: "allow",
      wouldBe: "block",
      status: 429,
      verdicts: [{ reason: "per-client: over 2 requests in 60 s by client; free again in 30 s" }],
    });
  });
});

describe("other budgets", () => {
  test("hold only at the endpoints they name", async () => {
    const limit = { ...perClient, amount: 1, endpoints: ["GET */limited"] };
    const gateway = await start({ limits: [limit] });
    const codes: number[] = [];
    for (const path of ["/limited", "/free", "/free", "/limited", "/./limited"]) {
      codes.push((await get(gateway, path, from("192.0.2.1"))).status);
    }

    expect(codes).toEqual([200, 200, 200, 429, 429]);
  });

  test("by a header give each value its own, and whoever sends none draws on the client's", async () => {
    const limit = { ...perClient, amount: 1, by: ["header:x-tenant"] };
    const gateway = await start({ limits: [limit] });

    expect(
      await statuses(gateway, [
        from("192.0.2.1", { "x-tenant": "a" }),
        from("192.0.2.1", { "x-tenant": "b" }),
        from("192.0.2.2", { "x-tenant": "a" }),
        from("192.0.2.2"),
        from("192.0.2.2"),
        from("192.0.2.3"),
      ]),
    ).toEqual([200, 200, 429, 200, 429, 200]);
  });

  test("of bytes refuse the request after the one that used them up", async () => {
    const limit = { ...perClient, amount: 15_000, counts: "response-bytes" };
    const gateway = await start({ limits: [limit] });
    const codes: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const response = await get(gateway, "/large", from("192.0.2.1"));
      codes.push(response.status);
      await response.arrayBuffer();
      await expect.poll(() => gateway.records.length).toBe(round + 1);
    }

    expect(codes).toEqual([200, 200, 429]);
  });

  test("with a sliding window never let more than the amount through", async () => {
    nowMs = Math.ceil(nowMs / 60_000) * 60_000;
    const gateway = await start({ limits: [{ ...perClient, algorithm: "sliding-window" }] });
    expect(await statuses(gateway, [from("192.0.2.1"), from("192.0.2.1")])).toEqual([200, 200]);
    nowMs += 59_000;
    expect(await statuses(gateway, [from("192.0.2.1")])).toEqual([429]);
    nowMs += 2_000;
    expect(await statuses(gateway, [from("192.0.2.1")])).toEqual([200]);
  });

  test("at once refuse the one too many, until another has ended", async () => {
    const gateway = await start({ concurrency: [{ name: "at-once", requestsMax: 2 }] });
    const slow = [get(gateway, "/slow"), get(gateway, "/slow")];
    await expect.poll(() => waiting.length).toBe(2);
    expect((await get(gateway, "/")).status).toBe(429);

    waiting.splice(0, 1)[0]?.();
    await Promise.race(slow);
    await expect.poll(() => gateway.records.length).toBe(2);
    expect((await get(gateway, "/")).status).toBe(200);
  });
});

const redis = await startRedisServer();
afterAll(() => redis?.remove());

describe.skipIf(redis === undefined)("budgets in Redis (needs redis-server)", () => {
  test("hold across gateways; while it is away each limit does as told", async () => {
    if (redis === undefined) return;
    const store = new RedisCounterStore({ url: redis.url, keyPrefix: "limits:", timeoutMs: 2_000 });
    await store.ready();
    const installation = () => ({ installation: createInstallation({ counters: store }) });
    const setting = { limits: [{ ...perClient, whenAway: "local" }] };
    const gatewaysHere = await Promise.all([1, 2, 3].map(() => start(setting, installation())));
    const each = async () =>
      Promise.all(gatewaysHere.map((gateway) => statuses(gateway, [from("192.0.2.1")])));
    expect((await each()).flat().sort()).toEqual([200, 200, 429]);

    const closed = await start({ limits: [{ ...perClient, whenAway: "closed" }] }, installation());
    const open = await start({ limits: [{ ...perClient, whenAway: "open" }] }, installation());
    await redis.stop();
    expect((await each()).flat()).toEqual([200, 200, 200]);
    expect((await each()).flat()).toEqual([200, 200, 200]);
    expect((await each()).flat()).toEqual([429, 429, 429]);
    expect(await statuses(closed, [from("192.0.2.1")])).toEqual([503]);
    expect(
      await statuses(
        open,
        Array.from({ length: 5 }, () => from("192.0.2.1")),
      ),
    ).toEqual([200, 200, 200, 200, 200]);

    await redis.restart();
    await store.ready();
    expect((await each()).flat().sort()).toEqual([200, 200, 429]);
    store.close();
  });
});
