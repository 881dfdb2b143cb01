import type { Header } from "../../model/exchange.ts";
import type { Peer } from "./peer.ts";
import type { ClientRequest } from "./strict-request.ts";

/** The head that an upstream gets: hop-by-hop fields replaced, everything else as it came. */
export function upstreamHeadOf(
  request: ClientRequest,
  peer: Peer,
  upstream: { readonly hostHeader: "client" | "upstream"; readonly authority: string },
  options: ForwardingOptions,
): string {
  const { head, names } = request;
  let text = `${head.method} ${request.target} HTTP/1.1\r\n`;
  let hasHost = false;
  const headers = head.headers;
  for (let index = 0; index < headers.length; index += 1) {
    const header = headers[index];
    if (header === undefined) break;
    const [name, value] = header;
    if (name === "host") {
      hasHost = true;
      text += `${names[index]}: ${upstream.hostHeader === "client" ? value : upstream.authority}\r\n`;
    } else if (!isReplaced(name, request, peer, options)) {
      text += `${names[index]}: ${value}\r\n`;
    }
  }
  if (!hasHost) text += hostLine(head.authority, upstream);
  if (head.httpVersion === "2") text += mergedCookies(headers);
  if (request.framing.kind === "chunked") text += "Transfer-Encoding: chunked\r\n";
  text += connectionLines(request) + forwardingLines(request, peer);
  return `${text + replacingLines(options)}\r\n`;
}

interface ForwardingOptions {
  readonly keepsExpect: boolean;
  /** Headers of Merlon's own: every copy of the client's goes, a value that is given comes. */
  readonly replaced?: ReadonlyMap<string, string | undefined> | undefined;
}

function replacingLines({ replaced }: ForwardingOptions): string {
  if (replaced === undefined) return "";
  let text = "";
  for (const [name, value] of replaced) if (value !== undefined) text += `${name}: ${value}\r\n`;
  return text;
}

function hostLine(
  authority: string,
  upstream: { readonly hostHeader: "client" | "upstream"; readonly authority: string },
): string {
  const isClients = upstream.hostHeader === "client" && authority !== "";
  return `Host: ${isClients ? authority : upstream.authority}\r\n`;
}

function isReplaced(
  name: string,
  request: ClientRequest,
  peer: Peer,
  options: ForwardingOptions,
): boolean {
  // Where headers become variables (CGI, WSGI), an underscore is as good as a hyphen.
  if (options.replaced?.has(name.replaceAll("_", "-")) === true) return true;
  switch (name) {
    case "connection":
    case "keep-alive":
    case "proxy-connection":
    case "te":
    case "transfer-encoding":
    case "upgrade":
    case "http2-settings":
    case "x-forwarded-for":
      return true;
    case "expect":
      return !options.keepsExpect;
    case "forwarded":
    case "x-forwarded-host":
    case "x-forwarded-proto":
    case "x-forwarded-port":
      // Only our own proxies know; from anybody else these are claims.
      return !peer.isTrusted;
    case "cookie":
      return request.head.httpVersion === "2";
    default:
      return isNominated(name, request.connectionOptions);
  }
}

/**
 * Fields that Connection names are for this hop only; but a client must not be able to take away
 * what its request means or whom it is from.
 */
export function isNominated(name: string, connectionOptions: readonly string[]): boolean {
  return connectionOptions.length > 0 && connectionOptions.includes(name) && !endToEnd.has(name);
}

const endToEnd: ReadonlySet<string> = new Set([
  "host",
  "content-length",
  "content-type",
  "content-encoding",
  "authorization",
  "cookie",
  "set-cookie",
  "cache-control",
  "origin",
  "referer",
  "via",
]);

/** HTTP/2 may split cookies over several fields; HTTP/1.1 wants one (RFC 9113, 8.2.3). */
function mergedCookies(headers: readonly Header[]): string {
  const cookies = headers.flatMap(([name, value]) => (name === "cookie" ? [value] : []));
  return cookies.length === 0 ? "" : `cookie: ${cookies.join("; ")}\r\n`;
}

function connectionLines({ upgrade, head }: ClientRequest): string {
  if (upgrade !== undefined) return `Connection: Upgrade\r\nUpgrade: ${upgrade}\r\n`;
  for (const [name, value] of head.headers) {
    if (name === "te" && /(?:^|,)[ \t]*trailers[ \t]*(?:$|,)/i.test(value)) {
      return "Connection: TE\r\nTE: trailers\r\n";
    }
  }
  return "";
}

function forwardingLines({ head }: ClientRequest, peer: Peer): string {
  const { forwardedFor, hasHost, hasScheme } = peer.isTrusted
    ? forwardedBefore(head.headers)
    : nothingForwarded;
  const { address, scheme } = peer;
  const host = head.authority;
  const node = address.includes(":") ? `"[${address}]"` : address;
  const version = head.httpVersion === "2" ? "2.0" : head.httpVersion;
  return (
    `Via: ${version} merlon\r\n` +
    `X-Forwarded-For: ${forwardedFor}${address}\r\n` +
    (hasHost || host === "" ? "" : `X-Forwarded-Host: ${host}\r\n`) +
    (hasScheme ? "" : `X-Forwarded-Proto: ${scheme}\r\n`) +
    `Forwarded: for=${node};${host === "" ? "" : `host="${host}";`}proto=${scheme}\r\n`
  );
}

interface ForwardedBefore {
  /** Empty, or the addresses so far with a closing `, `. */
  readonly forwardedFor: string;
  readonly hasHost: boolean;
  readonly hasScheme: boolean;
}

const nothingForwarded: ForwardedBefore = { forwardedFor: "", hasHost: false, hasScheme: false };

function forwardedBefore(headers: readonly Header[]): ForwardedBefore {
  let forwardedFor = "";
  let hasHost = false;
  let hasScheme = false;
  for (const [name, value] of headers) {
    if (name === "x-forwarded-for") forwardedFor += `${value}, `;
    else if (name === "x-forwarded-host") hasHost = true;
    else if (name === "x-forwarded-proto") hasScheme = true;
  }
  return { forwardedFor, hasHost, hasScheme };
}
