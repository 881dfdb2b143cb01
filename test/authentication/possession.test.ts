import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import type { ClientCertificate } from "../../src/model/client-certificate.ts";
import { createInstallation } from "../../src/protection/installation.ts";
import { createAsked } from "./verdict-on.ts";

const nowMs = Date.UTC(2026, 10, 24);
const now = nowMs / 1_000;
const issuer = generateKeyPairSync("ec", { namedCurve: "P-256" });
const client = generateKeyPairSync("ec", { namedCurve: "P-256" });
const thief = generateKeyPairSync("ec", { namedCurve: "P-256" });
const issuerJwk = await exportJWK(issuer.publicKey);
const clientJwk = await exportJWK(client.publicKey);
const thiefJwk = await exportJWK(thief.publicKey);
const jkt = await calculateJwkThumbprint(clientJwk);
const options = { tokens: [{ keys: { jwks: [issuerJwk] } }] };

function tokenWith(claims: object): Promise<string> {
  return new SignJWT({ sub: "alice", exp: now + 300, ...claims })
    .setProtectedHeader({ alg: "ES256" })
    .sign(issuer.privateKey);
}

let made = 0;

async function proofFor(
  token: string,
  claims: object = {},
  header: object = {},
  key: KeyObject = client.privateKey,
): Promise<string> {
  made += 1;
  const ath = createHash("sha256").update(token).digest("base64url");
  const all = {
    jti: `p${made}`,
    htm: "GET",
    htu: "https://api.example/orders",
    iat: now,
    ath,
    ...claims,
  };
  return await new SignJWT(all)
    .setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk: clientJwk, ...header })
    .sign(key);
}

const bound = await tokenWith({ cnf: { jkt } });

async function ask(scheme: string, token: string, proofs: readonly string[], query = "") {
  const headers = [
    ["authorization", `${scheme} ${token}`] as const,
    ...proofs.map((proof) => ["dpop", proof] as const),
  ];
  return (await createAsked(options, { now: () => nowMs }).ask({ headers, query })).verdict;
}

describe("a token bound to a DPoP key", () => {
  test("passes with a proof for this request", async () => {
    expect(await ask("DPoP", bound, [await proofFor(bound)])).toMatchObject({ action: "allow" });
  });

  test("passes whatever the query, which proofs do not cover", async () => {
    const verdict = await ask("DPoP", bound, [await proofFor(bound)], "page=2");

    expect(verdict).toMatchObject({ action: "allow" });
  });

  test.each<[string, object, object, KeyObject?]>([
    ["for another method", { htm: "POST" }, {}],
    ["for another path", { htu: "https://api.example/orders/7" }, {}],
    ["for another host", { htu: "https://api.example.evil/orders" }, {}],
    ["that is old", { iat: now - 91 }, {}],
    ["from the future", { iat: now + 31 }, {}],
    ["for another token", { ath: "bm90IHRoaXMgb25l" }, {}],
    ["for no token", { ath: undefined }, {}],
    ["without id", { jti: undefined }, {}],
    ["of another type", {}, { typ: "jwt" }],
    ["with the thief's key", {}, { jwk: thiefJwk }, thief.privateKey],
    ["that the thief signed", {}, {}, thief.privateKey],
    ["with a private key in it", {}, { jwk: client.privateKey.export({ format: "jwk" }) }],
  ])("is refused with a proof %s", async (_what, claims, header, key) => {
    const verdict = await ask("DPoP", bound, [await proofFor(bound, claims, header, key)]);

    expect(verdict).toMatchObject({
      status: 401,
      headers: [["www-authenticate", expect.stringContaining('error="invalid_dpop_proof"')]],
    });
  });

  test("is refused without proof, with two, and when presented as Bearer", async () => {
    const proof = await proofFor(bound);

    expect(await ask("DPoP", bound, [])).toMatchObject({ status: 401 });
    expect(await ask("DPoP", bound, [proof, await proofFor(bound)])).toMatchObject({ status: 401 });
    expect(await ask("Bearer", bound, [])).toMatchObject({ status: 401 });
    expect(await ask("Bearer", bound, [proof])).toMatchObject({ status: 401 });
  });

  test("is refused with a proof that was used before, also after the policy changed", async () => {
    const installation = createInstallation();
    const headers = [
      ["authorization", `DPoP ${bound}`],
      ["dpop", await proofFor(bound)],
    ] as const;
    const first = createAsked(options, { now: () => nowMs, installation });
    const changed = createAsked({ ...options, realm: "other" }, { now: () => nowMs, installation });

    expect((await first.ask({ headers })).verdict.action).toBe("allow");
    expect((await first.ask({ headers })).verdict).toMatchObject({ status: 401 });
    expect((await changed.ask({ headers })).verdict).toMatchObject({
      reason: expect.stringContaining("jti"),
    });
  });

  test("and one that is not: only the bound one passes where binding is required", async () => {
    const free = await tokenWith({});
    const required = { tokens: [{ ...options.tokens[0], proofOfPossession: "required" }] };
    const asked = createAsked(required, { now: () => nowMs });
    const withProof = [
      ["authorization", `DPoP ${bound}`],
      ["dpop", await proofFor(bound)],
    ] as const;

    expect((await asked.ask({ headers: withProof })).verdict.action).toBe("allow");
    expect(
      (await asked.ask({ headers: [["authorization", `Bearer ${free}`]] })).verdict,
    ).toMatchObject({ status: 401 });
    expect(await ask("DPoP", free, [await proofFor(free)])).toMatchObject({ status: 401 });
  });
});

describe("a token bound to a client certificate", () => {
  const certificate: ClientCertificate = {
    thumbprint: createHash("sha256").update("certificate").digest("base64url"),
    subject: "CN=acme",
    issuer: "CN=authority",
    names: [],
    authorized: true,
  };
  const other = {
    ...certificate,
    thumbprint: createHash("sha256").update("x").digest("base64url"),
  };

  test.each<[string, ClientCertificate | undefined, string]>([
    ["passes on its connection", certificate, "allow"],
    ["is refused on another's", other, "block"],
    ["is refused without one", undefined, "block"],
  ])("%s", async (_what, clientCertificate, action) => {
    const token = await tokenWith({ cnf: { "x5t#S256": certificate.thumbprint } });
    const { verdict } = await createAsked(options, { now: () => nowMs }).ask({
      headers: [["authorization", `Bearer ${token}`]],
      ...(clientCertificate === undefined ? {} : { clientCertificate }),
    });

    expect(verdict.action).toBe(action);
  });

  test("is refused when it is bound in a way that nobody here knows", async () => {
    const token = await tokenWith({ cnf: { kid: "somewhere else" } });

    expect(await ask("Bearer", token, [])).toMatchObject({ status: 401 });
  });
});
