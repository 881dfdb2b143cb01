import type { Header } from "../model/exchange.ts";
import { readCookies } from "./cookie-fields.ts";
import type { FieldSink } from "./field-sink.ts";
import { looksLikeJsonWebToken, readJsonWebToken } from "./json-web-token-fields.ts";

/**
 * Adds the headers that an application may read. Those that steer the protocol are added only
 * when they hold what such a header never does; cookies become fields of their own.
 */
export function readHeaders(sink: FieldSink, headers: readonly Header[]): void {
  for (const [name, value] of headers) {
    if (sink.full) return;
    if (name === "cookie") readCookies(sink, value);
    else if (name === "authorization" || name === "proxy-authorization") {
      readCredentials(sink, name, value);
    } else if (!protocolHeaders.has(name) || !isProtocolValue(value)) {
      sink.name({ location: "header" }, name);
      sink.value({ location: "header" }, name, value);
    }
  }
}

function readCredentials(sink: FieldSink, name: string, value: string): void {
  sink.value({ location: "header" }, name, value);
  const origin = sink.fields.at(-1);
  const space = value.indexOf(" ");
  if (space < 0 || origin === undefined) return;
  const scheme = value.slice(0, space).toLowerCase();
  const credentials = value.slice(space + 1).trim();
  if (scheme === "basic") {
    const text = Buffer.from(credentials, "base64").toString("utf8");
    sink.value({ location: "header", origin, decoding: "base64" }, name, text);
  } else if (looksLikeJsonWebToken(credentials)) {
    readJsonWebToken(sink, credentials, origin);
  }
}

/** Headers that servers and intermediaries read and applications do not. */
const protocolHeaders: ReadonlySet<string> = new Set([
  "accept",
  "accept-charset",
  "accept-encoding",
  "accept-language",
  "access-control-request-headers",
  "access-control-request-method",
  "cache-control",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "date",
  "dnt",
  "expect",
  "host",
  "if-modified-since",
  "if-none-match",
  "if-unmodified-since",
  "keep-alive",
  "pragma",
  "priority",
  "range",
  "sec-ch-ua",
  "sec-ch-ua-mobile",
  "sec-ch-ua-platform",
  "sec-fetch-dest",
  "sec-fetch-mode",
  "sec-fetch-site",
  "sec-fetch-user",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "upgrade-insecure-requests",
]);

const protocolCharacters: Uint8Array = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ,;=.*/+_:-?"') {
  protocolCharacters[character.charCodeAt(0)] = 1;
}

/** Longer than protocol headers are in honest requests. */
const protocolValueCharsMax = 256;

/** Whether a header value is made only of what media types, lengths and preferences are made of. */
export function isProtocolValue(value: string): boolean {
  if (value.length > protocolValueCharsMax) return false;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (protocolCharacters[code] !== 1) return false;
    // `../../etc/passwd` as a language has been an attack.
    if (code === 0x2e && value.charCodeAt(at + 1) === 0x2e) return false;
  }
  return true;
}
