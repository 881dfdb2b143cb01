import { isRecord } from "../../model/is-record.ts";
import { type Counts, countIn, mergeCounts } from "../sketches/counts.ts";
import { hashOf } from "../sketches/distinct-counter.ts";
import { typeOfJson, type ValueType } from "../value-type.ts";

/** What was learned of the values at one place of JSON bodies. Bounded in depth, width and size. */
export interface JsonShape {
  samples: number;
  readonly types: Counts<ValueType>;
  /** Strings that may be an enumeration; undefined once there were too many. */
  values?: Counts;
  minimum?: number;
  maximum?: number;
  members?: Map<string, JsonShape>;
  /** Names are keys of a map (`{"2026-01-01": …}`), so all members share this shape. */
  mapOf?: JsonShape;
  items?: JsonShape;
  /** Hash of the one client that sent it, or -1 when several did. */
  client: number;
}

export interface ShapeBounds {
  /** Places that may still be made in this schema. */
  places: number;
}

const depthMax = 12;
const membersMax = 96;
const itemsSeenMax = 16;
const enumerationMax = 12;
const enumerationLengthMax = 40;
/** From so many names on, an object is looked at as a map. */
const mapNamesMin = 24;

export function createJsonShape(client = -1): JsonShape {
  return { samples: 0, types: new Map(), client };
}

/** Learns from one value. */
export function learnShape(
  shape: JsonShape,
  value: unknown,
  bounds: ShapeBounds,
  client: string,
): void {
  learn(shape, value, bounds, hashOf(client), 0);
}

function learn(
  shape: JsonShape,
  value: unknown,
  bounds: ShapeBounds,
  client: number,
  depth: number,
): void {
  const type = typeOfJson(value);
  shape.samples += 1;
  if (shape.client !== client) shape.client = -1;
  countIn(shape.types, type);
  if (type === "integer" || type === "number") learnRange(shape, value as number);
  else if (typeof value === "string") learnValue(shape, type, value);
  if (depth >= depthMax) return;
  if (Array.isArray(value)) learnItems(shape, value, bounds, client, depth);
  else if (isRecord(value)) learnMembers(shape, value, bounds, client, depth);
}

function learnRange(shape: JsonShape, value: number): void {
  shape.minimum = Math.min(shape.minimum ?? value, value);
  shape.maximum = Math.max(shape.maximum ?? value, value);
}

/** Short codes may be an enumeration; numbers, dates and identifiers never are. */
function learnValue(shape: JsonShape, type: ValueType, value: string): void {
  if (type !== "string" || value.length > enumerationLengthMax) {
    if (shape.values !== undefined) shape.values.clear();
    return;
  }
  if (shape.values === undefined) {
    if (shape.samples > 1) return;
    shape.values = new Map();
  }
  if (shape.values.size === 0 && shape.samples > 1) return;
  countIn(shape.values, value);
  if (shape.values.size > enumerationMax) shape.values.clear();
}

function learnItems(
  shape: JsonShape,
  items: readonly unknown[],
  bounds: ShapeBounds,
  client: number,
  depth: number,
): void {
  if (items.length === 0) return;
  const shapeOfItems = shape.items ?? grown(bounds, client);
  if (shapeOfItems === undefined) return;
  shape.items = shapeOfItems;
  const step = Math.max(1, Math.floor(items.length / itemsSeenMax));
  for (let at = 0; at < items.length; at += step) {
    learn(shapeOfItems, items[at], bounds, client, depth + 1);
  }
}

function learnMembers(
  shape: JsonShape,
  value: Readonly<Record<string, unknown>>,
  bounds: ShapeBounds,
  client: number,
  depth: number,
): void {
  for (const name of Object.keys(value)) {
    if (shape.mapOf !== undefined) {
      learn(shape.mapOf, value[name], bounds, client, depth + 1);
      continue;
    }
    shape.members ??= new Map();
    let member = shape.members.get(name);
    if (member === undefined) {
      if (shape.members.size >= membersMax || name.length > 128) continue;
      member = grown(bounds, client);
      if (member === undefined) return;
      shape.members.set(name, member);
    }
    learn(member, value[name], bounds, client, depth + 1);
  }
  if (isMap(shape)) turnIntoMap(shape);
}

function grown(bounds: ShapeBounds, client: number): JsonShape | undefined {
  if (bounds.places <= 0) return undefined;
  bounds.places -= 1;
  return createJsonShape(client);
}

/** Many names, most of them seen in few objects: keys that are data, such as dates or ids. */
function isMap({ members, samples }: JsonShape): boolean {
  if (members === undefined || members.size < mapNamesMin) return false;
  let rare = 0;
  let seen = 0;
  for (const member of members.values()) {
    seen += member.samples;
    if (member.samples <= Math.max(1, samples * 0.1)) rare += 1;
  }
  const isIdentifiers = [...members.keys()].every((name) => /\d/.test(name));
  return (
    isIdentifiers ||
    (samples >= 10 && rare > members.size * 0.8 && seen < samples * members.size * 0.2)
  );
}

function turnIntoMap(shape: JsonShape): void {
  const of = createJsonShape();
  for (const member of shape.members?.values() ?? []) mergeShape(of, member);
  shape.mapOf = of;
  delete shape.members;
}

/** Adds everything learned at one place to another. */
export function mergeShape(into: JsonShape, from: JsonShape): void {
  const wasEmpty = into.samples === 0;
  into.samples += from.samples;
  if (into.client !== from.client) into.client = -1;
  mergeCounts(into.types, from.types);
  mergeValues(into, from, wasEmpty);
  if (from.minimum !== undefined)
    into.minimum = Math.min(into.minimum ?? from.minimum, from.minimum);
  if (from.maximum !== undefined)
    into.maximum = Math.max(into.maximum ?? from.maximum, from.maximum);
  if (from.items !== undefined) {
    into.items ??= createJsonShape(from.items.client);
    mergeShape(into.items, from.items);
  }
  mergeMembers(into, from);
}

function mergeValues(into: JsonShape, from: JsonShape, wasEmpty: boolean): void {
  if (from.values === undefined) {
    if (from.types.has("string")) into.values?.clear();
    return;
  }
  if (into.values === undefined) {
    if (wasEmpty) into.values = new Map(from.values);
    return;
  }
  if (from.values.size === 0) into.values.clear();
  else if (into.values.size > 0) mergeCounts(into.values, from.values);
  if (into.values.size > enumerationMax) into.values.clear();
}

function mergeMembers(into: JsonShape, from: JsonShape): void {
  if (from.mapOf !== undefined && into.mapOf === undefined) turnIntoMap(into);
  if (into.mapOf !== undefined) {
    if (from.mapOf !== undefined) mergeShape(into.mapOf, from.mapOf);
    for (const member of from.members?.values() ?? []) mergeShape(into.mapOf, member);
    return;
  }
  for (const [name, member] of from.members ?? []) {
    into.members ??= new Map();
    const known = into.members.get(name);
    if (known !== undefined) mergeShape(known, member);
    else if (into.members.size < membersMax) into.members.set(name, member);
  }
}
