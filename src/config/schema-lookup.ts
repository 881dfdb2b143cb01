/** The parts of a JSON Schema that help to explain an error. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly description?: string;
}

/** The part of a schema that is about a path of the document, when there is one. */
export function findSchema(schema: unknown, path: readonly PropertyKey[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = schema as SchemaNode;
  for (const key of path) {
    node = typeof key === "number" ? node?.items : node?.properties?.[String(key)];
  }
  return node;
}
