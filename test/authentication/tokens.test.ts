import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import fc from "fast-check";
import { CompactEncrypt, CompactSign, exportJWK, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { createInstallation } from "../../src/protection/installation.ts";
import { createAsked } from "./verdict-on.ts";

const nowMs = Date.UTC(2026, 10, 24);
const now = nowMs / 1_000;
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwk = { ...(await exportJWK(publicKey)), kid: "k1", alg: "ES256", use: "sig" };
const rsaJwk = { ...(await exportJWK(rsa.publicKey)), kid: "r1", alg: "RS256" };
const good = { iss: "https://id.example", aud: "shop", sub: "alice", iat: now, exp: now + 300 };

const options = {
  tokens: [
    {
      issuers: ["https://id.example"],
      audiences: ["shop", "partners"],
      keys: { jwks: [jwk, rsaJwk] },
    },
  ],
};

function signed(claims: object, header: object = {}, key: KeyObject = privateKey): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "ES256", kid: "k1", ...header } as never)
    .sign(key);
}

async function ask(token: string, more: object = options, timeMs = nowMs) {
  const headers = [["authorization", `Bearer ${token}`]] as const;
  return await createAsked(more, { now: () => nowMs }).ask({ headers, timeMs });
}

const encoded = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** Signs whatever stands in the header, as an attacker with the issuer's key could not. */
function signedRaw(header: string, payload: string): string {
  const input = `${encoded(header)}.${encoded(payload)}`;
  const signature = sign("sha256", Buffer.from(input), {
    key: privateKey,
    dsaEncoding: "ieee-p1363",
  });
  return `${input}.${signature.toString("base64url")}`;
}

describe("a token that holds", () => {
  test("passes, and tells who calls with scopes and roles", async () => {
    const token = await signed({ ...good, scope: "read write", roles: ["admin"] });
    const { verdict, principal, decision } = await ask(token);

    expect(verdict.action).toBe("allow");
    expect(decision).toBeUndefined();
    expect(principal).toMatchObject({
      kind: "token",
      id: "alice",
      verified: true,
      scopes: ["read", "write"],
      roles: ["admin"],
    });
  });

  test.each<[string, object, object]>([
    ["has just expired, within the clocks' difference", { exp: now - 20 }, {}],
    ["begins in a moment, within it", { nbf: now + 20 }, {}],
    ["is for several audiences", { aud: ["other", "partners"] }, {}],
    ["says its type", {}, { typ: "at+jwt" }],
    ["says its type in full and large letters", {}, { typ: "application/AT+JWT" }],
    ["names a certificate's thumbprint, as some issuers do", {}, { x5t: "c29tZQ" }],
    ["names no key", {}, { kid: undefined }],
  ])("passes although it %s", async (_what, claims, header) => {
    expect((await ask(await signed({ ...good, ...claims }, header))).verdict.action).toBe("allow");
  });

  test("passes a second time from memory, and not after it expired", async () => {
    const asked = createAsked(options, { now: () => nowMs });
    const headers = [["authorization", `Bearer ${await signed(good)}`]] as const;

    expect((await asked.ask({ headers, timeMs: nowMs })).verdict.action).toBe("allow");
    expect((await asked.ask({ headers, timeMs: nowMs + 299_000 })).verdict.action).toBe("allow");
    expect((await asked.ask({ headers, timeMs: nowMs + 331_000 })).verdict).toMatchObject({
      status: 401,
      reason: "the token has expired",
    });
  });
});

describe("a token is refused when it", () => {
  test.each<[string, object, object, string]>([
    ["has expired", { exp: now - 31 }, {}, "expired"],
    ["has no expiry", { exp: undefined }, {}, "exp is missing"],
    ["has an expiry that is no number", { exp: String(now + 300) }, {}, "exp is no time"],
    ["is not valid yet", { nbf: now + 31 }, {}, "nbf"],
    ["was issued in the future", { iat: now + 31 }, {}, "iat"],
    ["is from another issuer", { iss: "https://id.example.evil" }, {}, "iss"],
    ["names no issuer", { iss: undefined }, {}, "iss"],
    ["is for another audience", { aud: "shop2" }, {}, "aud"],
    ["is a logout token", {}, { typ: "logout+jwt" }, "typ"],
    ["is a DPoP proof", {}, { typ: "dpop+jwt" }, "typ"],
    ["names an unknown key", {}, { kid: "../../../../dev/null" }, "no key fits"],
    ["names a key by SQL", {}, { kid: "k1' UNION SELECT 'x" }, "no key fits"],
    ["brings its own key", {}, { jwk }, "jwk"],
    ["brings an address of keys", {}, { jku: "https://evil.example/jwks" }, "jku"],
    ["brings a certificate", {}, { x5c: ["MIIB"] }, "x5c"],
    ["brings an address of certificates", {}, { x5u: "https://evil.example/c" }, "x5u"],
    ["was made for one key and names another", {}, { kid: "r1" }, "no key fits"],
  ])("%s", async (_what, claims, header, reason) => {
    const { verdict, principal } = await ask(await signed({ ...good, ...claims }, header));

    expect(verdict).toMatchObject({ action: "block", status: 401 });
    expect(verdict).toMatchObject({ reason: expect.stringContaining(reason) });
    expect(principal).toBeUndefined();
  });

  test.each(["none", "None", "nOnE"])("is not signed (%s)", async (alg) => {
    const token = `${encoded({ alg })}.${encoded(good)}.`;

    expect((await ask(token)).verdict).toMatchObject({
      status: 401,
      reason: expect.stringContaining("none"),
    });
  });

  test("takes a public key for a secret", async () => {
    const pem = rsa.publicKey.export({ type: "spki", format: "pem" });
    const input = `${encoded({ alg: "HS256", kid: "r1" })}.${encoded(good)}`;
    for (const secret of [pem, JSON.stringify(rsaJwk), String(rsaJwk.n)]) {
      const signature = createHmac("sha256", secret).update(input).digest("base64url");
      expect((await ask(`${input}.${signature}`)).verdict).toMatchObject({ status: 401 });
    }
  });

  test("is signed by somebody else", async () => {
    const token = await signed(good, {}, stranger.privateKey);

    expect((await ask(token)).verdict).toMatchObject({ reason: "the token's signature is wrong" });
  });

  test("names a claim twice", async () => {
    const payload = JSON.stringify(good).replace("{", '{"sub":"admin",');
    const token = signedRaw('{"alg":"ES256","kid":"k1"}', payload);

    expect((await ask(token)).verdict.action).toBe("block");
    const once = signedRaw('{"alg":"ES256","kid":"k1"}', JSON.stringify(good));
    expect((await ask(once)).verdict.action).toBe("allow");
  });

  test("names a header member twice, one of them escaped", async () => {
    const token = signedRaw('{"alg":"ES256","al\\u0067":"none"}', JSON.stringify(good));

    expect((await ask(token)).verdict.action).toBe("block");
  });

  test("needs an extension that nobody here knows", async () => {
    const token = signedRaw('{"alg":"ES256","crit":["x"],"x":1}', JSON.stringify(good));

    expect((await ask(token)).verdict).toMatchObject({ reason: expect.stringContaining("crit") });
  });

  test("is spelt otherwise: padded, with other letters, or with unused bits set", async () => {
    const token = await signed(good);
    const [header, payload, signature = ""] = token.split(".");
    const last = signature.at(-1) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const other = alphabet[alphabet.indexOf(last) + 1];
    for (const text of [
      `${token}=`,
      `${header}.${payload}.${signature.slice(0, -1)}${other}`,
      `${header}.${payload}.${signature}\t`,
      `${header}\u0000.${payload}.${signature}`,
    ]) {
      expect((await ask(text)).verdict.action).toBe(text.endsWith("\t") ? "allow" : "block");
    }
  });

  test("was revoked by its id or its subject", async () => {
    const token = await signed({ ...good, jti: "t-1" });
    for (const revoked of [{ tokens: ["t-1"] }, { subjects: ["alice"] }]) {
      expect((await ask(token, { ...options, revoked })).verdict).toMatchObject({
        reason: "the token was revoked",
      });
    }
    const others = { ...options, revoked: { tokens: ["t-2"], subjects: ["bob"] } };
    expect((await ask(token, others)).verdict.action).toBe("allow");
  });
});

test("never throws, whatever a client sends as token", async () => {
  const asked = createAsked(options, { now: () => nowMs });
  const part = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.json().map(encoded),
    fc.constantFrom(encoded({ alg: "ES256" }), encoded({ alg: "dir", enc: "A128GCM" }), ""),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), async (parts) => {
      const headers = [["authorization", `Bearer ${parts.join(".")}`]] as const;
      expect((await asked.ask({ headers })).verdict.action).toBe("block");
    }),
    { numRuns: 300 },
  );
});

test("a deeply nested payload is refused in linear time", async () => {
  const deep = `{"a":${"[".repeat(6_000)}${"]".repeat(6_000)}}`;
  const token = signedRaw('{"alg":"ES256","kid":"k1"}', deep);

  expect((await ask(token)).verdict.action).toBe("block");
});

describe("a shared secret", () => {
  const secret = randomBytes(32).toString("base64url");
  const hmac = { tokens: [{ keys: { secretVariable: "TOKEN_SECRET" } }] };

  test("from the environment verifies tokens, and is never a public key's", async () => {
    const installation = createInstallation({ secretOf: () => secret });
    const asked = createAsked(hmac, { now: () => nowMs, installation });
    const token = await new SignJWT({ ...good })
      .setProtectedHeader({ alg: "HS256" })
      .sign(Buffer.from(secret));
    const headers = [["authorization", `Bearer ${token}`]] as const;

    expect((await asked.ask({ headers })).verdict.action).toBe("allow");
    const forged = [["authorization", `Bearer ${await signed(good)}`]] as const;
    expect((await asked.ask({ headers: forged })).verdict.action).toBe("block");
  });

  test.each([
    ["is not set", undefined],
    ["can be guessed", "secret"],
  ])("that %s is an error of the configuration", (_what, value) => {
    const installation = createInstallation({ secretOf: () => value });

    expect(() => createAsked(hmac, { installation })).toThrow(
      expect.objectContaining({ code: "ERR_CONFIG_INVALID" }),
    );
  });
});

describe("an encrypted token", () => {
  const encryption = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const decryptionJwk = { ...encryption.privateKey.export({ format: "jwk" }), alg: "RSA-OAEP-256" };
  const nested = { tokens: [{ ...options.tokens[0], decryption: { jwks: [decryptionJwk] } }] };
  const sealed = (text: string): Promise<string> =>
    new CompactEncrypt(Buffer.from(text))
      .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM", cty: "JWT" })
      .encrypt(encryption.publicKey);

  test("passes with a signed token inside", async () => {
    const { verdict, principal } = await ask(await sealed(await signed(good)), nested);

    expect(verdict.action).toBe("allow");
    expect(principal).toMatchObject({ id: "alice", verified: true });
  });

  test("is refused with bare claims inside, which anybody can encrypt", async () => {
    expect((await ask(await sealed(JSON.stringify(good)), nested)).verdict).toMatchObject({
      reason: expect.stringContaining("not signed"),
    });
  });

  test("is refused with a forged token inside", async () => {
    const forged = await signed(good, {}, stranger.privateKey);

    expect((await ask(await sealed(forged), nested)).verdict.action).toBe("block");
  });
});

test("weak keys are not used, and the decision says why", async () => {
  const weak = generateKeyPairSync("rsa", { modulusLength: 1_024 });
  const jwks = [{ ...weak.publicKey.export({ format: "jwk" }), kid: "weak" }];
  const token = await new CompactSign(Buffer.from(JSON.stringify(good)))
    .setProtectedHeader({ alg: "RS256", kid: "weak" })
    .sign(weak.privateKey)
    .catch(() => undefined);
  // The library that signs refuses too; a signature is not needed to see that the key is not used.
  const text =
    token ?? `${encoded({ alg: "RS256", kid: "weak" })}.${encoded(good)}.${encoded("x")}`;

  expect((await ask(text, { tokens: [{ keys: { jwks } }] })).verdict).toMatchObject({
    reason: expect.stringContaining('key "weak": RSA of 1024 bits is weak'),
  });
});
