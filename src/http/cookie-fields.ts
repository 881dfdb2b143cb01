import type { FieldSink } from "./field-sink.ts";
import { percentDecoded, percentKindOf } from "./percent-decoding.ts";

/** Adds the cookies of one `cookie` header, percent-decoded and without surrounding quotes. */
export function readCookies(sink: FieldSink, header: string): void {
  let equals = header.indexOf("=");
  for (let at = 0; at < header.length && !sink.full; ) {
    const semicolon = header.indexOf(";", at);
    const end = semicolon < 0 ? header.length : semicolon;
    if (equals >= 0 && equals < at) equals = header.indexOf("=", at);
    const hasName = equals >= 0 && equals < end;
    const name = hasName ? header.slice(at, equals).trim() : "";
    const value = header.slice(hasName ? equals + 1 : at, end).trim();
    if (name !== "" || value !== "") readCookie(sink, name, unquoted(value));
    at = end + 1;
  }
}

function readCookie(sink: FieldSink, rawName: string, rawValue: string): void {
  const name = percentDecoded(rawName);
  sink.name({ location: "cookie", ...stepOf(rawName, name) }, name);
  const value = percentDecoded(rawValue);
  sink.value({ location: "cookie", ...stepOf(rawValue, value) }, name, value);
}

function stepOf(raw: string, decoded: string): { decoding?: ReturnType<typeof percentKindOf> } {
  return raw === decoded ? {} : { decoding: percentKindOf(raw) };
}

function unquoted(value: string): string {
  const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
  return isQuoted ? value.slice(1, -1) : value;
}
