import type { Header } from "../../model/exchange.ts";
import { redactUrl } from "./redact-url.ts";
import type { ValueHider } from "./value-hider.ts";

const schemeCharactersMax = 32;
const authorizationHeaders: ReadonlySet<string> = new Set(["authorization", "proxy-authorization"]);
const urlHeaders: ReadonlySet<string> = new Set([
  "referer",
  "location",
  "content-location",
  "origin",
  "x-original-url",
  "x-rewrite-url",
  "x-forwarded-uri",
  ":path",
]);

/** Header names of everybody's own making end like this when they carry a credential. */
const credentialEndings: ReadonlySet<string> = new Set([
  "auth",
  "key",
  "password",
  "secret",
  "session",
  "signature",
  "token",
]);

/** Redacts header field lines: credentials become fingerprints, everything else is looked through. */
export function redactHeaders(headers: readonly Header[], hider: ValueHider): readonly Header[] {
  return headers.map(([name, value]) => [hider.text(name), redactHeader(name, value, hider)]);
}

function redactHeader(name: string, value: string, hider: ValueHider): string {
  if (authorizationHeaders.has(name)) return redactAuthorization(value, hider);
  if (name === "cookie") return redactCookies(value, hider);
  if (name === "set-cookie") return redactSetCookie(value, hider);
  // Better one harmless key hidden, such as an idempotency key, than one credential on disk.
  const isCredential = credentialEndings.has(name.slice(name.lastIndexOf("-") + 1));
  if (isCredential && value.length > 1) return hider.fingerprint(value);
  return urlHeaders.has(name) ? redactUrl(value, hider) : hider.value(name, value);
}

/** `Bearer hmac:…`: the scheme stays, whatever follows it does not. */
function redactAuthorization(value: string, hider: ValueHider): string {
  const space = value.indexOf(" ");
  if (space <= 0 || space > schemeCharactersMax) return hider.fingerprint(value);
  return `${hider.text(value.slice(0, space))} ${hider.fingerprint(value.slice(space + 1).trim())}`;
}

function redactCookies(value: string, hider: ValueHider): string {
  return value
    .split(";")
    .map((pair) => redactCookie(pair.trim(), hider))
    .join("; ");
}

function redactCookie(pair: string, hider: ValueHider): string {
  const sign = pair.indexOf("=");
  if (sign < 0) return hider.fingerprint(pair);
  return `${hider.text(pair.slice(0, sign))}=${hider.fingerprint(pair.slice(sign + 1))}`;
}

function redactSetCookie(value: string, hider: ValueHider): string {
  const [pair = "", ...attributes] = value.split(";");
  return [redactCookie(pair, hider), ...attributes.map((text) => hider.text(text))].join(";");
}
