import { type DocumentNode, type OperationDefinitionNode, parse } from "graphql";
import type { GraphqlLimitsOptions } from "../graphql-limits-options.ts";
import { fragmentCycle, measureOperation, type OperationMeasure } from "./document-measure.ts";
import { documentNestingOf } from "./document-nesting.ts";
import type { GraphqlMessage } from "./graphql-messages.ts";

/** What a message exceeds; `status` tells the client best. */
export interface GraphqlExcess {
  /** Permanent kebab-case id: `too-many-aliases`. */
  readonly code: string;
  readonly status: number;
  /** One sentence for the operator. */
  readonly problem: string;
}

/** Arguments nest in braces and brackets of their own. */
const nestingFactor = 3;

/** The first limit that a message exceeds, or undefined. */
export function excessOf(
  message: GraphqlMessage,
  method: string,
  limits: GraphqlLimitsOptions,
): GraphqlExcess | undefined {
  if (message.document === undefined) return undefined;
  const nesting = documentNestingOf(message.document);
  const nestingMax = limits.depthMax * nestingFactor;
  if (nesting > nestingMax) {
    return over("too-deep", `braces are nested ${nesting} deep`, nestingMax);
  }
  const document = tryParse(message.document, limits.tokensMax);
  if ("code" in document) return document;
  const count = document.definitions.length;
  if (count > limits.operationsMax) {
    return over("too-many-operations", `${count} operations and fragments`, limits.operationsMax);
  }
  for (const operation of operationsOf(document)) {
    if (operation.operation === "mutation" && method === "GET") {
      return { code: "mutation-by-get", status: 405, problem: "a mutation is asked for by GET" };
    }
    const measured = measureOperation(document, operation, message.variables);
    const excess = measured === fragmentCycle ? cycle : excessOfMeasure(measured, limits);
    if (excess !== undefined) return excess;
  }
  return undefined;
}

const cycle: GraphqlExcess = {
  code: "fragment-cycle",
  status: 400,
  problem: "a fragment spreads itself",
};

function tryParse(text: string, tokensMax: number): DocumentNode | GraphqlExcess {
  try {
    return parse(text, { maxTokens: tokensMax, noLocation: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    if (message.includes("tokens")) return over("too-many-tokens", "the document", tokensMax);
    return { code: "broken-document", status: 400, problem: "the document is no GraphQL" };
  }
}

function operationsOf(document: DocumentNode): readonly OperationDefinitionNode[] {
  return document.definitions.filter(({ kind }) => kind === "OperationDefinition") as never;
}

/** What is measured, its option, its code and its words. */
const measures = [
  ["depth", "depthMax", "too-deep", "fields are nested"],
  ["breadth", "breadthMax", "too-broad", "fields of one selection"],
  ["fields", "fieldsMax", "too-many-fields", "fields"],
  ["aliases", "aliasesMax", "too-many-aliases", "aliases"],
  ["repeats", "repeatsMax", "too-many-repeats", "times the same field"],
  ["directivesAtOnce", "directivesAtOnceMax", "too-many-directives", "directives at once"],
  ["directives", "directivesMax", "too-many-directives", "directives"],
  ["cost", "costMax", "too-costly", "cost"],
] as const;

/** Tools that draw a schema ask for `fields` of types and of nothing below. */
const introspectionDepthMax = 1;

function excessOfMeasure(
  measured: OperationMeasure,
  limits: GraphqlLimitsOptions,
): GraphqlExcess | undefined {
  if (measured.introspection > 0) {
    if (limits.introspection === "block") {
      return { code: "introspection", status: 403, problem: "the schema is asked for" };
    }
    if (measured.introspectionDepth > introspectionDepthMax) {
      return over(
        "circular-introspection",
        "`fields` of types within types",
        introspectionDepthMax,
      );
    }
  }
  for (const [key, option, code, words] of measures) {
    if (measured[key] > limits[option]) {
      return over(code, `${words}: ${measured[key]}`, limits[option]);
    }
  }
  return undefined;
}

function over(code: string, what: string, most: number): GraphqlExcess {
  return { code, status: 400, problem: `${what}, ${most} allowed` };
}
