import { describe, expect, test } from "vitest";
import { type ExchangeOptions, exchange, times } from "../../../test/discovery/exchange.ts";
import type { EndpointProfile } from "../../model/endpoint.ts";
import { createInventory } from "../inventory.ts";

/** The one endpoint that exchanges of one path make. */
function profileOf(all: readonly ExchangeOptions[]): EndpointProfile {
  const inventory = createInventory();
  for (const options of all) inventory.learn({ exchange: exchange(options) });
  const [profile] = [...inventory.endpoints()];
  if (profile === undefined) throw new Error("no endpoint was learned");
  return profile;
}

const bearer = [["authorization", "Bearer abcdefghijklmnop"]] as const;

function tokenOf(header: object, payload: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part(header)}.${part(payload)}.c2ln`;
}

describe("parameters", () => {
  test("have a place, a type, a confidence, and are required when always there", () => {
    const profile = profileOf(
      times(20, (at) => ({
        method: "POST",
        target: `/users/${at}/notes?dry=true${at % 2 === 0 ? "&page=3" : ""}`,
        headers: [
          ["x-tenant", "nord"],
          ["x-forwarded-for", "1.2.3.4"],
          ["cookie", "theme=dark; session=abcdefghijklm"],
        ],
        body: { text: "hello", at: "2026-05-17", ...(at === 3 ? { extra: null } : {}) },
      })),
    );
    const found = profile.parameters.map((parameter) => [
      `${parameter.in} ${parameter.name}`,
      parameter.type,
      parameter.required,
    ]);

    expect(found).toEqual([
      ["path userId", "integer", true],
      ["query dry", "boolean", true],
      ["query page", "integer", false],
      ["header x-tenant", "string", true],
      ["cookie theme", "string", true],
      ["body text", "string", true],
      ["body at", "date", true],
      ["body extra", "null", false],
    ]);
    expect(profile.parameters[0]).toMatchObject({ samples: 20 });
    expect(profile.parameters[0]?.confidence).toBeGreaterThan(0.9);
  });

  test("are of the type that holds all values", () => {
    const values = ["1", "2.5", "3"];
    const profile = profileOf(times(30, (at) => ({ target: `/a?amount=${values[at % 3]}` })));
    expect(profile.parameters).toMatchObject([{ name: "amount", type: "number" }]);
  });

  test("come from forms too", () => {
    const profile = profileOf(
      times(5, () => ({
        method: "POST",
        target: "/login",
        headers: [["content-type", "application/x-www-form-urlencoded"]],
        body: "user=ann&remember=true",
      })),
    );
    expect(profile.parameters.map(({ in: place, name }) => `${place} ${name}`)).toEqual([
      "body user",
      "body remember",
    ]);
  });
});

describe("authentication", () => {
  test("is required when calls without credentials are refused", () => {
    const { authentication } = profileOf([
      ...times(20, () => ({ target: "/a", headers: bearer })),
      ...times(5, () => ({ target: "/a", status: 401 })),
    ]);
    expect(authentication).toMatchObject({
      required: true,
      kinds: ["bearer"],
      counts: { successWith: 20, successWithout: 0, refusedWith: 0, refusedWithout: 5 },
    });
    expect(authentication.confidence).toBeGreaterThan(0.8);
  });

  test("is not required when it answers without", () => {
    const { authentication } = profileOf([
      ...times(20, () => ({ target: "/a", headers: bearer })),
      ...times(10, () => ({ target: "/a" })),
    ]);
    expect(authentication).toMatchObject({ required: false, kinds: ["bearer"] });
  });

  test("is unknown when nobody ever tried without", () => {
    const { authentication } = profileOf(times(50, () => ({ target: "/a", headers: bearer })));
    expect(authentication.required).toBeUndefined();
    expect(authentication.confidence).toBe(0);
  });

  test.each([
    ["basic", [["authorization", "Basic YW5uOnNlY3JldA=="]]],
    ["jwt", [["authorization", `Bearer ${tokenOf({ alg: "RS256" }, { sub: "ann" })}`]]],
    ["api-key", [["x-api-key", "k-123456789"]]],
    ["session-cookie", [["cookie", "JSESSIONID=0123456789abcdef"]]],
    ["client-certificate", [["x-forwarded-client-cert", "Hash=ab"]]],
    ["signature", [["authorization", "AWS4-HMAC-SHA256 Credential=AKID/x, Signature=ab"]]],
  ] as const)("knows a %s", (kind, headers) => {
    expect(profileOf([{ target: "/a", headers }]).authentication.kinds).toEqual([kind]);
  });

  test("counts the principals behind tokens", () => {
    const profile = profileOf(
      times(30, (at) => ({
        target: "/a",
        headers: [
          ["authorization", `Bearer ${tokenOf({ alg: "RS256" }, { sub: `u${at % 3}`, iat: at })}`],
        ],
      })),
    );
    expect(profile.principals).toBe(3);
  });
});

describe("schemas", () => {
  test("have types, formats, optional and nullable members, arrays and enumerations", () => {
    const { schemas } = profileOf(
      times(40, (at) => ({
        target: "/a",
        response: {
          id: at,
          state: ["open", "closed"][at % 2],
          created: "2026-05-17T10:00:00Z",
          email: at % 2 === 0 ? "ann@shop.example" : null,
          items: [{ sku: "A-1", price: 1.5 }],
          ...(at % 4 === 0 ? { note: `text ${at}` } : {}),
        },
      })),
    );
    expect(schemas.response).toMatchObject({
      type: "object",
      required: ["id", "state", "created", "email", "items"],
      properties: {
        id: { type: "integer", minimum: 0 },
        state: { type: "string", enum: ["closed", "open"] },
        created: { type: "string", format: "date-time" },
        email: { type: ["string", "null"], format: "email" },
        items: { type: "array", items: { properties: { price: { type: "number" } } } },
        note: { type: "string" },
      },
    });
    expect(schemas.response).not.toHaveProperty("properties.note.enum");
  });

  test("take objects with data for names as maps", () => {
    const { schemas } = profileOf(
      times(20, (at) => ({
        target: "/a",
        response: Object.fromEntries(times(5, (day) => [`2026-05-${at}-${day}`, { sold: day }])),
      })),
    );
    expect(schemas.response).toMatchObject({
      additionalProperties: { properties: { sold: { type: "integer" } } },
    });
    expect(schemas.response).not.toHaveProperty("properties");
  });

  test("stay small under deep and wide bodies", () => {
    let deep: unknown = 1;
    for (let at = 0; at < 200; at += 1) deep = { a: deep };
    const wide = Object.fromEntries(times(5_000, (at) => [`name${"abcdefgh"[at % 8]}x${at}`, at]));
    const { schemas } = profileOf([{ target: "/a", response: { deep, wide } }]);
    expect(JSON.stringify(schemas).length).toBeLessThan(20_000);
  });

  test("survive members that every object has anyway", () => {
    const response = '{"__proto__":{"x":1},"constructor":2,"toString":3}';
    const { schemas } = profileOf([
      { target: "/a", response, responseHeaders: [["content-type", "application/json"]] },
    ]);
    expect(Object.keys((schemas.response as { properties: object }).properties).sort()).toEqual([
      "__proto__",
      "constructor",
      "toString",
    ]);
  });
});

describe("sensitive data", () => {
  test("is told by place and class", () => {
    const { sensitiveData } = profileOf(
      times(3, () => ({
        method: "POST",
        target: "/pay?mail=ann@shop.example",
        body: { card: { number: "4111111111111111" } },
        response: { owners: [{ iban: "DE89370400440532013000" }] },
      })),
    );
    expect(sensitiveData).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ in: "url", name: "mail", class: "email", samples: 3 }),
        expect.objectContaining({ in: "request", name: "$.card.number", class: "payment-card" }),
        expect.objectContaining({ in: "response", name: "$.owners[*].iban", class: "iban" }),
      ]),
    );
  });
});

describe("consumers", () => {
  test.each([
    ["internet", ["203.0.113.7", "10.0.0.1"]],
    ["internal", ["10.0.0.1", "127.0.0.1"]],
    ["internal", ["fd00::1"]],
    ["loopback", ["127.0.0.1", "::1"]],
    ["internet", ["::ffff:203.0.113.7"]],
    ["unknown", ["nonsense"]],
  ])("make it exposed to the %s when they call from %s", (exposure, clients) => {
    expect(profileOf(clients.map((client) => ({ target: "/a", client }))).exposure).toBe(exposure);
  });

  test("are counted without keeping them", () => {
    const profile = profileOf(
      times(3_000, (at) => ({ target: "/a", client: `10.${at % 7}.${at >> 8}.${at & 255}` })),
    );
    expect(profile.clients).toBeGreaterThan(2_600);
    expect(profile.clients).toBeLessThan(3_400);
  });
});

describe("durations", () => {
  test("have quantiles within a tenth", () => {
    const { durationMs } = profileOf(times(1_000, (at) => ({ target: "/a", durationMs: at + 1 })));
    expect(durationMs.p50).toBeGreaterThan(450);
    expect(durationMs.p50).toBeLessThan(550);
    expect(durationMs.p95).toBeGreaterThan(855);
    expect(durationMs.p95).toBeLessThan(1_045);
  });
});

describe("observations", () => {
  const seenIn = (options: ExchangeOptions): readonly string[] =>
    Object.keys(profileOf([{ target: "/a" }, { target: "/a", ...options }]).observations);

  test.each<[string, ExchangeOptions]>([
    ["stack-trace", { status: 500, response: "Error: x\n    at handler (/srv/app.js:10:5)\n" }],
    ["stack-trace", { status: 500, response: "Traceback (most recent call last):\n" }],
    ["stack-trace", { status: 500, response: "\tat com.shop.Cart.add(Cart.java:12)\n" }],
    ["sql-error", { status: 500, response: { error: "SQLITE_ERROR: near x" } }],
    ["sql-error", { status: 400, response: 'syntax error at or near "x"' }],
    [
      "cors-any-origin-with-credentials",
      {
        headers: [["origin", "https://evil.example"]],
        responseHeaders: [
          ["access-control-allow-origin", "https://evil.example"],
          ["access-control-allow-credentials", "true"],
        ],
      },
    ],
    ["cors-any-origin", { responseHeaders: [["access-control-allow-origin", "*"]] }],
    ["missing-security-headers", { responseHeaders: [["x-a", "b"]] }],
    ["cleartext", { scheme: "http" }],
    ["basic-over-cleartext", { scheme: "http", headers: [["authorization", "Basic YTpi"]] }],
    ["secret-in-url", { target: "/a?password=x" }],
    ["secret-in-url", { target: "/a?access_token=0123456789" }],
    ["jwt-alg-none", { headers: [["authorization", `Bearer ${tokenOf({ alg: "none" }, {})}`]] }],
    ["large-unpaged-list", { response: times(150, (at) => at) }],
    ["large-unpaged-list", { response: { items: times(150, (at) => at) } }],
    ["deprecated-header", { responseHeaders: [["sunset", "Sat, 31 Dec 2026 23:59:59 GMT"]] }],
    ["rate-limited-429", { status: 429 }],
    ["rate-limit-header", { responseHeaders: [["x-ratelimit-limit", "10"]] }],
    ["cookie-without-httponly", { responseHeaders: [["set-cookie", "session=abc; Secure"]] }],
    ["cookie-without-secure", { responseHeaders: [["set-cookie", "session=abc; HttpOnly"]] }],
    ["server-version", { responseHeaders: [["server", "nginx/1.18.0"]] }],
  ])("count %s", (name, options) => {
    expect(seenIn(options)).toContain(name);
  });

  test.each<[string, ExchangeOptions]>([
    ["stack-trace", { status: 500, response: "Sorry, at (10:5) we failed in app.js" }],
    ["stack-trace", { status: 200, response: "Error: x\n    at handler (/srv/app.js:10:5)\n" }],
    ["sql-error", { status: 400, response: "Please select a value from the list" }],
    [
      "cors-any-origin-with-credentials",
      {
        headers: [["origin", "https://evil.example"]],
        responseHeaders: [
          ["access-control-allow-origin", "https://shop.example"],
          ["access-control-allow-credentials", "true"],
        ],
      },
    ],
    ["cleartext", { scheme: "http", client: "127.0.0.1" }],
    ["secret-in-url", { target: "/a?page=2&sort=name" }],
    ["large-unpaged-list", { target: "/a?limit=200", response: times(150, (at) => at) }],
    ["cookie-without-httponly", { responseHeaders: [["set-cookie", "theme=dark"]] }],
    ["server-version", { responseHeaders: [["server", "nginx"]] }],
    [
      "missing-security-headers",
      {
        responseHeaders: [
          ["x-content-type-options", "nosniff"],
          ["strict-transport-security", "max-age=1"],
        ],
      },
    ],
  ])("do not count %s without reason", (name, options) => {
    expect(seenIn(options)).not.toContain(name);
  });

  test("tell counters from random numbers in the path", () => {
    const seen = (make: (at: number) => string): unknown =>
      profileOf(times(20, (at) => ({ target: `/users/${make(at)}` }))).observations[
        "sequential-identifiers"
      ];
    expect(seen((at) => String(100 + at))).toBe(20);
    expect(seen((at) => `10034891234567${10_000 + at * 7}`)).toBeUndefined();
  });
});
