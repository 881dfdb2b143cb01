import { describe, expect, test } from "vitest";
import { type ExchangeOptions, exchange, times } from "../../../test/discovery/exchange.ts";
import type { Authentication } from "../../model/endpoint.ts";
import type { Header } from "../../model/exchange.ts";
import { createInventory } from "../inventory.ts";

function learned(all: readonly ExchangeOptions[]): Authentication {
  const inventory = createInventory();
  for (const options of all) inventory.learn({ exchange: exchange({ target: "/a", ...options }) });
  const [profile] = [...inventory.endpoints()];
  if (profile === undefined) throw new Error("no endpoint was learned");
  return profile.authentication;
}

const key: readonly Header[] = [["x-api-key", "k-1234567890"]];
const session: readonly Header[] = [["cookie", "session=0123456789abcdef"]];
const several = (at: number): Pick<ExchangeOptions, "client"> => ({
  client: `203.0.113.${at % 9}`,
});

function tokenOf(header: object, payload: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part(header)}.${part(payload)}.c2ln`;
}

function bearer(payload: object): readonly Header[] {
  return [["authorization", `Bearer ${tokenOf({ alg: "ES256" }, payload)}`]];
}

describe("the experiment says", () => {
  test.each([
    ["required", 20, 0, 0, 8],
    ["required", 20, 4, 0, 1],
    ["optional", 20, 3, 20, 0],
    ["ignored", 20, 0, 20, 0],
    ["mixed", 20, 0, 10, 10],
    ["unknown", 20, 5, 0, 0],
  ] as const)("%s: %i answered and %i refused with, %i answered and %i refused without", (verdict, successWith, refusedWith, successWithout, refusedWithout) => {
    const found = learned([
      ...times(successWith, (at) => ({ headers: key, ...several(at) })),
      ...times(refusedWith, (at) => ({ headers: key, status: 401, ...several(at) })),
      ...times(successWithout, several),
      ...times(refusedWithout, (at) => ({ status: 403, ...several(at) })),
    ]);

    expect(found.verdict).toBe(verdict);
    expect(found.counts).toEqual({ successWith, refusedWith, successWithout, refusedWithout });
    expect(found.carriers).toMatchObject([
      { in: "header", name: "x-api-key", kinds: ["api-key"], verdict, successWith, refusedWith },
    ]);
  });

  test("what each carrier is worth, apart", () => {
    const found = learned([
      ...times(20, (at) => ({ headers: key, ...several(at) })),
      ...times(10, (at) => ({ headers: session, ...several(at) })),
      ...times(10, (at) => ({ headers: session, status: 403, ...several(at) })),
      ...times(5, (at) => ({ status: 401, ...several(at) })),
    ]);

    expect(found.carriers).toMatchObject([
      { name: "x-api-key", shareWith: 1, shareWithout: 0, verdict: "required" },
      { in: "cookie", name: "session", shareWith: 0.5, shareWithout: 0, verdict: "required" },
    ]);
  });

  test("nothing of what one client among many invents", () => {
    const found = learned([
      ...times(40, (at) => ({ headers: key, ...several(at) })),
      ...times(40, () => ({
        client: "198.51.100.66",
        headers: [...key, ["x-evil-token", "0123456789"], ["authtoken", "0123456789"]] as const,
      })),
    ]);

    expect(found.kinds).toEqual(["api-key"]);
    expect(found.carriers?.map(({ name }) => name)).toEqual(["x-api-key"]);
  });

  test("nothing where header fields are not told", () => {
    const inventory = createInventory();
    for (const one of times(20, () => exchange({ target: "/a" }))) {
      inventory.learn({ exchange: { ...one, hasHeaders: false } });
    }
    const [profile] = [...inventory.endpoints()];

    expect(profile?.authentication).toMatchObject({ verdict: "unknown", confidence: 0 });
  });
});

describe("tokens", () => {
  const timeMs = 1_767_571_200_000;
  const now = timeMs / 1_000;

  test("tell algorithm, issuer, audience, scopes and lifetime", () => {
    const claims = {
      iss: "https://id.example",
      aud: ["orders", "billing"],
      scope: "orders:read orders:write",
      iat: now - 60,
      exp: now + 3_540,
    };
    const found = learned(
      times(10, (at) => ({
        headers: bearer({ ...claims, sub: `u${at}` }),
        ...several(at),
        timeMs,
      })),
    );

    expect(found.kinds).toEqual(["jwt"]);
    expect(found.tokens).toEqual({
      algorithms: { ES256: 10 },
      issuers: ["https://id.example"],
      audiences: ["orders", "billing"],
      scopes: ["orders:read", "orders:write"],
      withoutExpiry: 0,
      expired: 0,
      lifetimeSecondsMax: 3_600,
    });
  });

  test("that never end or were taken after their end are counted", () => {
    const found = learned([
      ...times(3, () => ({ headers: bearer({ sub: "a" }), timeMs })),
      ...times(2, () => ({ headers: bearer({ sub: "a", exp: now - 7_200 }), timeMs })),
      { headers: bearer({ sub: "a", exp: now - 5 }), timeMs },
    ]);

    expect(found.tokens).toMatchObject({ withoutExpiry: 3, expired: 2 });
  });

  test.each([
    ["payload that is no object", "eyJhbGciOiJSUzI1NiJ9.WzFd.x"],
    ["claims of other types", tokenOf({ alg: "RS256" }, { iss: 7, aud: { a: 1 }, exp: "soon" })],
  ])("with %s are taken as they are", (_what, token) => {
    const found = learned([{ headers: [["authorization", `Bearer ${token}`]] }]);
    expect(found.tokens).toMatchObject({ issuers: [], audiences: [], withoutExpiry: 1 });
  });
});

test.each([
  ["api-key", "header", [["x-api-key", "0123456789"]]],
  ["api-key", "cookie", [["cookie", "api_key=0123456789"]]],
  ["signature", "header", [["x-hub-signature-256", "sha256=ab"]]],
  ["signature", "header", [["stripe-signature", "t=1,v1=ab"]]],
  ["signature", "header", [["authorization", "HMAC keyId=x, signature=ab"]]],
  ["basic", "header", [["authorization", "Basic YTpi"]]],
  ["bearer", "header", [["authorization", "Bearer abcdefgh"]]],
] as const)("a %s in a %s is known", (kind, place, headers) => {
  expect(learned([{ headers }]).carriers).toMatchObject([{ in: place, kinds: [kind] }]);
});

test.each([
  "x-forwarded-host",
  "x-request-signature-date",
  "design-signature-font",
])("%s is no credential", (name) => {
  expect(learned([{ headers: [[name, "0123456789"]] }]).kinds).toEqual([]);
});
