import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeApiKeys } from "../../src/commands/api-key-file.ts";
import { hashPassword } from "../../src/console/passwords.ts";
import type { Header } from "../../src/model/exchange.ts";
import {
  issueApiKey,
  rotateApiKey,
} from "../../src/protection/protections/authentication/issue-api-key.ts";
import { createAsked } from "./verdict-on.ts";

const nowMs = Date.UTC(2026, 10, 24);
const hourMs = 3_600_000;
const directory = mkdtempSync(join(tmpdir(), "merlon-keys-"));
afterAll(() => rmSync(directory, { recursive: true }));

const about = { name: "acme", scopes: ["orders:read"], roles: ["partner"] };
const acme = issueApiKey(about, nowMs);

function askedWith(options: object, mode: "enforce" | "observe" = "enforce") {
  return createAsked(options, { now: () => nowMs, mode });
}

const byKey = (key: string): { headers: readonly Header[] } => ({ headers: [["x-api-key", key]] });

describe("an API key", () => {
  const options = { apiKeys: { keys: [acme.record], query: ["key"] } };

  test("in a header, in Authorization or in the query tells whose it is", async () => {
    const asked = askedWith(options);
    for (const sent of [
      byKey(acme.key),
      { headers: [["authorization", `ApiKey ${acme.key}`]] as const },
      { query: `key=${acme.key}` },
    ]) {
      const { verdict, principal } = await asked.ask(sent);
      expect(verdict.action).toBe("allow");
      expect(principal).toEqual({
        kind: "api-key",
        id: "acme",
        verified: true,
        ...scopesOf(about),
      });
    }
  });

  test.each([
    ["its hash", acme.record.hash],
    ["its id", `mk_${acme.record.id}`],
    ["one letter else", `${acme.key.slice(0, -1)}_`],
    ["nothing", ""],
  ])("is refused when it is %s", async (_what, key) => {
    expect((await askedWith(options).ask(byKey(key))).verdict).toMatchObject({
      status: 401,
      headers: [["www-authenticate", 'ApiKey realm="api"']],
    });
  });

  test("is refused once expired or revoked", async () => {
    const expires = new Date(nowMs + hourMs).toISOString();
    const ending = { ...acme.record, expires };
    const asked = askedWith({ apiKeys: { keys: [ending] } });

    expect(
      (await asked.ask({ ...byKey(acme.key), timeMs: nowMs + hourMs - 1 })).verdict.action,
    ).toBe("allow");
    expect((await asked.ask({ ...byKey(acme.key), timeMs: nowMs + hourMs })).verdict.action).toBe(
      "block",
    );
    const revoked = { ...acme.record, revoked: new Date(nowMs).toISOString() };
    const after = await askedWith({ apiKeys: { keys: [revoked] } }).ask(byKey(acme.key));
    expect(after.verdict.action).toBe("block");
  });

  test("that replaces another counts beside it for a while, then alone", async () => {
    const rotated = rotateApiKey([acme.record], acme.record.id, { overlapMs: hourMs, nowMs });
    const asked = askedWith({ apiKeys: { keys: rotated?.records } });
    const newer = rotated?.issued.key ?? "";

    for (const key of [acme.key, newer]) {
      const { verdict, principal } = await asked.ask(byKey(key));
      expect(verdict.action).toBe("allow");
      expect(principal?.id).toBe("acme");
    }
    const later = nowMs + hourMs + 1;
    expect((await asked.ask({ ...byKey(acme.key), timeMs: later })).verdict.action).toBe("block");
    expect((await asked.ask({ ...byKey(newer), timeMs: later })).verdict.action).toBe("allow");
  });

  test("of a file: a change is taken, and the last use kept", async () => {
    const file = join(directory, "keys.json");
    writeApiKeys(file, [acme.record]);
    let clockMs = nowMs;
    const asked = createAsked({ apiKeys: { file } }, { now: () => clockMs });
    expect((await asked.ask(byKey(acme.key))).verdict.action).toBe("allow");
    expect(await eventually(() => readdirSync(`${file}.used`)[0])).toBe(acme.record.id);

    writeApiKeys(file, [{ ...acme.record, revoked: new Date(nowMs).toISOString() }]);
    const isRefused = async (): Promise<true | undefined> => {
      clockMs += 2_000;
      const { verdict } = await asked.ask({ ...byKey(acme.key), timeMs: clockMs });
      return verdict.action === "block" ? true : undefined;
    };
    expect(await eventually(isRefused)).toBe(true);
  });
});

function scopesOf({ scopes, roles }: typeof about) {
  return { scopes, roles };
}

async function eventually<Value>(look: () => Value | Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const found = await Promise.resolve()
      .then(look)
      .catch(() => undefined);
    if (found !== undefined) return found as Value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("Basic authentication", () => {
  const basic = (text: string): { headers: readonly Header[] } => ({
    headers: [["authorization", `Basic ${Buffer.from(text).toString("base64")}`]],
  });

  test("passes with the right password alone, and remembers it", async () => {
    const users = [{ name: "ann", passwordHash: await hashPassword("correct horse: battery") }];
    const asked = askedWith({ basic: users });

    for (let times = 0; times < 2; times += 1) {
      const { verdict, principal } = await asked.ask(basic("ann:correct horse: battery"));
      expect(verdict.action).toBe("allow");
      expect(principal).toMatchObject({ kind: "basic", id: "ann", verified: true });
    }
    for (const wrong of ["ann:correct horse", "bob:correct horse: battery", "ann", ":"]) {
      expect((await asked.ask(basic(wrong))).verdict).toMatchObject({
        status: 401,
        headers: [["www-authenticate", 'Basic realm="api", charset="UTF-8"']],
      });
    }
  });
});

describe("a client certificate", () => {
  const certificate = {
    thumbprint: createHash("sha256").update("a").digest("base64url"),
    subject: "CN=acme",
    issuer: "CN=authority",
    names: [],
    authorized: true,
  };
  const options = {
    require: ["client-certificate"],
    clientCertificates: [{ name: "acme", subject: "CN=acme", scopes: ["orders:read"] }],
  };

  test("passes when listed, and is refused otherwise", async () => {
    const asked = askedWith(options);
    const known = await asked.ask({ clientCertificate: certificate });

    expect(known.verdict.action).toBe("allow");
    expect(known.principal).toMatchObject({
      kind: "client-certificate",
      id: "acme",
      verified: true,
    });
    for (const clientCertificate of [
      { ...certificate, subject: "CN=acme2" },
      { ...certificate, authorized: false },
    ]) {
      expect((await asked.ask({ clientCertificate })).verdict.action).toBe("block");
    }
    expect((await asked.ask({})).verdict.action).toBe("block");
  });
});

describe("what a place requires", () => {
  const options = {
    apiKeys: { keys: [acme.record] },
    rules: [
      { endpoints: ["GET */health"], require: [] },
      { host: "partners.example", require: ["any"], scopes: ["orders:read"] },
      { pathPrefix: "/admin", require: ["api-key"], scopes: ["admin"] },
      { pathPrefix: "/public", require: ["optional"] },
    ],
  };
  const statusOf = async (sent: object): Promise<number> => {
    const { verdict } = await askedWith(options).ask(sent);
    return verdict.action === "block" ? verdict.status : 200;
  };

  test.each<[string, object, number]>([
    ["health, open by a rule", { path: "/health" }, 200],
    ["health with a slash at its end", { path: "/health/" }, 200],
    ["another method on it", { path: "/health", method: "POST" }, 401],
    ["health by way of another path", { path: "/admin/../health" }, 401],
    ["health by way of an escaped path", { path: "/admin/%2e%2e/health" }, 401],
    ["health in another spelling", { path: "/%68ealth" }, 401],
    ["health behind a parameter", { path: "/admin/..;/health" }, 401],
    ["a place of which nothing is said", { path: "/orders" }, 401],
    ["a key there", { path: "/orders", ...byKey(acme.key) }, 200],
    ["a scope that the key has", { authority: "partners.example:443", ...byKey(acme.key) }, 200],
    ["a scope that the key lacks", { path: "/admin/users", ...byKey(acme.key) }, 403],
    ["the same in another spelling", { path: "//%61dmin/users", ...byKey(acme.key) }, 403],
    ["nobody where it is optional", { path: "/public/news" }, 200],
    ["a wrong key where it is optional", { path: "/public/news", ...byKey("wrong-key") }, 401],
    ["a wrong key where nothing is checked", { path: "/health", ...byKey("wrong-key") }, 200],
    [
      "a preflight",
      {
        method: "OPTIONS",
        headers: [
          ["origin", "https://shop.example"],
          ["access-control-request-method", "GET"],
        ],
      },
      200,
    ],
    ["OPTIONS that is none", { method: "OPTIONS" }, 401],
  ])("%s", async (_what, sent, status) => {
    expect(await statusOf(sent)).toBe(status);
  });

  test("a lacking scope is named to the client", async () => {
    const { verdict } = await askedWith(options).ask({ path: "/admin", ...byKey(acme.key) });

    expect(verdict).toMatchObject({
      headers: [
        ["www-authenticate", 'Bearer realm="api", error="insufficient_scope", scope="admin"'],
      ],
    });
  });

  test("observe mode reports and lets pass", async () => {
    const { verdict, decision } = await askedWith(options, "observe").ask({ path: "/orders" });

    expect(verdict.action).toBe("allow");
    expect(decision).toMatchObject({ action: "allow", wouldBe: "block", status: 401 });
  });

  test("two Authorization headers are one too many", async () => {
    const headers = [
      ["authorization", `ApiKey ${acme.key}`],
      ["authorization", "ApiKey somebody-else"],
    ] as const;

    expect(await statusOf({ headers })).toBe(400);
    const same = [headers[0], headers[0]];
    expect(await statusOf({ headers: same })).toBe(400);
  });

  test("a wrong credential beside a right one is refused", async () => {
    const tokens = [
      { keys: { jwks: [{ kty: "oct", k: Buffer.alloc(32, 7).toString("base64url") }] } },
    ];
    const { verdict } = await askedWith({ ...options, tokens }).ask({
      headers: [
        ["x-api-key", acme.key],
        ["authorization", "Bearer eyJhbGciOiJub25lIn0.e30."],
      ],
    });

    expect(verdict).toMatchObject({ action: "block", status: 401 });
  });
});

describe("without configuration", () => {
  test.each<[string, object, object]>([
    [
      "a token's subject",
      { headers: [["authorization", `Bearer ${claiming("alice")}`]] },
      { kind: "token", id: "alice" },
    ],
    ["a user", { headers: [["authorization", "Basic YW5uOnB3"]] }, { kind: "basic", id: "ann" }],
    ["a key", { headers: [["x-api-key", "0123456789"]] }, { kind: "api-key" }],
    ["a key in the query", { query: "a=1&api_key=0123456789" }, { kind: "api-key" }],
    [
      "a session",
      { headers: [["cookie", "theme=dark; connect.sid=0123456789"]] },
      { kind: "session" },
    ],
  ])("tells callers apart by %s, and stops nobody", async (_what, sent, expected) => {
    const { verdict, principal, decision } = await askedWith({}).ask(sent);

    expect(verdict.action).toBe("allow");
    expect(decision).toBeUndefined();
    expect(principal).toMatchObject({ ...expected, verified: false });
    expect(JSON.stringify(principal)).not.toContain("0123456789");
  });

  test.each<[string, object]>([
    ["nothing", {}],
    ["a cookie against forgery", { headers: [["cookie", "csrftoken=0123456789"]] }],
    ["an order in the query", { query: "key=name" }],
  ])("sees nobody in %s", async (_what, sent) => {
    expect((await askedWith({}).ask(sent)).principal).toBeUndefined();
  });
});

function claiming(sub: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256" })}.${part({ sub })}.c2ln`;
}
