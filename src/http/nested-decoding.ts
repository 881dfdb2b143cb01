import type { Decoding, Field } from "../model/field.ts";
import { base64TextOf } from "./base64-text.ts";
import { escapesDecoded } from "./escape-decoding.ts";
import type { FieldSink } from "./field-sink.ts";
import { isOrdinaryName } from "./field-sink.ts";
import { htmlDecoded } from "./html-entities.ts";
import { readJson } from "./json-fields.ts";
import { looksLikeJsonWebToken, readJsonWebToken } from "./json-web-token-fields.ts";
import { readPairs } from "./pair-fields.ts";
import { percentDecoded, percentKindOf, unicodePercentDecoded } from "./percent-decoding.ts";

/** Characters without which whole families of decodings change nothing. */
const percent = 1;
const ampersand = 2;
const backslash = 4;

/**
 * Adds to the sink what its fields hide: each decoding that changes a value yields a further field,
 * which is looked at again. Goes level by level, so that the plain readings come first when a
 * limit is reached. `text` is what all fields so far were read from, if that is known.
 */
export function deriveNestedFields(sink: FieldSink, text?: string): void {
  const firstReadings = sink.fields.length;
  const shared = text === undefined ? undefined : activeCharactersOf(text);
  for (let at = 0; at < sink.fields.length; at++) {
    const field = sink.fields[at];
    if (field === undefined || field.type !== "string" || field.value.length < 3) continue;
    // A message without percent sign, ampersand and backslash has no value with one.
    const active =
      shared === 0 && at < firstReadings && field.decoding === undefined
        ? 0
        : activeCharactersOf(field.value);
    if (active !== 0 || mayHoldDocument(field.value)) derive(sink, field, active);
  }
}

function derive(sink: FieldSink, field: Field, active: number): void {
  const before = sink.fields.length;
  if ((active & percent) !== 0) derivePercent(sink, field);
  if ((active & ampersand) !== 0) deriveAmpersand(sink, field);
  const isJson = deriveDocument(sink, field);
  // Reading JSON undid its escapes already.
  if ((active & backslash) !== 0 && !isJson) {
    addIfChanged(sink, field, escapesDecoded(field.value), "json-escape");
  }
  if (sink.fields.length === before) return;
  if (nestedDecodingsOf(field) >= sink.limits.nestedDecodingsMax) {
    sink.rollBackTo(before);
    sink.note("decoding-too-deep");
  }
}

function derivePercent(sink: FieldSink, field: Field): void {
  const { value } = field;
  const decoded = percentDecoded(value);
  if (decoded !== value) addIfChanged(sink, field, decoded, percentKindOf(value));
  if (value.includes("%u") || value.includes("%U")) {
    addIfChanged(sink, field, unicodePercentDecoded(value), "unicode-percent");
  }
}

function deriveAmpersand(sink: FieldSink, field: Field): void {
  const { value } = field;
  addIfChanged(sink, field, htmlDecoded(value), "html");
  const equals = value.indexOf("=");
  if (equals <= 0 || !isOrdinaryName(value.slice(0, equals))) return;
  const place = { location: field.location, origin: field, decoding: "form" } as const;
  readPairs(sink, value, place, `${field.name}.`);
}

/** Reads a document in a value (JSON, a token, base64) and tells whether it was JSON. */
function deriveDocument(sink: FieldSink, field: Field): boolean {
  const { value, location, name } = field;
  if (looksLikeJson(value)) {
    const before = sink.fields.length;
    const place = { location, origin: field, decoding: "json" } as const;
    if (readJson(sink, value, { place, root: name, strict: true })) return true;
    sink.rollBackTo(before);
  } else if (looksLikeJsonWebToken(value)) {
    readJsonWebToken(sink, value, field);
  } else {
    const text = base64TextOf(value);
    if (text !== undefined) addIfChanged(sink, field, text, "base64");
  }
  return false;
}

function addIfChanged(sink: FieldSink, origin: Field, value: string, decoding: Decoding): void {
  if (value === origin.value) return;
  const place = { location: origin.location, origin, decoding };
  if (origin.part === "name") sink.name(place, origin.name, value);
  else sink.value(place, origin.name, value);
}

function nestedDecodingsOf(field: Field): number {
  let count = 0;
  for (let at = field.origin; at !== undefined; at = at.origin) count++;
  return count;
}

/** Shorter texts than this are cheaper to walk than to search three times. */
const walkCharsMax = 48;

function activeCharactersOf(value: string): number {
  if (value.length > walkCharsMax) {
    return (
      (value.includes("%") ? percent : 0) |
      (value.includes("&") ? ampersand : 0) |
      (value.includes("\\") ? backslash : 0)
    );
  }
  let active = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code === 0x25) active |= percent;
    else if (code === 0x26) active |= ampersand;
    else if (code === 0x5c) active |= backslash;
  }
  return active;
}

/** JSON, a token and base64 have at least this many characters. */
const documentCharsMin = 8;

function mayHoldDocument(value: string): boolean {
  return value.length >= documentCharsMin || looksLikeJson(value);
}

function looksLikeJson(value: string): boolean {
  const last = value.charCodeAt(lastVisible(value));
  switch (value.charCodeAt(firstVisible(value))) {
    case 0x7b:
      return last === 0x7d;
    case 0x5b:
      return last === 0x5d;
    case 0x22:
      return last === 0x22;
    default:
      return false;
  }
}

function firstVisible(value: string): number {
  let at = 0;
  while (at < value.length && value.charCodeAt(at) <= 0x20) at++;
  return at;
}

function lastVisible(value: string): number {
  let at = value.length - 1;
  while (at > 0 && value.charCodeAt(at) <= 0x20) at--;
  return at;
}
