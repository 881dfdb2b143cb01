import { isRecord } from "../model/is-record.ts";

/** A field of a learned schema, by its path: `$.items[*].id`. */
export interface LearnedField {
  readonly path: string;
  /** Values that it was learned from; 1 where the schema does not say. */
  readonly samples: number;
}

const fieldsMax = 600;
const depthMax = 12;

/** The leaves of a JSON Schema as discovery learned it. */
export function fieldsOf(schema: unknown): readonly LearnedField[] {
  const fields: LearnedField[] = [];
  visit(schema, "$", 0, fields);
  return fields;
}

function visit(schema: unknown, path: string, depth: number, fields: LearnedField[]): void {
  if (!isRecord(schema) || depth > depthMax || fields.length >= fieldsMax) return;
  const properties = isRecord(schema["properties"]) ? Object.entries(schema["properties"]) : [];
  for (const [name, property] of properties) visit(property, `${path}.${name}`, depth + 1, fields);
  if (isRecord(schema["items"])) visit(schema["items"], `${path}[*]`, depth + 1, fields);
  // A map's keys are data, not fields.
  if (properties.length > 0 || schema["items"] !== undefined || path === "$") return;
  const samples = schema["x-merlon-samples"];
  fields.push({ path, samples: typeof samples === "number" ? samples : 1 });
}
