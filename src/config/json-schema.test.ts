import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createJsonSchema } from "./configuration-schema.ts";

test("the published schema is the one that the code checks (`merlon config schema` prints it)", () => {
  const published: unknown = JSON.parse(readFileSync("schema/merlon.schema.json", "utf8"));

  expect(published).toEqual(createJsonSchema());
});

test("every setting says what it is for", () => {
  const silent: string[] = [];
  collectSilent(createJsonSchema(), "", silent);

  expect(silent).toEqual([]);
});

interface SchemaNode {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

function collectSilent(schema: unknown, path: string, silent: string[]): void {
  const { properties = {}, items } = schema as SchemaNode;
  for (const [key, property] of Object.entries(properties)) {
    if (property.description === undefined) silent.push(`${path}.${key}`);
    collectSilent(property, `${path}.${key}`, silent);
  }
  if (items !== undefined) collectSilent(items, `${path}[]`, silent);
}
