/** The parts of a JSON Schema that help to explain an error. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
}

/** The schemas that apply at a path of the document; several where there are alternatives. */
export function schemasAt(schema: unknown, path: readonly PropertyKey[]): readonly SchemaNode[] {
  let nodes = alternativesOf(schema as SchemaNode);
  for (const key of path) {
    nodes = nodes.flatMap((node) => alternativesOf(childOf(node, key)));
  }
  return nodes;
}

function alternativesOf(node: SchemaNode | undefined): SchemaNode[] {
  if (node === undefined) return [];
  return [node, ...[...(node.anyOf ?? []), ...(node.allOf ?? [])].flatMap(alternativesOf)];
}

function childOf(node: SchemaNode, key: PropertyKey): SchemaNode | undefined {
  if (typeof key === "number") return node.items;
  const property = node.properties?.[String(key)];
  if (property !== undefined) return property;
  return typeof node.additionalProperties === "object" ? node.additionalProperties : undefined;
}
