import type { Decoding, Field } from "../model/field.ts";
import type { FieldPlace, FieldSink } from "./field-sink.ts";
import { isOrdinaryName } from "./field-sink.ts";
import { formDecoded, percentKindOf } from "./percent-decoding.ts";

/**
 * Adds the pairs of a query or an urlencoded form. A repeated name yields each of its values and,
 * where they could be pieces of one attack, also what servers make that join them with a comma.
 */
export function readPairs(sink: FieldSink, text: string, place: FieldPlace, prefix = ""): void {
  const isEncoded = text.includes("%") || text.includes("+");
  const first = sink.fields.length;
  let equals = text.indexOf("=");
  for (let at = 0; at < text.length && !sink.full; ) {
    const ampersand = text.indexOf("&", at);
    const end = ampersand < 0 ? text.length : ampersand;
    if (equals >= 0 && equals < at) equals = text.indexOf("=", at);
    const nameEnd = equals < 0 || equals > end ? end : equals;
    if (end > at) readPair(sink, text, { at, nameEnd, end }, { place, prefix, isEncoded });
    at = end + 1;
  }
  joinRepeated(sink, first);
}

function readPair(
  sink: FieldSink,
  text: string,
  { at, nameEnd, end }: { readonly at: number; readonly nameEnd: number; readonly end: number },
  how: { readonly place: FieldPlace; readonly prefix: string; readonly isEncoded: boolean },
): void {
  const { place, isEncoded } = how;
  const name = how.prefix + readName(sink, text.slice(at, nameEnd), place, isEncoded);
  // A bare `?flag` is a name without a value.
  if (nameEnd === end) sink.value(place, name, "");
  else readValue(sink, name, text.slice(nameEnd + 1, end), place, isEncoded);
}

function readName(sink: FieldSink, raw: string, place: FieldPlace, isEncoded: boolean): string {
  const name = isEncoded ? formDecoded(raw) : raw;
  sink.name(name === raw ? place : decodedPlace(place, raw), name);
  return name;
}

function readValue(
  sink: FieldSink,
  name: string,
  raw: string,
  place: FieldPlace,
  isEncoded: boolean,
): void {
  const value = isEncoded ? formDecoded(raw) : raw;
  sink.value(value === raw ? place : decodedPlace(place, raw), name, value);
}

/** What a decoded part of a message is: a step of its own unless the message already is one. */
function decodedPlace(place: FieldPlace, raw: string): FieldPlace {
  return place.decoding === undefined ? { ...place, decoding: pairDecodingOf(raw) } : place;
}

function pairDecodingOf(raw: string): Decoding {
  return raw.includes("%") ? percentKindOf(raw) : "plus";
}

/** More values than this under one name are not joined. */
const joinedValuesMax = 16;

function joinRepeated(sink: FieldSink, first: number): void {
  const last = sink.fields.length;
  if (last - first < 2 || !hasRepeated(sink, first)) return;
  const seen = new Map<string, Field[]>();
  for (let at = first; at < last; at++) {
    const field = sink.fields[at];
    if (field === undefined || field.part === "name") continue;
    const same = seen.get(field.name);
    if (same === undefined) seen.set(field.name, [field]);
    else same.push(field);
  }
  for (const [name, same] of seen) {
    const [origin] = same;
    if (origin === undefined || same.length < 2 || same.length > joinedValuesMax) continue;
    if (same.every(({ value }) => isOrdinaryName(value))) continue;
    const joined = same.map(({ value }) => value).join(",");
    sink.value({ location: origin.location, origin, decoding: "form" }, name, joined);
  }
}

/** Few names are quicker compared with each other than put into a map. */
const comparedNamesMax = 12;

function hasRepeated(sink: FieldSink, first: number): boolean {
  const { fields } = sink;
  if (fields.length - first > comparedNamesMax) return true;
  for (let at = first + 1; at < fields.length; at++) {
    for (let before = first; before < at; before++) {
      if (fields[at]?.name === fields[before]?.name) return true;
    }
  }
  return false;
}
