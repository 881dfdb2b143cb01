import { isRecord } from "../../../model/is-record.ts";
import type { DocumentReader, JsonObject } from "./document-reader.ts";
import type { PropertyShapes } from "./property-shapes.ts";

/** Branches of a schema looked at for its types. */
const branchDepthMax = 8;
const valueDepthMax = 32;
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** Longer texts are no numbers that anybody computes with. */
const numberCharsMax = 400;

/** Turns texts of parameters and forms into the JSON types that their schemas want. */
export class Coercion {
  readonly #reader: DocumentReader;
  readonly #shapes: PropertyShapes;
  readonly #types = new WeakMap<object, ReadonlySet<string>>();

  constructor(reader: DocumentReader, shapes: PropertyShapes) {
    this.#reader = reader;
    this.#shapes = shapes;
  }

  /** A text that is nothing of what the schema wants stays a text, for the validator to refuse. */
  valueOf(raw: unknown, schema: unknown, depth = 0): unknown {
    if (typeof raw === "string") return this.#scalarOf(raw, schema);
    if (depth > valueDepthMax) return raw;
    const shape = this.#shapes.shapeOf(schema);
    if (Array.isArray(raw)) return raw.map((item) => this.valueOf(item, shape?.items, depth + 1));
    if (!isRecord(raw)) return raw;
    return Object.fromEntries(
      Object.entries(raw).map(([name, value]) => {
        const property = shape?.properties.get(name)?.schema ?? shape?.additional;
        return [name, this.valueOf(value, property, depth + 1)];
      }),
    );
  }

  /** `array` and `object` when the schema wants nothing else, so that a lone value is a list of one. */
  shapeOf(schema: unknown): "value" | "array" | "object" {
    const types = this.typesOf(schema);
    if (types.has("array") && !types.has("string")) return "array";
    return types.has("object") && !types.has("string") ? "object" : "value";
  }

  /** Every JSON type that a schema names; none means any. */
  typesOf(schema: unknown): ReadonlySet<string> {
    if (!isRecord(schema)) return noTypes;
    const known = this.#types.get(schema);
    if (known !== undefined) return known;
    const types = new Set<string>();
    this.#gatherTypes(types, schema, 0);
    this.#types.set(schema, types);
    return types;
  }

  #gatherTypes(types: Set<string>, value: unknown, depth: number): void {
    const schema = this.#reader.resolve(value, "")?.value;
    if (schema === undefined || depth > branchDepthMax) return;
    for (const name of namedTypesOf(schema)) types.add(name);
    for (const keyword of ["allOf", "anyOf", "oneOf"]) {
      const branches = schema[keyword];
      if (!Array.isArray(branches)) continue;
      for (const branch of branches) this.#gatherTypes(types, branch, depth + 1);
    }
  }

  #scalarOf(text: string, schema: unknown): unknown {
    const types = this.typesOf(schema);
    const literal = literalOf(text, types);
    if (literal !== undefined || types.size === 0 || types.has("string")) return literal ?? text;
    if (types.has("null") && (text === "" || text === "null")) return null;
    if (types.has("array")) return [this.valueOf(text, this.#shapes.shapeOf(schema)?.items)];
    return text;
  }
}

const noTypes: ReadonlySet<string> = new Set();

function namedTypesOf({ type, nullable, enum: values }: JsonObject): readonly string[] {
  const names = (Array.isArray(type) ? type : [type]).filter((name) => typeof name === "string");
  const ofValues = type === undefined && Array.isArray(values) ? values.map(typeOf) : [];
  return [...names, ...ofValues, ...(nullable === true ? ["null"] : [])];
}

function typeOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}

function literalOf(text: string, types: ReadonlySet<string>): number | boolean | undefined {
  if (types.has("integer") || types.has("number")) {
    if (text.length <= numberCharsMax && jsonNumber.test(text)) return Number(text);
  }
  if (types.has("boolean") && (text === "true" || text === "false")) return text === "true";
  return undefined;
}
