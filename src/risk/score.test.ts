import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EndpointProfile, Parameter, SensitiveData } from "../model/endpoint.ts";
import { factorWeights } from "./factor-weights-table.ts";
import { builtInRiskFactors } from "./factors/index.ts";
import { assessRisk } from "./score.ts";
import { surroundingsOf } from "./surroundings.ts";

/** A documented endpoint behind authentication, called from the internet, without anything wrong. */
const careful: EndpointProfile = {
  id: "e1",
  method: "GET",
  host: "shop.example",
  path: "/api/v2/products",
  style: "rest",
  lifecycle: "documented",
  deprecated: false,
  calls: 400,
  firstSeenMs: 0,
  lastSeenMs: 1,
  statuses: { "200": 390, "401": 10 },
  requestMediaTypes: {},
  responseMediaTypes: { "application/json": 390 },
  parameters: [],
  authentication: {
    required: true,
    kinds: ["jwt"],
    confidence: 0.95,
    counts: { successWith: 390, successWithout: 0, refusedWith: 0, refusedWithout: 10 },
  },
  exposure: "internet",
  sensitiveData: [],
  clients: 40,
  principals: 30,
  durationMs: { p50: 5, p95: 20 },
  schemas: {},
  observations: { "rate-limit-header": 400 },
  attacks: 0,
};

const withoutAuthentication: Partial<EndpointProfile> = {
  authentication: {
    required: false,
    kinds: [],
    confidence: 0.99,
    counts: { successWith: 0, successWithout: 390, refusedWith: 0, refusedWithout: 0 },
  },
};

const productId: Parameter = {
  in: "query",
  name: "product_id",
  type: "integer",
  required: true,
  confidence: 0.99,
  samples: 390,
};

const seen = (dataClass: string, place: SensitiveData["in"] = "response"): SensitiveData => ({
  in: place,
  name: `$.${dataClass}`,
  class: dataClass,
  samples: 100,
  confidence: 0.95,
});

const legacy: EndpointProfile = {
  ...careful,
  ...withoutAuthentication,
  path: "/api/v1/products",
  lifecycle: "zombie",
  deprecated: true,
  parameters: [productId],
  observations: { "deprecated-header": 390 },
};

const scoreOf = (changes: Partial<EndpointProfile>, base = careful): number =>
  assessRisk({ ...base, ...changes }).score;

const factorsOf = (changes: Partial<EndpointProfile>, base = careful): readonly string[] =>
  assessRisk({ ...base, ...changes }).factors.map(({ factor }) => factor);

describe("the score", () => {
  test("of a careful endpoint is low", () => {
    expect(assessRisk(careful)).toMatchObject({ level: "low", factors: [{ factor: "exposure" }] });
  });

  test("of an endpoint that was only read about is none", () => {
    const statuses = {};
    const authentication = {
      kinds: [],
      confidence: 0,
      counts: { successWith: 0, successWithout: 0, refusedWith: 0, refusedWithout: 0 },
    };
    expect(
      assessRisk({
        ...careful,
        calls: 0,
        lifecycle: "orphan",
        statuses,
        authentication,
        observations: {},
      }),
    ).toEqual({ score: 0, level: "none", factors: [] });
  });

  test("of a deprecated endpoint that answers everybody by a database id is far above it", () => {
    expect(assessRisk(legacy).level).toMatch(/high|critical/);
    expect(scoreOf({}, legacy)).toBeGreaterThan(6 * scoreOf({}));
  });

  test("ranks endpoints as a security engineer would", () => {
    const ranking = [
      scoreOf({
        ...legacy,
        sensitiveData: [seen("payment-card")],
        observations: { "sql-error": 12 },
      }),
      scoreOf({
        ...withoutAuthentication,
        lifecycle: "undocumented",
        sensitiveData: [seen("email"), seen("person-name")],
      }),
      scoreOf({ ...withoutAuthentication, sensitiveData: [seen("email")] }),
      scoreOf({ sensitiveData: [seen("payment-card")] }),
      scoreOf(withoutAuthentication),
      scoreOf({}),
    ];

    expect(ranking).toEqual(ranking.toSorted((a, b) => b - a));
    expect(new Set(ranking).size).toBe(ranking.length);
    expect(ranking[0]).toBeGreaterThanOrEqual(75);
  });

  test.each([
    ["authentication", withoutAuthentication],
    ["sensitive data", { sensitiveData: [seen("email")] }],
    ["errors of the database", { observations: { "sql-error": 3 } }],
    ["attacks", { attacks: 4 }],
  ] as const)("rises with %s", (_what, changes) => {
    expect(scoreOf(changes)).toBeGreaterThan(scoreOf({}));
    expect(scoreOf(changes, legacy)).toBeGreaterThanOrEqual(scoreOf({}, legacy));
  });

  const legacyOnce = { ...legacy, path: "/api/products", observations: {} };
  test.each<[number, Partial<EndpointProfile>]>([
    [3, {}],
    [31, { sensitiveData: [seen("payment-card")] }],
    [23, withoutAuthentication],
    [48, { ...withoutAuthentication, sensitiveData: [seen("email")], lifecycle: "undocumented" }],
    [52, legacyOnce],
    [71, { ...legacyOnce, observations: { "sql-error": 5 } }],
    [76, { ...legacyOnce, sensitiveData: [seen("payment-card")] }],
  ])("is %i in the example of docs/risk.md", (score, changes) => {
    expect(scoreOf(changes)).toBe(score);
  });

  test("counts what is uncertain for less", () => {
    const authentication = { ...careful.authentication, ...withoutAuthentication.authentication };
    const guess = scoreOf({ authentication: { ...authentication, confidence: 0.55 } });

    expect(guess).toBeLessThan(scoreOf({ authentication }));
    expect(guess).toBeGreaterThan(scoreOf({}));
  });

  test("is lower for the same endpoint on an internal network", () => {
    expect(scoreOf({ exposure: "internal" }, legacy)).toBeLessThan(scoreOf({}, legacy));
  });

  test("is the sum of its factors' points, and never above 100", () => {
    const names = [
      "stack-trace sql-error cors-any-origin-with-credentials missing-security-headers cleartext",
      "secret-in-url jwt-alg-none basic-over-cleartext large-unpaged-list graphql-introspection",
      "deprecated-header sequential-identifiers cookie-without-httponly server-version",
    ].flatMap((line) => line.split(" "));
    const profile = fc.record({
      calls: fc.nat(10_000),
      attacks: fc.nat(50),
      deprecated: fc.boolean(),
      lifecycle: fc.constantFrom("documented", "undocumented", "zombie", "orphan" as const),
      exposure: fc.constantFrom("internet", "internal", "loopback", "unknown" as const),
      observations: fc.dictionary(fc.constantFrom(...names), fc.nat(100)),
      sensitiveData: fc.array(
        fc.constantFrom(seen("email"), seen("secret"), seen("jwt", "url"), seen("iban", "request")),
      ),
      authentication: fc.record({
        required: fc.boolean(),
        kinds: fc.subarray(["basic", "jwt"]),
        confidence: fc.double({ min: 0, max: 1, noNaN: true }),
        counts: fc.record({
          successWith: fc.nat(9),
          successWithout: fc.nat(9),
          refusedWith: fc.nat(9),
          refusedWithout: fc.nat(9),
        }),
      }),
      parameters: fc.subarray([productId]),
      method: fc.constantFrom("GET", "POST", "DELETE"),
    });
    fc.assert(
      fc.property(profile, (changes) => {
        const { score, factors } = assessRisk({
          ...careful,
          ...(changes as Partial<EndpointProfile>),
        });
        expect(factors.reduce((sum, { points }) => sum + points, 0)).toBe(score);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        for (const { evidence, remedy, confidence } of factors) {
          expect(evidence).toMatch(/\.$/);
          expect(evidence).not.toMatch(/undefined|NaN/);
          expect(remedy).toMatch(/^[A-Z].*\.$/);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe("a factor", () => {
  test.each<[string, Partial<EndpointProfile>, Partial<EndpointProfile>]>([
    [
      "no-authentication",
      { ...withoutAuthentication, path: "/orders/{orderId}/status" },
      { ...withoutAuthentication, path: "/api/login", method: "POST" },
    ],
    [
      "ignored-authentication",
      {
        authentication: {
          required: false,
          kinds: ["jwt"],
          confidence: 0.9,
          counts: { successWith: 50, successWithout: 50, refusedWith: 0, refusedWithout: 0 },
        },
      },
      withoutAuthentication,
    ],
    [
      "object-without-owner",
      { ...withoutAuthentication, parameters: [productId] },
      { parameters: [productId] },
    ],
    [
      "unsafe-method-without-authentication",
      { ...withoutAuthentication, method: "DELETE" },
      { ...withoutAuthentication, method: "POST", style: "graphql", operation: "query products" },
    ],
    [
      "guessable-identifiers",
      {
        observations: { "sequential-identifiers": 90 },
        measures: { "identifiers-known": 40, "identifier-lowest": 1, "identifier-highest": 90 },
      },
      {
        observations: { "sequential-identifiers": 90 },
        measures: {
          "identifiers-known": 40,
          "identifier-lowest": 104_729,
          "identifier-highest": 998_244_353,
        },
      },
    ],
    [
      "unsigned-token",
      { observations: { "unsigned-token-accepted": 1 } },
      { observations: { "jwt-alg-none": 1 } },
    ],
    ["weak-token-secret", { observations: { "weak-token-secret": 1 } }, {}],
    ["guessable-password", { observations: { "guessable-password-accepted": 2 } }, {}],
    ["expired-token-accepted", { observations: { "expired-token-accepted": 2 } }, {}],
    ["token-without-expiry", { observations: { "token-without-expiry": 2 } }, {}],
    [
      "private-answer-cacheable",
      { observations: { "private-answer-cacheable": 2 } },
      { ...withoutAuthentication, observations: { "private-answer-cacheable": 2 } },
    ],
    ["answered-attacks", { observations: { "attack-answered-with-database-error": 1 } }, {}],
    [
      "basic-authentication",
      { authentication: { ...careful.authentication, kinds: ["basic"] } },
      { authentication: { ...careful.authentication, kinds: ["bearer"] } },
    ],
    [
      "credentials-in-url",
      { sensitiveData: [seen("jwt", "url")] },
      { sensitiveData: [seen("email", "url")] },
    ],
    [
      "sensitive-data-in-response",
      { sensitiveData: [seen("email")] },
      { sensitiveData: [seen("email", "request")] },
    ],
    ["sensitive-data-in-request", { sensitiveData: [seen("email", "request")] }, {}],
    [
      "sensitive-data-in-url",
      { sensitiveData: [seen("email", "url")] },
      { sensitiveData: [seen("jwt", "url")] },
    ],
    [
      "excessive-data",
      { sensitiveData: ["email", "phone", "address", "iban"].map((name) => seen(name)) },
      { sensitiveData: [seen("email"), seen("phone")] },
    ],
    ["large-unpaged-list", { observations: { "large-unpaged-list": 2 } }, {}],
    ["undocumented", { lifecycle: "undocumented" }, { lifecycle: "woken" }],
    ["deprecated", { deprecated: true }, { lifecycle: "dormant" }],
    [
      "database-errors",
      { observations: { "sql-error": 1 } },
      { observations: { "stack-trace": 1 } },
    ],
    ["verbose-errors", { observations: { "stack-trace": 1 } }, {}],
    [
      "permissive-cors",
      { observations: { "cors-any-origin-with-credentials": 5 } },
      { observations: { "cors-any-origin": 5 } },
    ],
    ["cleartext", { observations: { cleartext: 5 } }, {}],
    ["careless-session-cookie", { observations: { "cookie-without-secure": 5 } }, {}],
    ["missing-security-headers", { observations: { "missing-security-headers": 5 } }, {}],
    ["server-version", { observations: { "server-version": 5 } }, {}],
    [
      "no-rate-limit",
      { calls: 5_000, observations: {}, measures: { "calls-per-minute-of-one-client": 900 } },
      {
        calls: 5_000,
        observations: { "rate-limited-429": 1 },
        measures: { "calls-per-minute-of-one-client": 900 },
      },
    ],
    ["graphql-introspection", { observations: { "graphql-introspection": 1 } }, {}],
    ["attacks-seen", { attacks: 1 }, { attacks: 0 }],
    ["exposure", { exposure: "internet" }, { calls: 0 }],
  ])("%s applies and keeps silent where it should", (factor, applies, silent) => {
    expect(factorsOf(applies)).toContain(factor);
    expect(factorsOf(silent)).not.toContain(factor);
  });

  test("does not blame a login for passwords it takes and tokens it hands out", () => {
    const login = { path: "/api/login", method: "POST" };
    const credentials = [seen("password", "request"), seen("jwt")];

    expect(factorsOf({ ...login, sensitiveData: credentials })).toEqual(["exposure"]);
    expect(factorsOf({ ...login, sensitiveData: [seen("email")] })).toContain(
      "sensitive-data-in-response",
    );
    expect(factorsOf({ sensitiveData: credentials })).toHaveLength(3);
  });

  test("old-version applies only while a newer one is in use beside it", () => {
    const old = { ...careful, path: "/api/v1/orders" };
    const current = { ...careful, path: "/api/v2/orders" };
    const elsewhere = { ...careful, host: "other.example", path: "/api/v3/orders" };
    const has = (profile: EndpointProfile, all: readonly EndpointProfile[]): boolean =>
      assessRisk(profile, surroundingsOf(all)).factors.some(
        ({ factor }) => factor === "old-version",
      );

    expect(has(old, [old, current])).toBe(true);
    expect(has(current, [old, current])).toBe(false);
    expect(has(old, [old, elsewhere, { ...current, calls: 0 }])).toBe(false);
  });

  test("tells numbers that a person can count again", () => {
    const [first] = assessRisk({ ...careful, ...withoutAuthentication }).factors;

    expect(first).toMatchObject({
      factor: "no-authentication",
      evidence:
        "390 of 390 successful calls carried no credentials; 0 calls without credentials were refused with 401 or 403.",
      references: expect.arrayContaining(["API2:2023", "CWE-306"]),
    });
  });

  test("is in the list, in the table of weights, and has an id of its own", () => {
    const helpers = new Set([
      "access.ts",
      "counting.ts",
      "credential-classes.ts",
      "index.ts",
      "observed-factor.ts",
      "sensitive-classes.ts",
    ]);
    const files = readdirSync(new URL("factors", import.meta.url))
      .filter((file) => !helpers.has(file))
      .map((file) => file.replace(".ts", ""));
    const ids = builtInRiskFactors.map(({ id }) => id);

    expect(ids.toSorted()).toEqual(files.toSorted());
    expect(Object.keys(factorWeights).toSorted()).toEqual(files.toSorted());
  });
});
