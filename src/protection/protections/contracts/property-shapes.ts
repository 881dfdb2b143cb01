import { isRecord } from "../../../model/is-record.ts";
import type { DocumentReader, JsonObject } from "./document-reader.ts";
import { type LinearPattern, tryCompilePattern } from "./linear-pattern.ts";

/** Which properties and items a value may have, over all branches of its schema. */
export interface PropertyShape {
  readonly properties: ReadonlyMap<string, DeclaredProperty>;
  readonly patterns: readonly LinearPattern[];
  /**
   * `open`: the schema takes any further property. `silent`: it does not say, which the policy
   * decides. `closed`: it forbids them.
   */
  readonly others: "open" | "silent" | "closed";
  /** The schema of further properties, and of items. */
  readonly additional?: unknown;
  readonly items?: unknown;
}

export interface DeclaredProperty {
  readonly schema: unknown;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
}

/** Branches nested deeper, and what refers to itself without end, add nothing. */
const branchDepthMax = 24;
/** Schemas joined into one shape. */
const branchesMax = 256;

interface Gathered {
  readonly properties: Map<string, DeclaredProperty>;
  readonly patterns: LinearPattern[];
  isOpen: boolean;
  isClosed: boolean;
  hasProperties: boolean;
  additional: unknown[];
  items: unknown[];
  left: number;
}

/** Shapes of one description, each worked out when a value first gets to it. */
export class PropertyShapes {
  readonly #reader: DocumentReader;
  readonly #known = new WeakMap<JsonObject, PropertyShape>();

  constructor(reader: DocumentReader) {
    this.#reader = reader;
  }

  /** Undefined for a schema that takes everything. */
  shapeOf(schema: unknown): PropertyShape | undefined {
    if (!isRecord(schema)) return undefined;
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    const gathered: Gathered = {
      properties: new Map(),
      patterns: [],
      isOpen: false,
      isClosed: false,
      hasProperties: false,
      additional: [],
      items: [],
      left: branchesMax,
    };
    this.#gather(gathered, schema, 0);
    const shape = shapeOfGathered(gathered);
    this.#known.set(schema, shape);
    return shape;
  }

  #gather(into: Gathered, value: unknown, depth: number): void {
    into.left -= 1;
    const schema = this.#reader.resolve(value, "")?.value;
    if (schema === undefined || depth > branchDepthMax || into.left < 0) {
      // What cannot be seen in full must not forbid anything.
      if (value !== false) into.isOpen = true;
      return;
    }
    const beside = isRecord(value) && value !== schema ? value : undefined;
    if (beside !== undefined) this.#gatherOwn(into, beside);
    this.#gatherOwn(into, schema);
    for (const keyword of ["allOf", "anyOf", "oneOf"]) {
      const branches = schema[keyword];
      if (!Array.isArray(branches)) continue;
      for (const branch of branches) this.#gatherBranch(into, branch, keyword, depth);
    }
    for (const keyword of ["if", "then", "else"]) {
      if (isRecord(schema[keyword])) this.#gather(into, schema[keyword], depth + 1);
    }
  }

  /** Of alternatives, one that takes any object makes the whole take any. */
  #gatherBranch(into: Gathered, branch: unknown, keyword: string, depth: number): void {
    if (keyword !== "allOf" && this.#takesAnyObject(branch)) into.isOpen = true;
    this.#gather(into, branch, depth + 1);
  }

  #takesAnyObject(branch: unknown): boolean {
    const schema = this.#reader.resolve(branch, "")?.value;
    if (schema === undefined) return branch === true;
    const { type, properties, allOf, anyOf, oneOf } = schema;
    const isObject = type === undefined || type === "object" || Array.isArray(type);
    const isPlain = [properties, allOf, anyOf, oneOf, schema["enum"], schema["required"]];
    return isObject && isPlain.every((keyword) => keyword === undefined);
  }

  #gatherOwn(into: Gathered, schema: JsonObject): void {
    const { properties, items, prefixItems } = schema;
    if (isRecord(properties)) {
      into.hasProperties = true;
      for (const [name, property] of Object.entries(properties))
        this.#declare(into, name, property);
    }
    gatherOthers(into, schema);
    if (items !== undefined) into.items.push(...(Array.isArray(items) ? items : [items]));
    if (Array.isArray(prefixItems)) into.items.push(...prefixItems);
  }

  #declare(into: Gathered, name: string, property: unknown): void {
    const target = this.#reader.resolve(property, "")?.value ?? {};
    const own = isRecord(property) ? property : {};
    const before = into.properties.get(name);
    into.properties.set(name, {
      schema: before === undefined ? property : { anyOf: [before.schema, property] },
      readOnly:
        (own["readOnly"] === true || target["readOnly"] === true) && (before?.readOnly ?? true),
      writeOnly:
        (own["writeOnly"] === true || target["writeOnly"] === true) && (before?.writeOnly ?? true),
    });
  }
}

function gatherOthers(into: Gathered, schema: JsonObject): void {
  const { patternProperties, additionalProperties, unevaluatedProperties } = schema;
  for (const pattern of Object.keys(isRecord(patternProperties) ? patternProperties : {})) {
    const compiled = tryCompilePattern(pattern);
    if (compiled === undefined) into.isOpen = true;
    else into.patterns.push(compiled);
  }
  const further = unevaluatedProperties ?? additionalProperties;
  if (further === false) into.isClosed = true;
  if (further === true || isRecord(further)) into.isOpen = true;
  if (isRecord(further)) into.additional.push(further);
}

function shapeOfGathered(gathered: Gathered): PropertyShape {
  const { properties, patterns, additional, items } = gathered;
  // A schema without any property describes an object of whatever members.
  const isOpen = gathered.isOpen || !(gathered.hasProperties || gathered.isClosed);
  return {
    properties,
    patterns,
    others: isOpen ? "open" : gathered.isClosed ? "closed" : "silent",
    ...(additional.length === 0 ? {} : { additional: joined(additional) }),
    ...(items.length === 0 ? {} : { items: joined(items) }),
  };
}

function joined(schemas: readonly unknown[]): unknown {
  return schemas.length === 1 ? schemas[0] : { anyOf: schemas };
}
