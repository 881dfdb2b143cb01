import { isRecord } from "../model/is-record.ts";
import { pointedTo } from "./pointed-to.ts";

type JsonObject = Readonly<Record<string, unknown>>;

const depthMax = 24;
/** Objects of one schema after which the rest is left out: references can double at every level. */
const objectsMax = 5_000;

/**
 * A schema with its local references replaced by what they lead to and its `allOf` joined, for
 * comparison. A circle ends where it closes, in a schema that says nothing.
 */
export function inlinedSchema(root: unknown, schema: unknown): unknown {
  const budget = { objectsLeft: objectsMax };
  return inlined(schema, { root, budget, open: [], depth: 0 });
}

interface Here {
  readonly root: unknown;
  readonly budget: { objectsLeft: number };
  /** References that are being followed. */
  readonly open: readonly string[];
  readonly depth: number;
}

function inlined(schema: unknown, here: Here): unknown {
  if (!isRecord(schema)) return schema;
  here.budget.objectsLeft -= 1;
  if (here.depth > depthMax || here.budget.objectsLeft < 0) return {};
  const { $ref: reference } = schema;
  if (typeof reference === "string") {
    if (here.open.includes(reference)) return {};
    const inner = { ...here, open: [...here.open, reference], depth: here.depth + 1 };
    return inlined(pointedTo(here.root, reference), inner);
  }
  const inner = { ...here, depth: here.depth + 1 };
  const { properties, items, allOf } = schema;
  const own: JsonObject = {
    ...schema,
    ...(isRecord(properties) ? { properties: inlinedMembers(properties, inner) } : {}),
    ...(items === undefined ? {} : { items: inlined(items, inner) }),
  };
  if (!Array.isArray(allOf)) return own;
  return allOf.reduce<JsonObject>((joined, part: unknown) => {
    const read = inlined(part, inner);
    return isRecord(read) ? joinedSchemas(joined, read) : joined;
  }, own);
}

function inlinedMembers(properties: JsonObject, here: Here): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, member]) => [name, inlined(member, here)]),
  );
}

function joinedSchemas(left: JsonObject, right: JsonObject): JsonObject {
  const properties = { ...recordOf(right["properties"]), ...recordOf(left["properties"]) };
  const required = [...listOf(left["required"]), ...listOf(right["required"])];
  return {
    ...right,
    ...left,
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(required.length === 0 ? {} : { required: [...new Set(required)] }),
  };
}

function recordOf(value: unknown): JsonObject {
  return isRecord(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
