import type { Field } from "../model/field.ts";
import type { FieldSink } from "./field-sink.ts";
import { percentDecoded, percentKindOf } from "./percent-decoding.ts";

/** Name of the field that holds the whole path. */
const wholePath = "*";

/**
 * Adds the segments of a raw path under their index, and the path as a whole when it climbs,
 * however its dots and slashes are encoded: one segment `..` alone says little.
 */
export function readPath(sink: FieldSink, path: string): void {
  if (path.charCodeAt(0) !== 0x2f) {
    sink.value({ location: "path" }, wholePath, path);
    return;
  }
  const isEncoded = path.includes("%");
  let index = 0;
  for (let at = 1; at <= path.length && !sink.full; index++) {
    const slash = path.indexOf("/", at);
    const end = slash < 0 ? path.length : slash;
    if (end > at) readSegment(sink, String(index), path.slice(at, end), isEncoded);
    at = end + 1;
  }
  if (isEncoded || path.includes("..")) readClimbing(sink, path);
}

function readSegment(sink: FieldSink, name: string, raw: string, isEncoded: boolean): void {
  const value = isEncoded ? percentDecoded(raw) : raw;
  const decoding = value === raw ? undefined : percentKindOf(raw);
  sink.value({ location: "path", decoding }, name, value);
}

/** Decodes the whole path until it climbs or no longer changes. */
function readClimbing(sink: FieldSink, path: string): void {
  let value = path;
  let origin: Field | undefined;
  for (let nth = 0; nth <= sink.limits.nestedDecodingsMax + 1; nth++) {
    const decoding = nth === 0 ? undefined : percentKindOf(value);
    if (nth > 0) {
      const decoded = percentDecoded(value);
      if (decoded === value) return;
      value = decoded;
    }
    if (climbs(value)) {
      sink.value({ location: "path", origin, decoding }, wholePath, value);
      return;
    }
    if (decoding !== undefined) origin = stepOf(value, decoding, origin);
  }
}

function stepOf(value: string, decoding: NonNullable<Field["decoding"]>, origin?: Field): Field {
  const field = {
    location: "path",
    name: wholePath,
    value,
    part: "value",
    type: "string",
  } as const;
  return origin === undefined ? { ...field, decoding } : { ...field, decoding, origin };
}

/** Whether a segment is `..`; Java servers drop path parameters first, so `..;x` is one as well. */
function climbs(path: string): boolean {
  for (let at = path.indexOf(".."); at >= 0; at = path.indexOf("..", at + 1)) {
    if (isSegmentEdge(path, at - 1) && (isSegmentEdge(path, at + 2) || path[at + 2] === ";")) {
      return true;
    }
  }
  return false;
}

function isSegmentEdge(path: string, at: number): boolean {
  if (at < 0 || at >= path.length) return true;
  const code = path.charCodeAt(at);
  // Servers that cut at a NUL see the dots as the last segment.
  return code === 0x2f || code === 0x5c || code === 0;
}
