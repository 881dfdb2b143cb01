import type { Detection } from "../../model/detection.ts";
import { allow, block, type Verdict } from "../../model/verdict.ts";
import type { ExchangeContext, Protection } from "../protection.ts";
import {
  type GraphqlMessage,
  messageOfQuery,
  messagesOfBody,
} from "./graphql-limits/graphql-messages.ts";
import { excessOf, type GraphqlExcess } from "./graphql-limits/judge-message.ts";
import { isGraphqlPath, looksLikeDocument } from "./graphql-limits/recognise-graphql.ts";
import { suggestionsIn } from "./graphql-limits/suggestions.ts";
import { type GraphqlLimitsOptions, graphqlLimitsOptions } from "./graphql-limits-options.ts";
import { defineProtection, type ProtectionFactory } from "./protection-definition.ts";

/** Refuses GraphQL operations that cost a server more than honest clients need. */
export const graphqlLimits: ProtectionFactory = defineProtection<GraphqlLimitsOptions>({
  id: "graphql-limits",
  summary:
    "Bounds GraphQL operations: depth, breadth, aliases, directives, batches, cost, introspection, suggestions.",
  options: graphqlLimitsOptions,

  create(options): Protection {
    const segments = new Set(options.paths.map((segment) => segment.toLowerCase()));
    const { id, summary } = graphqlLimits;

    function judge(context: ExchangeContext, messages: readonly GraphqlMessage[]): Verdict {
      const isPath = isGraphqlPath(context.request.path, segments);
      const meant = messages.filter(
        ({ document }) => isPath || (document !== undefined && looksLikeDocument(document)),
      );
      const [first] = meant;
      if (first === undefined) return allow;
      if (meant.length > options.batchMax) {
        const problem = `${meant.length} operations in one request, ${options.batchMax} allowed`;
        return verdictOf(context, first, { code: "too-many-batched", status: 400, problem });
      }
      for (const message of meant) {
        const excess = excessOf(message, context.request.method, options);
        // Text that only looks like GraphQL is nobody's broken document.
        if (excess === undefined || (excess.code === "broken-document" && !isPath)) continue;
        return verdictOf(context, message, excess);
      }
      return allow;
    }

    const request: Protection = {
      id,
      summary,
      onRequestHeaders(context) {
        const message = messageOfQuery(context.request.query);
        return message === undefined ? allow : judge(context, [message]);
      },
      onRequestBody(context) {
        const body = context.requestBody;
        if (body === undefined || body.bytes.length === 0) return allow;
        const isPath = isGraphqlPath(context.request.path, segments);
        if (!isPath && !context.bodyFields.some(isDocumentField)) return allow;
        return judge(context, messagesOfBody(context.request, body.bytes));
      },
    };
    if (options.suggestions === "allow") return request;
    return {
      ...request,
      watchesResponses: options.suggestions === "report",
      onResponseBody(context) {
        if (!isGraphqlPath(context.request.path, segments)) return allow;
        return suggestionVerdict(context, options.suggestions === "mask");
      },
    };
  },
});

function isDocumentField({
  name,
  value,
}: {
  readonly name: string;
  readonly value: string;
}): boolean {
  return (name.endsWith("query") || name === "operations") && looksLikeDocument(value);
}

function verdictOf(
  context: ExchangeContext,
  { document = "", location, name }: GraphqlMessage,
  { code, status, problem }: GraphqlExcess,
): Verdict {
  const detections = context.countedDetections([
    detectionOf(`graphql-${code}`, location, name, document, problem),
  ]);
  if (detections.length === 0) return allow;
  return block({ status, reason: `GraphQL: ${problem}`, detections });
}

const valueCharsMax = 1_024;
const evidenceCharsMax = 256;

function detectionOf(
  detector: string,
  location: Detection["location"],
  name: string,
  document: string,
  problem: string,
): Detection {
  const evidence = document.slice(0, evidenceCharsMax);
  return {
    detector,
    confidence: "medium",
    location,
    name,
    part: "value",
    evidence,
    span: { start: 0, end: evidence.length },
    value: document.slice(0, valueCharsMax),
    steps: [],
    explanation: `GraphQL: ${problem}.`,
  };
}

function suggestionVerdict(context: ExchangeContext, masks: boolean): Verdict {
  const { response, responseBody } = context;
  if (response === undefined || responseBody?.complete !== true) return allow;
  const found = suggestionsIn(response.headers, responseBody.bytes);
  if (found === undefined) return allow;
  const problem = "an error of the server suggests names of its schema";
  const detections = [
    {
      ...detectionOf("graphql-suggestion", "body", "$.errors", "", problem),
      confidence: "low" as const,
    },
  ];
  return { action: "allow", detections, ...(masks ? { replaceBody: found.without } : {}) };
}
