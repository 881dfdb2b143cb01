import {
  buildClientSchema,
  type DefinitionNode,
  type FieldDefinitionNode,
  GraphQLError,
  type IntrospectionQuery,
  Kind,
  parse,
  printSchema,
  type TypeNode,
} from "graphql";
import { isRecord } from "../model/is-record.ts";
import { MerlonError } from "../model/merlon-error.ts";
import type { DocumentedOperation, DocumentedParameter, Specification } from "./specification.ts";
import { specificationFix } from "./specification-text.ts";

const tokensMax = 2_000_000;
/** Where servers usually listen; a schema does not say it. */
const usualPath = "/graphql";

type OperationType = "query" | "mutation" | "subscription";

/** Reads a schema in GraphQL's definition language. Throws ERR_SPECIFICATION_INVALID with line and column. */
export function readGraphqlSchema(text: string, source: string): Specification {
  const definitions = definitionsOf(text, source);
  const roots = rootTypesOf(definitions);
  const operations = definitions.flatMap((definition): DocumentedOperation[] => {
    const isObject =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.OBJECT_TYPE_EXTENSION;
    const root = isObject ? roots.get(definition.name.value) : undefined;
    if (!isObject || root === undefined) return [];
    return (definition.fields ?? []).map((field) => operationOf(root, field));
  });
  return {
    source,
    title: source,
    version: "",
    hosts: [],
    operations,
    document: { format: "graphql", text },
  };
}

/** Reads the answer to an introspection query. Throws ERR_SPECIFICATION_INVALID when it is none. */
export function readGraphqlIntrospection(root: unknown, source: string): Specification {
  const data = isRecord(root) && isRecord(root["data"]) ? root["data"] : root;
  let text: string;
  try {
    text = printSchema(buildClientSchema(data as IntrospectionQuery));
  } catch (cause) {
    throw new MerlonError(
      "ERR_SPECIFICATION_INVALID",
      `${source}: /__schema: ${cause instanceof Error ? cause.message : "not a schema"}`,
      { fix: specificationFix, cause },
    );
  }
  return readGraphqlSchema(text, source);
}

/** Whether JSON is the answer to an introspection query. */
export function isIntrospection(root: unknown): boolean {
  if (!isRecord(root)) return false;
  return (
    isRecord(root["__schema"]) || (isRecord(root["data"]) && isRecord(root["data"]["__schema"]))
  );
}

function definitionsOf(text: string, source: string): readonly DefinitionNode[] {
  try {
    return parse(text, { maxTokens: tokensMax }).definitions;
  } catch (cause) {
    const place = cause instanceof GraphQLError ? cause.locations?.[0] : undefined;
    const where = place === undefined ? source : `${source}:${place.line}:${place.column}`;
    const problem = cause instanceof GraphQLError ? cause.message : "not a GraphQL schema";
    throw new MerlonError("ERR_SPECIFICATION_INVALID", `${where}: ${problem}`, {
      fix: specificationFix,
      cause,
    });
  }
}

/** Names of the root types, which a `schema` definition may change. */
function rootTypesOf(definitions: readonly DefinitionNode[]): ReadonlyMap<string, OperationType> {
  const roots = new Map<string, OperationType>();
  let hasSchema = false;
  for (const definition of definitions) {
    const isSchema =
      definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION;
    if (!isSchema) continue;
    hasSchema ||= definition.kind === Kind.SCHEMA_DEFINITION;
    for (const { operation, type } of definition.operationTypes ?? [])
      roots.set(type.name.value, operation);
  }
  if (hasSchema) return roots;
  return new Map([
    ["Query", "query"],
    ["Mutation", "mutation"],
    ["Subscription", "subscription"],
    ...roots,
  ]);
}

function operationOf(root: OperationType, field: FieldDefinitionNode): DocumentedOperation {
  return {
    method: "POST",
    path: usualPath,
    isAnywhere: true,
    operation: `${root} ${field.name.value}`,
    style: "graphql",
    deprecated: (field.directives ?? []).some(({ name }) => name.value === "deprecated"),
    parameters: (field.arguments ?? []).map(
      ({ name, type, defaultValue }): DocumentedParameter => ({
        in: "argument",
        name: name.value,
        required: type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined,
        type: typeNameOf(type),
      }),
    ),
  };
}

/** The type as it is written: `[ID!]!`. */
function typeNameOf(type: TypeNode): string {
  if (type.kind === Kind.NON_NULL_TYPE) return `${typeNameOf(type.type)}!`;
  return type.kind === Kind.LIST_TYPE ? `[${typeNameOf(type.type)}]` : type.name.value;
}
