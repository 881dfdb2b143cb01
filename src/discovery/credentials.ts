import { hash } from "node:crypto";
import type { Exchange, Header } from "../model/exchange.ts";
import { isRecord } from "../model/is-record.ts";

/** One credential that a request carried; its value is only ever hashed. */
export interface Credential {
  /** `bearer`, `jwt`, `basic`, `digest`, `api-key`, `session-cookie`, `client-certificate`, `signature`. */
  readonly kind: string;
  readonly in: "header" | "query" | "cookie";
  readonly name: string;
  /** Who it stands for: a token's subject, else the credential itself. Kept as a hash only. */
  readonly principal: string;
  /** A JWT's algorithm. */
  readonly algorithm?: string;
  /** What a JWT says. */
  readonly token?: TokenClaims;
}

/** What a JWT says of itself; nothing of it is verified here. */
export interface TokenClaims {
  readonly algorithm: string;
  readonly subject?: string;
  readonly issuer?: string;
  readonly audiences: readonly string[];
  /** OAuth 2 scopes (RFC 9068), also as the providers write them. */
  readonly scopes: readonly string[];
  readonly expiresSeconds?: number;
  readonly issuedSeconds?: number;
}

/**
 * How a caller is named to people: user names and subjects of tokens as they are, everything that is
 * itself a secret by 12 digits of its SHA-256.
 */
export function consumerIdOf({ kind, principal, token }: Credential): string {
  const isName = kind === "basic" || token?.subject !== undefined;
  const name = isName ? principal.slice(0, 80) : hash("sha256", principal).slice(0, 12);
  return `${kind} ${name}`;
}

/** Finds the credentials of a request: headers, cookies, query. */
export function credentialsOf(
  { request }: Exchange,
  query: ReadonlyMap<string, string>,
  cookies: ReadonlyMap<string, string>,
): readonly Credential[] {
  const found: Credential[] = [];
  for (const header of request.headers) {
    const credential = credentialOfHeader(header);
    if (credential !== undefined) found.push(credential);
  }
  for (const [name, value] of cookies) {
    const kind = value.length < 8 ? undefined : cookieKindOf(name);
    if (kind !== undefined) found.push(tokenCredential(kind, "cookie", name, value));
  }
  for (const [name, value] of query) {
    if (value.length < 8 || !keyParameters.has(normalName(name))) continue;
    const kind = normalName(name).includes("token") ? "bearer" : "api-key";
    found.push(tokenCredential(kind, "query", name, value));
  }
  return found;
}

function cookieKindOf(name: string): string | undefined {
  if (keyHeaders.has(normalName(name)) && /key/i.test(name)) return "api-key";
  return isSessionName(name) ? "session-cookie" : undefined;
}

function credentialOfHeader([name, value]: Header): Credential | undefined {
  if (value === "") return undefined;
  if (name === "authorization") return authorizationOf(value);
  if (keyHeaders.has(normalName(name))) return tokenCredential("api-key", "header", name, value);
  if (isSignatureHeader(name)) return { kind: "signature", in: "header", name, principal: name };
  if (certificateHeaders.has(name)) {
    return { kind: "client-certificate", in: "header", name, principal: value };
  }
  return undefined;
}

function authorizationOf(value: string): Credential {
  const space = value.indexOf(" ");
  const scheme = (space < 0 ? "" : value.slice(0, space)).toLowerCase();
  const rest = value.slice(space + 1).trim();
  const name = "authorization";
  if (scheme === "basic") {
    const user = Buffer.from(rest, "base64").toString("utf8").split(":", 1)[0] ?? "";
    return { kind: "basic", in: "header", name, principal: user };
  }
  if (scheme === "digest" || scheme === "negotiate" || scheme === "ntlm") {
    return { kind: scheme, in: "header", name, principal: rest };
  }
  if (/^(?:aws4-|hmac|signature|hawk)/.test(scheme)) {
    const key = /(?:credential|keyid|id)="?([^/,"\s]{1,128})/i.exec(rest)?.[1];
    return { kind: "signature", in: "header", name, principal: key ?? scheme };
  }
  const kind =
    /^(?:apikey|api-key|key|token)$/.test(scheme) || scheme === "" ? "api-key" : "bearer";
  return tokenCredential(kind, "header", name, rest);
}

function tokenCredential(
  kind: string,
  place: Credential["in"],
  name: string,
  value: string,
): Credential {
  const token = jsonWebTokenOf(value);
  if (token === undefined) return { kind, in: place, name, principal: value };
  return {
    kind: "jwt",
    in: place,
    name,
    principal: token.subject ?? value,
    algorithm: token.algorithm,
    token,
  };
}

/** Reads a JWT without verifying it; the claims only tell callers apart. */
function jsonWebTokenOf(value: string): TokenClaims | undefined {
  if (!value.startsWith("eyJ") || value.length > 16_384) return undefined;
  const [header = "", payload = ""] = value.split(".", 3);
  const head = decodedObject(header);
  const algorithm = head?.["alg"];
  if (typeof algorithm !== "string") return undefined;
  const claims = decodedObject(payload) ?? {};
  const { sub, iss, exp, iat } = claims;
  const isNamed = typeof sub === "string" || typeof sub === "number";
  return {
    algorithm: algorithm.slice(0, 16),
    ...(isNamed ? { subject: String(sub) } : {}),
    ...(typeof iss === "string" ? { issuer: iss } : {}),
    audiences: textsOf(claims["aud"]),
    scopes: [claims["scope"], claims["scp"], claims["permissions"]].flatMap(textsOf),
    ...(typeof exp === "number" ? { expiresSeconds: exp } : {}),
    ...(typeof iat === "number" ? { issuedSeconds: iat } : {}),
  };
}

const textsMax = 32;

/** One text, several with spaces between, or a list of texts. */
function textsOf(claim: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return texts
    .flatMap((text) => (typeof text === "string" ? text.split(" ", textsMax) : []))
    .slice(0, textsMax);
}

function decodedObject(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a header or cookie is a credential and so no parameter of the endpoint. */
export function isCredentialHeader(name: string): boolean {
  return (
    name === "authorization" ||
    keyHeaders.has(normalName(name)) ||
    certificateHeaders.has(name) ||
    isSignatureHeader(name)
  );
}

/** A message authentication code over the request, as webhooks and signed requests carry it. */
function isSignatureHeader(name: string): boolean {
  return (
    name === "signature" ||
    /^(?:x-)?(?:[a-z0-9]{2,24}-){1,3}(?:signature|hmac)(?:-(?:v\d|sha\d{1,3}|256))?$/.test(name) ||
    /^x-(?:signature|hmac)(?:-(?:v\d|sha\d{1,3}|256|ed25519))?$/.test(name)
  );
}

export function isSessionName(name: string): boolean {
  return (
    /sess|^sid$|[._-]sid$|auth|token|jwt|^(?:jsessionid|phpsessid|asp\.net_sessionid)$/i.test(
      name,
    ) && !/csrf|xsrf/i.test(name)
  );
}

export function isKeyParameter(name: string): boolean {
  return keyParameters.has(normalName(name));
}

function normalName(name: string): string {
  return name.toLowerCase().replace(/^x-/, "").replace(/[-_]/g, "");
}

const keyHeaders: ReadonlySet<string> = new Set(
  "apikey apitoken authtoken accesstoken authkey accesskey authorizationtoken sessiontoken sessionid usertoken appkey clientsecret subscriptionkey ocpapimsubscriptionkey functionskey token".split(
    " ",
  ),
);

const keyParameters: ReadonlySet<string> = new Set(
  "apikey apitoken accesstoken authtoken token key sessionid sessiontoken appkey subscriptionkey clientsecret jwt".split(
    " ",
  ),
);

const certificateHeaders: ReadonlySet<string> = new Set([
  "x-forwarded-client-cert",
  "x-client-cert",
  "x-ssl-client-cert",
  "x-ssl-client-s-dn",
  "ssl-client-cert",
  "client-cert",
]);
