import { isRecord } from "../../../model/is-record.ts";
import type { JsonObject } from "./document-reader.ts";
import { tryCompilePattern } from "./linear-pattern.ts";

/** Who sends the value: what is read-only may be missing in requests, what is write-only in responses. */
export type Direction = "request" | "response";

export interface Translation {
  readonly direction: Direction;
  /** OpenAPI 3.1 schemas are JSON Schema: what stands beside a `$ref` counts there. */
  readonly isJsonSchema: boolean;
  /** Told of what is not enforced, and why. */
  readonly note: (problem: string) => void;
}

/** The keyword under which a translated schema keeps a reference, resolved when a value gets there. */
export const referenceKeyword = "merlonRef";
/** `uniqueItems` in linear time. */
export const uniqueKeyword = "merlonUnique";

/** Deeper inline schemas are cut off: nothing below is checked. */
const depthMax = 64;

/** Keywords that mean the same everywhere and hold no schema. */
const plainKeywords: readonly string[] = [
  "const",
  "minimum",
  "maximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "minContains",
  "maxContains",
  "dependentRequired",
];

/** Keywords that hold one schema. */
const schemaKeywords: readonly string[] = [
  "not",
  "if",
  "then",
  "else",
  "contains",
  "propertyNames",
];

/**
 * Rewrites a schema of OpenAPI 2.0, 3.0 or 3.1 as JSON Schema 2020-12 for the validator. Which
 * properties may stand there at all is not its affair (see `property-shapes`), so it is never
 * closed; `oneOf` is read as `anyOf`, as descriptions whose branches overlap are common.
 */
export function translatedSchema(schema: unknown, translation: Translation, depth = 0): unknown {
  if (typeof schema === "boolean") return schema;
  if (!isRecord(schema) || depth > depthMax) return true;
  if (typeof schema["$ref"] === "string") return translatedReference(schema, translation, depth);

  const result: Record<string, unknown> = {};
  for (const keyword of plainKeywords) {
    if (schema[keyword] !== undefined) result[keyword] = schema[keyword];
  }
  for (const keyword of schemaKeywords) {
    if (schema[keyword] !== undefined) {
      result[keyword] = translatedSchema(schema[keyword], translation, depth + 1);
    }
  }
  if (schema["uniqueItems"] === true) result[uniqueKeyword] = true;
  addTypes(result, schema);
  addBounds(result, schema);
  addText(result, schema, translation);
  addItems(result, schema, translation, depth);
  addProperties(result, schema, translation, depth);
  addBranches(result, schema, translation, depth);
  return result;
}

function translatedReference(
  schema: JsonObject,
  translation: Translation,
  depth: number,
): JsonObject {
  const reference = { [referenceKeyword]: schema["$ref"] };
  if (schema["nullable"] === true) return { anyOf: [{ type: "null" }, reference] };
  if (!translation.isJsonSchema) return reference;
  const { $ref: _, ...beside } = schema;
  const translated = translatedSchema(beside, translation, depth + 1);
  return isRecord(translated) ? { ...translated, ...reference } : reference;
}

const knownTypes: ReadonlySet<unknown> = new Set([
  "string",
  "number",
  "integer",
  "boolean",
  "array",
  "object",
  "null",
]);

function addTypes(result: Record<string, unknown>, schema: JsonObject): void {
  const { type, nullable } = schema;
  const values = schema["enum"];
  const isNullable = nullable === true || schema["x-nullable"] === true;
  const types = (Array.isArray(type) ? type : [type]).filter((name) => knownTypes.has(name));
  // `file` of Swagger 2.0 and inventions of others are no types of JSON.
  const isKnown = types.length > 0 && types.length === (Array.isArray(type) ? type.length : 1);
  if (isKnown) result["type"] = isNullable ? [...new Set([...types, "null"])] : types;
  if (Array.isArray(values) && values.length > 0) {
    result["enum"] = isNullable ? [...values, null] : values;
  }
}

/** In OpenAPI 3.0 and before, `exclusiveMinimum: true` sharpens `minimum`. */
function addBounds(result: Record<string, unknown>, schema: JsonObject): void {
  for (const [exclusive, bound] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    const value = schema[exclusive];
    if (typeof value === "number") result[exclusive] = value;
    if (value === true && typeof schema[bound] === "number") {
      result[exclusive] = schema[bound];
      delete result[bound];
    }
  }
}

function addText(result: Record<string, unknown>, schema: JsonObject, { note }: Translation): void {
  const { pattern, format } = schema;
  if (typeof format === "string") result["format"] = format;
  if (typeof pattern !== "string") return;
  if (tryCompilePattern(pattern) === undefined) note(`pattern ${pattern} is not enforced`);
  else result["pattern"] = pattern;
}

function addItems(
  result: Record<string, unknown>,
  schema: JsonObject,
  translation: Translation,
  depth: number,
): void {
  const { items, prefixItems } = schema;
  const tuple = prefixItems ?? (Array.isArray(items) ? items : undefined);
  if (Array.isArray(tuple) && tuple.length > 0) {
    result["prefixItems"] = tuple.map((item) => translatedSchema(item, translation, depth + 1));
  }
  if (items !== undefined && !Array.isArray(items)) {
    result["items"] = translatedSchema(items, translation, depth + 1);
  }
}

function addProperties(
  result: Record<string, unknown>,
  schema: JsonObject,
  translation: Translation,
  depth: number,
): void {
  const { properties, patternProperties, additionalProperties, required } = schema;
  const translate = (value: unknown) => translatedSchema(value, translation, depth + 1);
  if (isRecord(properties)) {
    result["properties"] = Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [name, translate(value)]),
    );
  }
  const patterns = Object.entries(isRecord(patternProperties) ? patternProperties : {});
  const safe = patterns.filter(([pattern]) => tryCompilePattern(pattern) !== undefined);
  if (safe.length > 0) {
    result["patternProperties"] = Object.fromEntries(
      safe.map(([pattern, value]) => [pattern, translate(value)]),
    );
  }
  // Without all of its patterns, `additionalProperties` would judge names that are not its own.
  if (isRecord(additionalProperties) && safe.length === patterns.length) {
    result["additionalProperties"] = translate(additionalProperties);
  }
  if (Array.isArray(required)) {
    const names = required.filter((name) => isRequiredHere(name, properties, translation));
    if (names.length > 0) result["required"] = [...new Set(names)];
  }
}

/** A reference is not followed for it: what it says of itself stands elsewhere, beside the `$ref`. */
function isRequiredHere(
  name: unknown,
  properties: unknown,
  { direction }: Translation,
): name is string {
  if (typeof name !== "string") return false;
  const property = isRecord(properties) ? properties[name] : undefined;
  if (!isRecord(property)) return true;
  // What has a default may be left out, whatever `required` says.
  if (property["default"] !== undefined) return false;
  return property[direction === "request" ? "readOnly" : "writeOnly"] !== true;
}

function addBranches(
  result: Record<string, unknown>,
  schema: JsonObject,
  translation: Translation,
  depth: number,
): void {
  const translated = (branches: unknown): unknown[] =>
    Array.isArray(branches)
      ? branches.map((branch) => translatedSchema(branch, translation, depth + 1))
      : [];
  const all = translated(schema["allOf"]);
  const any = translated(schema["anyOf"]);
  const one = translated(schema["oneOf"]);
  if (any.length > 0) result["anyOf"] = any;
  if (one.length > 0 && any.length === 0) result["anyOf"] = one;
  if (one.length > 0 && any.length > 0) all.push({ anyOf: one });
  // `nullable` beside branches lets null pass all of them.
  const isNullable = schema["nullable"] === true && result["type"] === undefined;
  if (isNullable && Array.isArray(result["anyOf"])) result["anyOf"].push({ type: "null" });
  if (all.length > 0) result["allOf"] = all;
}
