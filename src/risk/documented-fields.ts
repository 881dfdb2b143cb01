import { isRecord } from "../model/is-record.ts";

/** Fields that a specification describes, as paths: `$.items[*].id`. */
export interface DocumentedFields {
  /** Whether the description names the field, or leaves open what may stand there. */
  includes(path: string): boolean;
}

type Root = Readonly<Record<string, unknown>>;

const depthMax = 12;
const schemasMax = 4_000;
const referencesMax = 16;

/** Collects the fields of schemas and everything they refer to within the document. */
export function collectFields(root: Root, schemas: readonly unknown[]): DocumentedFields {
  const fields = new Set<string>();
  /** Prefixes below which the description leaves everything open. */
  const open = new Set<string>();
  const budget = { left: schemasMax };
  for (const schema of schemas) collect({ root, fields, open, budget }, schema, "$", 0);
  return {
    includes(path) {
      if (fields.has(path)) return true;
      for (let end = path.length; end > 0; end = lastJoint(path, end)) {
        if (open.has(path.slice(0, end))) return true;
      }
      return false;
    },
  };
}

interface Collection {
  readonly root: Root;
  readonly fields: Set<string>;
  readonly open: Set<string>;
  readonly budget: { left: number };
}

/** Where the path without its last step ends; 0 when nothing is left. */
function lastJoint(path: string, end: number): number {
  const text = path.slice(0, end);
  return Math.max(text.lastIndexOf("."), text.lastIndexOf("[*]"), 0);
}

function collect(to: Collection, raw: unknown, path: string, depth: number): void {
  to.fields.add(path);
  const schema = resolveReference(to.root, raw);
  to.budget.left -= 1;
  // What is too deep or too large to follow is taken as described.
  if (to.budget.left <= 0 || depth > depthMax || !isRecord(schema)) {
    to.open.add(path);
    return;
  }
  const branches = ["allOf", "oneOf", "anyOf"].flatMap((key) => listOf(schema[key]));
  for (const branch of branches) collect(to, branch, path, depth + 1);
  if (schema["items"] !== undefined) collect(to, schema["items"], `${path}[*]`, depth + 1);
  const properties = isRecord(schema["properties"]) ? schema["properties"] : undefined;
  for (const [name, property] of Object.entries(properties ?? {})) {
    collect(to, property, `${path}.${name}`, depth + 1);
  }
  if (isOpen(schema, branches.length > 0)) to.open.add(path);
}

/** Whether a schema says nothing of what stands within: no properties, or a map of anything. */
function isOpen(schema: Root, hasBranches: boolean): boolean {
  const { properties, additionalProperties, patternProperties, items, type } = schema;
  if (patternProperties !== undefined) return true;
  if (additionalProperties === true || isRecord(additionalProperties)) return true;
  if (properties !== undefined || items !== undefined || hasBranches) return false;
  return type === undefined || type === "object" || type === "array";
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Follows references within the document; what leads nowhere or in a circle is undefined. */
export function resolveReference(root: Root, value: unknown): unknown {
  let current = value;
  for (let followed = 0; isRecord(current) && typeof current["$ref"] === "string"; followed += 1) {
    const reference = current["$ref"];
    if (!reference.startsWith("#/") || followed >= referencesMax) return undefined;
    current = pointedTo(root, reference);
  }
  return current;
}

function pointedTo(root: Root, reference: string): unknown {
  let current: unknown = root;
  for (const part of reference.slice(2).split("/")) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(current)) current = current[Number(name)] as unknown;
    else if (isRecord(current) && Object.hasOwn(current, name)) current = current[name];
    else return undefined;
  }
  return current;
}
