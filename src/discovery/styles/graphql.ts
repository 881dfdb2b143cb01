import {
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from "graphql";
import { isRecord } from "../../model/is-record.ts";
import type { Observation } from "../observation.ts";
import type { Operation } from "./operation.ts";

const tokensMax = 2_000;
const documentLengthMax = 65_536;
const fieldsMax = 16;

/** The root fields that a GraphQL request asks for: `query products`, `mutation addToCart`. */
export function graphqlOperationsOf(
  observation: Observation,
  json: unknown,
): readonly Operation[] | undefined {
  const requests = Array.isArray(json) ? json.slice(0, fieldsMax) : [json];
  const operations = new Set<string>();
  for (const request of requests) {
    for (const name of fieldsOf(requestOf(observation, request))) operations.add(name);
  }
  if (operations.size === 0) return undefined;
  return [...operations].slice(0, fieldsMax).map((name) => ({ style: "graphql", name }));
}

interface GraphqlRequest {
  readonly query?: string;
  readonly operationName?: string;
  readonly isPersisted: boolean;
}

function requestOf(observation: Observation, json: unknown): GraphqlRequest {
  if (isRecord(json)) {
    const { query, operationName, extensions } = json;
    return {
      ...(typeof query === "string" ? { query } : {}),
      ...(typeof operationName === "string" ? { operationName } : {}),
      isPersisted: isRecord(extensions) && isRecord(extensions["persistedQuery"]),
    };
  }
  const query = observation.query.get("query");
  const operationName = observation.query.get("operationName");
  return {
    ...(query === undefined ? {} : { query }),
    ...(operationName === undefined ? {} : { operationName }),
    isPersisted: observation.query.get("extensions")?.includes("persistedQuery") === true,
  };
}

function fieldsOf({ query, operationName, isPersisted }: GraphqlRequest): readonly string[] {
  if (query === undefined) {
    // Only a hash came; the name is all that tells persisted queries apart.
    return isPersisted && isName(operationName) ? [`persisted ${operationName}`] : [];
  }
  if (query.length > documentLengthMax || !query.includes("{")) return [];
  const document = tryParse(query);
  const operations = document?.definitions.filter(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION,
  );
  const operation =
    operations?.find(({ name }) => name?.value === operationName) ?? operations?.[0];
  if (document === undefined || operation === undefined) return [];
  const fragments = document.definitions.filter(
    (definition): definition is FragmentDefinitionNode =>
      definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  return rootFields(operation.selectionSet, fragments, 3).map(
    (field) => `${operation.operation} ${field}`,
  );
}

function isName(name: string | undefined): name is string {
  return name !== undefined && /^\w{1,100}$/.test(name);
}

function tryParse(query: string): ReturnType<typeof parse> | undefined {
  try {
    return parse(query, { maxTokens: tokensMax, noLocation: true });
  } catch {
    return undefined;
  }
}

function rootFields(
  { selections }: SelectionSetNode,
  fragments: readonly FragmentDefinitionNode[],
  depth: number,
): readonly string[] {
  if (depth === 0) return [];
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      return selection.name.value === "__typename" ? [] : [selection.name.value];
    }
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return rootFields(selection.selectionSet, fragments, depth - 1);
    const fragment = fragments.find(({ name }) => name.value === selection.name.value);
    return fragment === undefined ? [] : rootFields(fragment.selectionSet, fragments, depth - 1);
  });
}
