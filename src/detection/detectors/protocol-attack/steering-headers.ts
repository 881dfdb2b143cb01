import type { RequestHead } from "../../../model/exchange.ts";
import { headerOf } from "../../../model/exchange.ts";
import { type ProtocolSign, sign } from "./protocol-sign.ts";

/** Headers that an intermediary must not drop: what is lost with them is a decision about access. */
const endToEndHeaders: ReadonlySet<string> = new Set(
  (
    "authorization cookie host content-length content-type transfer-encoding x-forwarded-for x-forwarded-host x-forwarded-proto " +
    "x-real-ip x-client-ip x-api-key x-user x-user-id x-auth-token x-forwarded-user x-forwarded-email x-forwarded-port forwarded via " +
    "origin referer x-csrf-token x-xsrf-token x-original-url x-request-id true-client-ip cf-connecting-ip x-amzn-trace-id"
  ).split(" "),
);

/** `Connection: close, X-Forwarded-For` makes a proxy drop that header (RFC 9110, section 7.6.1). */
export function connectionSign(value: string): ProtocolSign | undefined {
  for (const option of value.toLowerCase().split(",", 64)) {
    const name = option.trim();
    if (!endToEndHeaders.has(name)) continue;
    return sign(
      "high",
      `The header tells the next proxy to drop "${name}", on which the application relies.`,
    );
  }
  return undefined;
}

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
/** What clients that can only send POST ask for. */
const replacingMethods: ReadonlySet<string> = new Set([
  "PUT",
  "PATCH",
  "DELETE",
  "GET",
  "MERGE",
  "POST",
  "HEAD",
  "SEARCH",
  "QUERY",
  "REPORT",
  "OPTIONS",
]);

/** `X-HTTP-Method-Override`: an application that honours it does what the rules for the method forbid. */
export function overrideSign(name: string, request: RequestHead): ProtocolSign | undefined {
  const wanted = (headerOf(request.headers, name) ?? "").trim().toUpperCase();
  if (wanted === "" || wanted === request.method.toUpperCase()) return undefined;
  if (!replacingMethods.has(wanted))
    return sign(
      "medium",
      `The header "${name}" asks for the method "${wanted.slice(0, 32)}", which no client of an API needs.`,
    );
  if (safeMethods.has(request.method.toUpperCase()) && !safeMethods.has(wanted))
    return sign(
      "medium",
      `A ${request.method} that the header "${name}" turns into ${wanted} passes rules, caches and checks that are there for reading.`,
    );
  return sign("low", `The header "${name}" replaces the method by ${wanted}.`);
}

/** `X-Original-URL: /admin`: some frameworks serve this path instead of the one that was checked. */
export function rewrittenPathSign(
  name: string,
  value: string,
  request: RequestHead,
): ProtocolSign | undefined {
  const path = pathOf(value);
  if (
    path === undefined ||
    path === request.path ||
    `${path}/` === request.path ||
    path === `${request.path}/`
  )
    return undefined;
  return sign(
    "medium",
    `The header "${name}" names another path (${path.slice(0, 64)}) than the request line; a framework that prefers it serves what no rule looked at.`,
  );
}

/** The path of `/admin?x` or `https://shop.example/admin`. */
function pathOf(value: string): string | undefined {
  const scheme = value.indexOf("://");
  const start = scheme < 0 ? 0 : value.indexOf("/", scheme + 3);
  if (start < 0 || value.charCodeAt(start) !== 0x2f) return undefined;
  let end = start;
  while (end < value.length && !"?# ".includes(value.charAt(end))) end++;
  return value.slice(start, end);
}

/** Sent by hand to pass as a caller from inside: proxies that set an address use other headers. */
export function claimedAddressSign(name: string, value: string): ProtocolSign | undefined {
  const address = value.trim().toLowerCase();
  if (!address.startsWith("127.") && address !== "localhost" && address !== "::1") return undefined;
  return sign(
    "medium",
    `The header "${name}" claims that the caller is the server itself, to be let in without a check.`,
  );
}
