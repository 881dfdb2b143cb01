import type { Header } from "../model/exchange.ts";
import { readCookies } from "./cookie-fields.ts";
import type { FieldSink } from "./field-sink.ts";
import { looksLikeJsonWebToken, readJsonWebToken } from "./json-web-token-fields.ts";
import { isOrdinaryProtocolHeader } from "./protocol-headers.ts";

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
    } else if (!isOrdinaryProtocolHeader(name, value)) {
      sink.name({ location: "header" }, name);
      sink.value({ location: "header" }, name, value);
    }
  }
  readRepeated(sink, headers);
}

/** Headers of which a second one makes servers disagree about the message. */
const singularHeaders: readonly string[] = [
  "content-type",
  "content-length",
  "transfer-encoding",
  "host",
];

/** Adds what a server makes of a repeated header that joins its values. */
function readRepeated(sink: FieldSink, headers: readonly Header[]): void {
  for (const singular of singularHeaders) {
    let joined: string | undefined;
    let count = 0;
    for (const [name, value] of headers) {
      if (name !== singular || value === joined) continue;
      joined = count === 0 ? value : `${joined}, ${value}`;
      count++;
    }
    if (joined !== undefined && count > 1) sink.value({ location: "header" }, singular, joined);
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
