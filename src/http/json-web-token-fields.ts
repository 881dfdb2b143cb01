import type { Field } from "../model/field.ts";
import type { FieldSink } from "./field-sink.ts";
import { readJson } from "./json-fields.ts";

/** Whether a value looks like a JWT: three or more parts, the first one a JSON object. */
export function looksLikeJsonWebToken(value: string): boolean {
  return value.startsWith("eyJ") && value.includes(".");
}

/** Adds the header parameters and claims of a JWT under `<name>.header` and `<name>.payload`. */
export function readJsonWebToken(sink: FieldSink, token: string, origin: Field): void {
  const headerEnd = token.indexOf(".");
  const payloadEnd = token.indexOf(".", headerEnd + 1);
  const place = { location: origin.location, origin, decoding: "jwt" } as const;
  const header = textOfPart(token.slice(0, headerEnd));
  readPart(sink, header, { place, root: `${origin.name}.header`, strict: true });
  const payload = token.slice(headerEnd + 1, payloadEnd < 0 ? token.length : payloadEnd);
  readPart(sink, textOfPart(payload), { place, root: `${origin.name}.payload`, strict: true });
}

function readPart(sink: FieldSink, text: string, reading: Parameters<typeof readJson>[2]): void {
  const before = sink.fields.length;
  // An encrypted payload is no JSON and stays hidden, as it does from everybody without the key.
  if (!readJson(sink, text, reading)) sink.rollBackTo(before);
}

function textOfPart(part: string): string {
  return Buffer.from(part, "base64url").toString("utf8");
}
