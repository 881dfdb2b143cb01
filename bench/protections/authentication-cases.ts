import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { exportJWK, SignJWT } from "jose";
import type { Header, RequestHead } from "../../src/model/exchange.ts";
import { issueApiKey } from "../../src/protection/protections/authentication/issue-api-key.ts";
import { authentication } from "../../src/protection/protections/authentication.ts";
import type { ProtectionCase } from "./protection-case.ts";

/** Tokens that are each seen once. */
const TOKENS = 4_000;

const pairs = {
  ES256: generateKeyPairSync("ec", { namedCurve: "P-256" }),
  RS256: generateKeyPairSync("rsa", { modulusLength: 2_048 }),
};

/** Authentication by what it has to do: tell callers apart, remember, verify. */
export async function createAuthenticationCases(
  head: RequestHead,
): Promise<readonly ProtectionCase[]> {
  const jwks = await Promise.all(
    Object.entries(pairs).map(async ([alg, { publicKey }]) => ({
      ...(await exportJWK(publicKey)),
      alg,
      kid: alg,
    })),
  );
  const verifying = {
    tokens: [{ issuers: ["https://id.example"], audiences: ["shop"], keys: { jwks } }],
  };
  const cases = Object.entries(pairs).map(async ([alg, { privateKey }]) => {
    const tokens = await Promise.all(
      Array.from({ length: TOKENS }, (_, index) => tokenOf(alg, privateKey, index)),
    );
    const requests = tokens.map((token) => requestWith(head, ["authorization", `Bearer ${token}`]));
    return [
      caseOf(`authentication, ${alg} token seen before`, verifying, requests.slice(0, 1)),
      caseOf(`authentication, ${alg} token seen first`, verifying, requests.slice(1)),
    ];
  });
  const { key, record } = issueApiKey({ name: "acme", scopes: [], roles: [] }, Date.now());
  const claiming = await tokenOf("ES256", pairs.ES256.privateKey, 0);
  return [
    caseOf("authentication, unconfigured, no credential", {}, [head]),
    caseOf("authentication, unconfigured, token", {}, [
      requestWith(head, ["authorization", `Bearer ${claiming}`]),
    ]),
    caseOf("authentication, API key", { apiKeys: { keys: [record] } }, [
      requestWith(head, ["x-api-key", key]),
    ]),
    ...(await Promise.all(cases)).flat(),
  ];
}

function tokenOf(alg: string, key: KeyObject, index: number): Promise<string> {
  return new SignJWT({ scope: "orders:read orders:write", roles: ["customer"], jti: `t${index}` })
    .setProtectedHeader({ alg, kid: alg, typ: "at+jwt" })
    .setIssuer("https://id.example")
    .setAudience("shop")
    .setSubject(`user-${index}`)
    .setExpirationTime("1h")
    .sign(key);
}

function caseOf(name: string, options: object, requests: readonly RequestHead[]): ProtectionCase {
  return {
    name,
    protections: [authentication],
    settings: { authentication: { ...options } },
    requests,
  };
}

function requestWith(head: RequestHead, header: Header): RequestHead {
  return { ...head, headers: [...head.headers, header] };
}
