import { isRecord } from "../model/is-record.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Who writes the values that a schema describes: clients write requests and read responses. In
 * `traffic` the second schema is what was seen, which must only be within the first.
 */
export type Side = "request" | "response" | "traffic";

export interface SchemaDriftItem {
  /** `$.owner.email`. */
  readonly place: string;
  readonly isBreaking: boolean;
  readonly explanation: string;
}

const depthMax = 24;
const itemsMax = 500;

/**
 * Differences between two JSON Schemas whose references are already resolved. Where one of them says
 * nothing of a place, nothing is compared.
 */
export function schemaDrift(
  before: unknown,
  after: unknown,
  side: Side,
): readonly SchemaDriftItem[] {
  const items: SchemaDriftItem[] = [];
  compare(before, after, { side, place: "$", depth: 0 }, items);
  return items;
}

interface Here {
  readonly side: Side;
  readonly place: string;
  readonly depth: number;
}

function compare(before: unknown, after: unknown, here: Here, items: SchemaDriftItem[]): void {
  if (!isRecord(before) || !isRecord(after)) return;
  if (here.depth > depthMax || items.length >= itemsMax) return;
  const drift = typeDrift(before, after, here.side);
  if (drift !== undefined) items.push({ place: here.place, ...drift });
  compareMembers(before, after, here, items);
  const inner = { ...here, place: `${here.place}[*]`, depth: here.depth + 1 };
  compare(before["items"], after["items"], inner, items);
}

function compareMembers(
  before: JsonObject,
  after: JsonObject,
  here: Here,
  items: SchemaDriftItem[],
): void {
  const { properties: was } = before;
  const { properties: is } = after;
  if (!isRecord(was) || !isRecord(is)) return;
  for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const place = `${here.place}.${name}`;
    const [old, next] = [ownOf(was, name), ownOf(is, name)];
    const needed = [isRequired(before, name), isRequired(after, name)] as const;
    if (next === undefined) items.push(memberGone(place, here.side, needed[0]));
    else if (old === undefined) items.push(memberNew(place, here.side, needed[1]));
    else {
      const need = needed[0] === needed[1] ? undefined : needDrift(here.side, needed[1]);
      if (need !== undefined) items.push({ place, ...need });
      compare(old, next, { ...here, place, depth: here.depth + 1 }, items);
    }
  }
}

function memberGone(place: string, side: Side, wasRequired: boolean): SchemaDriftItem {
  // Readers may count on what they read; what is sent in vain is ignored.
  const isBreaking = side !== "request" && wasRequired;
  const explanation = side === "traffic" ? "was never seen" : "is gone";
  return { place, isBreaking, explanation };
}

function memberNew(place: string, side: Side, isNeeded: boolean): SchemaDriftItem {
  if (side === "traffic") return { place, isBreaking: false, explanation: "is not documented" };
  const isBreaking = side === "request" && isNeeded;
  return { place, isBreaking, explanation: isBreaking ? "is new and required" : "is new" };
}

/** A difference in whether something must be there. */
export function needDrift(
  side: Side,
  isNeeded: boolean,
): Omit<SchemaDriftItem, "place"> | undefined {
  if (side === "traffic") {
    // Nobody has to leave out what is optional.
    if (isNeeded) return undefined;
    return { isBreaking: true, explanation: "is documented as required and was left out" };
  }
  return {
    isBreaking: side === "request" ? isNeeded : !isNeeded,
    explanation: isNeeded ? "is required now" : "is optional now",
  };
}

/** A difference between the types, formats or enumerations of two schemas, members aside. */
export function typeDrift(
  before: unknown,
  after: unknown,
  side: Side,
): Omit<SchemaDriftItem, "place"> | undefined {
  if (!isRecord(before) || !isRecord(after)) return undefined;
  const [was, is] = [typesOf(before), typesOf(after)];
  if (was.size > 0 && is.size > 0) {
    const lost = [...was].filter((type) => !covers(is, type));
    const gained = [...is].filter((type) => !covers(was, type));
    const matters = side === "traffic" ? gained.length : lost.length + gained.length;
    if (matters > 0) {
      // Clients must be able to go on sending what they send, and to understand what they get.
      const isBreaking = (side === "request" ? lost : gained).length > 0;
      return { isBreaking, explanation: `was ${listOf(was)}, is ${listOf(is)}` };
    }
  }
  return formatDrift(before, after) ?? enumDrift(before, after, side);
}

function formatDrift(
  before: JsonObject,
  after: JsonObject,
): Omit<SchemaDriftItem, "place"> | undefined {
  const [was, is] = [before["format"], after["format"]];
  if (typeof was !== "string" || typeof is !== "string" || was === is) return undefined;
  // Widths of numbers are hints to generators.
  if (/^(?:u?int\d+|float|double)$/.test(was) && /^(?:u?int\d+|float|double)$/.test(is))
    return { isBreaking: false, explanation: `had format ${was}, has ${is}` };
  return { isBreaking: true, explanation: `had format ${was}, has ${is}` };
}

function enumDrift(
  before: JsonObject,
  after: JsonObject,
  side: Side,
): Omit<SchemaDriftItem, "place"> | undefined {
  const [was, is] = [before["enum"], after["enum"]];
  if (!Array.isArray(was) || !Array.isArray(is)) return undefined;
  const lost = was.filter((value) => !is.includes(value));
  const gained = is.filter((value) => !was.includes(value));
  const matters = side === "traffic" ? gained.length : lost.length + gained.length;
  if (matters === 0) return undefined;
  if (side === "traffic")
    return { isBreaking: true, explanation: `has ${namesOf(gained)} besides what is documented` };
  const changes = [
    ...(gained.length === 0 ? [] : [`takes ${namesOf(gained)} besides`]),
    ...(lost.length === 0 ? [] : [`no longer takes ${namesOf(lost)}`]),
  ];
  const isBreaking = (side === "request" ? lost : gained).length > 0;
  return { isBreaking, explanation: changes.join(", ") };
}

function namesOf(values: readonly unknown[]): string {
  const shown = values.slice(0, 5).map((value) => JSON.stringify(value));
  return `${shown.join(", ")}${values.length > 5 ? `, and ${values.length - 5} more` : ""}`;
}

/** Types of JSON Schema in the spelling of 3.1: OpenAPI 3.0 has `nullable` beside the type. */
function typesOf(schema: JsonObject): ReadonlySet<string> {
  const { type, nullable } = schema;
  const types = (Array.isArray(type) ? type : [type]).filter((one) => typeof one === "string");
  return new Set(types.length > 0 && nullable === true ? [...types, "null"] : types);
}

function covers(types: ReadonlySet<string>, type: string): boolean {
  return types.has(type) || (type === "integer" && types.has("number"));
}

function listOf(types: ReadonlySet<string>): string {
  return [...types].sort().join(" or ");
}

function isRequired(schema: JsonObject, name: string): boolean {
  const { required } = schema;
  return Array.isArray(required) && required.includes(name);
}

function ownOf(record: JsonObject, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
