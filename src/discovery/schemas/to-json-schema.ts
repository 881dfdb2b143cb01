import type { ValueType } from "../value-type.ts";
import type { JsonShape } from "./json-shape.ts";

/** A JSON Schema of draft 2020-12, as far as Merlon writes them. */
export interface LearnedSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, LearnedSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: LearnedSchema;
  readonly items?: LearnedSchema;
  /** How many values it was learned from. */
  readonly "x-merlon-samples"?: number;
}

/** Samples below which nothing is called required or an enumeration. */
const samplesMin = 5;

/** Writes what was learned; members that only one client of many sent are left out. */
export function toJsonSchema(
  shape: JsonShape,
  options: { readonly severalClients: boolean },
): LearnedSchema {
  const types = jsonTypesOf(shape);
  const { members, mapOf, items } = shape;
  return {
    ...(types.length === 0 ? {} : { type: types.length === 1 ? (types[0] as string) : types }),
    ...formatOf(shape),
    ...enumerationOf(shape),
    ...rangeOf(shape),
    ...(members === undefined ? {} : membersOf(members, shape, options)),
    ...(mapOf === undefined ? {} : { additionalProperties: toJsonSchema(mapOf, options) }),
    ...(items === undefined ? {} : { items: toJsonSchema(items, options) }),
    "x-merlon-samples": shape.samples,
  };
}

function jsonTypesOf({ types }: JsonShape): readonly string[] {
  const names = new Set([...types.keys()].map(jsonType));
  if (names.has("number")) names.delete("integer");
  return [...names].sort((left, right) => Number(left === "null") - Number(right === "null"));
}

function jsonType(type: ValueType): string {
  return formats.has(type) ? "string" : type;
}

const formats: ReadonlyMap<ValueType, string> = new Map([
  ["uuid", "uuid"],
  ["date", "date"],
  ["date-time", "date-time"],
  ["email", "email"],
  ["ip", "ipv4"],
  ["uri", "uri"],
]);

function formatOf({ types }: JsonShape): Pick<LearnedSchema, "format"> {
  const texts = [...types.keys()].filter((type) => jsonType(type) === "string");
  const format = texts.length === 1 ? formats.get(texts[0] ?? "string") : undefined;
  return format === undefined ? {} : { format };
}

/** Few values, each of them seen often. */
function enumerationOf({ values, samples, types }: JsonShape): Pick<LearnedSchema, "enum"> {
  if (values === undefined || values.size === 0 || types.has("null")) return {};
  const isEnumeration = samples >= 20 && values.size * 5 <= samples && types.size === 1;
  return isEnumeration ? { enum: [...values.keys()].sort() } : {};
}

function rangeOf({
  minimum,
  maximum,
  samples,
}: JsonShape): Pick<LearnedSchema, "minimum" | "maximum"> {
  if (minimum === undefined || maximum === undefined || samples < samplesMin) return {};
  // The largest value so far is no limit; that none was negative is worth telling.
  return minimum >= 0 ? { minimum: 0 } : {};
}

function membersOf(
  members: ReadonlyMap<string, JsonShape>,
  { samples, types }: JsonShape,
  options: { readonly severalClients: boolean },
): Pick<LearnedSchema, "properties" | "required"> {
  const objects = types.get("object") ?? samples;
  const believed = [...members].filter(
    ([, member]) => !options.severalClients || member.client === -1,
  );
  const required = believed
    .filter(([, member]) => objects >= samplesMin && member.samples >= objects)
    .map(([name]) => name);
  return {
    properties: Object.fromEntries(
      believed.map(([name, member]) => [name, toJsonSchema(member, options)]),
    ),
    ...(required.length === 0 ? {} : { required }),
  };
}
