import { describe, expect, test } from "vitest";
import { type ExchangeOptions, exchange, times } from "../../test/discovery/exchange.ts";
import type { EndpointProfile } from "../model/endpoint.ts";
import { createInventory } from "./inventory.ts";

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 5);

function profilesOf(
  all: readonly ExchangeOptions[],
  nowMs?: number,
): Readonly<Record<string, EndpointProfile>> {
  const inventory = createInventory(nowMs === undefined ? {} : { now: () => nowMs });
  for (const options of all) inventory.learn({ exchange: exchange(options) });
  return Object.fromEntries([...inventory.endpoints()].map((profile) => [profile.path, profile]));
}

const several = (at: number): Pick<ExchangeOptions, "client"> => ({
  client: `203.0.113.${at % 9}`,
});

describe("bodies", () => {
  test("are learned apart by status and media type", () => {
    const { "/a": profile } = profilesOf([
      ...times(10, (at) => ({
        target: "/a",
        method: "POST",
        body: { name: "x" },
        response: { id: at },
        ...several(at),
      })),
      ...times(4, (at) => ({
        target: "/a",
        method: "POST",
        body: { name: 7 },
        status: 422,
        response: { error: "name must be a text" },
        responseHeaders: [["content-type", "application/problem+json"]] as const,
        ...several(at),
      })),
      ...times(3, (at) => ({
        target: "/a",
        method: "POST",
        body: { name: "x" },
        response: "id;1",
        responseHeaders: [["content-type", "text/csv"]] as const,
        ...several(at),
      })),
    ]);

    expect(profile?.bodies).toMatchObject([
      {
        in: "request",
        mediaType: "application/json",
        samples: 13,
        schema: { properties: { name: { type: "string" } } },
      },
      { in: "response", status: 200, mediaType: "application/json", samples: 10 },
      { in: "response", status: 200, mediaType: "text/csv", samples: 3 },
      {
        in: "response",
        status: 422,
        mediaType: "application/problem+json",
        samples: 4,
        schema: { properties: { error: { type: "string" } } },
      },
    ]);
    expect(profile?.schemas.response).toMatchObject({ properties: { id: { type: "integer" } } });
  });

  test("in a format that one client among many invents are none of the endpoint's", () => {
    const { "/a": profile } = profilesOf([
      ...times(20, (at) => ({ target: "/a", method: "POST", body: { name: "x" }, ...several(at) })),
      ...times(20, () => ({
        target: "/a",
        method: "POST",
        client: "198.51.100.66",
        body: { evil: 1 },
        headers: [["content-type", "application/x-evil+json"]] as const,
      })),
    ]);

    expect(profile?.bodies?.map(({ mediaType }) => mediaType)).toEqual(["application/json"]);
  });
});

test("durations and sizes are distributions within 5 %", () => {
  const { "/a": profile } = profilesOf(
    times(100, (at) => ({ target: "/a", durationMs: at + 1, response: "x".repeat(1_000 + at) })),
  );

  for (const [share, expected] of [
    ["p50", 50],
    ["p95", 95],
    ["p99", 99],
    ["max", 100],
  ] as const) {
    const found = profile?.latencyMs?.[share] ?? 0;
    expect(Math.abs(found - expected) / expected, share).toBeLessThan(0.06);
  }
  expect(profile?.responseBytes?.p50).toBeGreaterThan(950);
  expect(profile?.requestBytes).toBeUndefined();
});

describe("consumers", () => {
  test("are named with calls and dates, secrets by a digest only", () => {
    const key = "k-0123456789-secret";
    const { "/a": profile } = profilesOf([
      ...times(5, (at) => ({
        target: "/a",
        client: "203.0.113.1",
        timeMs: startMs + at,
        headers: [["x-api-key", key]] as const,
      })),
      {
        target: "/a",
        client: "203.0.113.2",
        timeMs: startMs + 9,
        headers: [["authorization", `Basic ${Buffer.from("ann:pw").toString("base64")}`]],
      },
    ]);

    expect(profile?.consumers).toMatchObject([
      {
        kind: "client",
        id: "203.0.113.1",
        calls: 5,
        firstSeenMs: startMs,
        lastSeenMs: startMs + 4,
      },
      { kind: "principal", id: expect.stringMatching(/^api-key [0-9a-f]{12}$/), calls: 5 },
      { kind: "client", id: "203.0.113.2", calls: 1 },
      { kind: "principal", id: "basic ann", calls: 1 },
    ]);
    expect(JSON.stringify(profile)).not.toContain(key);
  });

  test("that call most stay named however many call once", () => {
    const { "/a": profile } = profilesOf(
      times(3_000, (at) => ({
        target: "/a",
        client: at % 3 === 0 ? "203.0.113.1" : `198.51.${at >> 8}.${at & 255}`,
      })),
    );

    expect(profile?.consumers?.length).toBeLessThanOrEqual(24);
    expect(profile?.consumers?.[0]).toMatchObject({ id: "203.0.113.1", calls: 1_000 });
  });
});

describe("an old version beside a new one", () => {
  test("is linked both ways, with the consumers that remain", () => {
    const profiles = profilesOf([
      ...times(6, (at) => ({
        target: `/v1/users/${at}`,
        client: "203.0.113.1",
        timeMs: startMs + at,
      })),
      ...times(6, (at) => ({
        target: `/v2/users/${at}`,
        client: "203.0.113.2",
        timeMs: startMs + at,
      })),
      { target: "/v2/teams/1" },
    ]);

    expect(profiles["/v1/users/{userId}"]).toMatchObject({
      versions: [{ relation: "newer", key: "GET api.example/v2/users/{userId}" }],
      consumers: [{ id: "203.0.113.1", calls: 6 }],
    });
    expect(profiles["/v2/users/{userId}"]?.versions).toMatchObject([{ relation: "older" }]);
    expect(profiles["/v2/teams/{teamId}"]?.versions).toBeUndefined();
  });
});

describe("the lifecycle", () => {
  test("tells when an endpoint fell silent", () => {
    const { "/a": profile } = profilesOf(
      times(3, () => ({ target: "/a", timeMs: startMs })),
      startMs + 45 * dayMs,
    );

    expect(profile).toMatchObject({
      lifecycle: "dormant",
      lifecycleEvidence: {
        reason: "No call for 45 days, after 3 calls.",
        silentSinceMs: startMs,
      },
    });
  });

  test("tells when it woke and how long it had slept", () => {
    const wokenMs = startMs + 60 * dayMs;
    const { "/a": profile } = profilesOf(
      [
        { target: "/a", timeMs: startMs },
        { target: "/a", timeMs: wokenMs },
      ],
      wokenMs + dayMs,
    );

    expect(profile).toMatchObject({
      lifecycle: "woken",
      lifecycleEvidence: {
        reason: "Called again after 60 days of silence.",
        silentSinceMs: startMs,
        wokenMs,
      },
    });
  });

  test("tells the date of a Sunset header", () => {
    const { "/a": profile } = profilesOf([
      { target: "/a", responseHeaders: [["sunset", "Wed, 11 Nov 2026 23:59:59 GMT"]] },
    ]);

    expect(profile?.deprecated).toBe(true);
    expect(profile?.lifecycleEvidence?.sunsetMs).toBe(Date.UTC(2026, 10, 11, 23, 59, 59));
  });
});
