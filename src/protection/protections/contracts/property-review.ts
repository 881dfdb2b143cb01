import { isRecord } from "../../../model/is-record.ts";
import type { DeclaredProperty, PropertyShape, PropertyShapes } from "./property-shapes.ts";
import type { Direction } from "./schema-translation.ts";

/** A property that the description does not have for this direction. */
export interface ForeignProperty {
  /** JSON pointer (RFC 6901) into the value: `/owner/isAdmin`. */
  readonly path: string;
  readonly name: string;
  /** `forbidden`: the schema is closed. `undeclared`: it does not say. */
  readonly kind: "undeclared" | "forbidden" | "read-only" | "write-only";
  readonly value: unknown;
  /** The object that has it. */
  readonly parent: Readonly<Record<string, unknown>>;
}

/** More than these say nothing new. */
const foundMax = 32;
/** The validator refuses deeper values; this only keeps the walk from going on below. */
const depthMax = 128;

/** Every property of a JSON value that its schema does not declare for this direction. */
export function foreignProperties(
  value: unknown,
  schema: unknown,
  shapes: PropertyShapes,
  direction: Direction,
): readonly ForeignProperty[] {
  const found: ForeignProperty[] = [];
  if (typeof value === "object" && value !== null) {
    review({ found, shapes, direction }, value, schema, "", 0);
  }
  return found;
}

interface Review {
  readonly found: ForeignProperty[];
  readonly shapes: PropertyShapes;
  readonly direction: Direction;
}

function review(to: Review, value: unknown, schema: unknown, path: string, depth: number): void {
  if (depth > depthMax || to.found.length >= foundMax) return;
  const shape = to.shapes.shapeOf(schema);
  if (shape === undefined) return;
  if (Array.isArray(value)) reviewItems(to, value, shape.items, path, depth);
  else if (isRecord(value)) reviewMembers(to, value, shape, path, depth);
}

function reviewItems(
  to: Review,
  items: readonly unknown[],
  schema: unknown,
  path: string,
  depth: number,
): void {
  if (schema === undefined) return;
  for (const [at, item] of items.entries()) {
    if (isContainer(item)) review(to, item, schema, `${path}/${at}`, depth + 1);
  }
}

function reviewMembers(
  to: Review,
  value: Readonly<Record<string, unknown>>,
  shape: PropertyShape,
  path: string,
  depth: number,
): void {
  for (const name of Object.keys(value)) {
    const schema = reviewMember(to, value, name, shape, path);
    if (schema !== undefined && isContainer(value[name])) {
      review(to, value[name], schema, pathOf(path, name), depth + 1);
    }
  }
}

/** Notes a member that should not be there; of another tells the schema, when it has one. */
function reviewMember(
  to: Review,
  parent: Readonly<Record<string, unknown>>,
  name: string,
  shape: PropertyShape,
  path: string,
): unknown {
  const declared = shape.properties.get(name);
  if (declared !== undefined) {
    const foreign = foreignKindOf(declared, to.direction);
    if (foreign === undefined) return declared.schema;
    add(to, parent, name, path, foreign);
    return undefined;
  }
  if (shape.patterns.some((pattern) => pattern.test(name))) return undefined;
  if (shape.others === "open") return shape.additional;
  add(to, parent, name, path, shape.others === "closed" ? "forbidden" : "undeclared");
  return undefined;
}

function foreignKindOf(
  { readOnly, writeOnly }: DeclaredProperty,
  direction: Direction,
): ForeignProperty["kind"] | undefined {
  if (direction === "request") return readOnly ? "read-only" : undefined;
  return writeOnly ? "write-only" : undefined;
}

function add(
  { found }: Review,
  parent: Readonly<Record<string, unknown>>,
  name: string,
  path: string,
  kind: ForeignProperty["kind"],
): void {
  if (found.length >= foundMax) return;
  found.push({ path: pathOf(path, name), name, kind, value: parent[name], parent });
}

function pathOf(path: string, name: string): string {
  return `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
