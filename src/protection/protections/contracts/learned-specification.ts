import type { Parameter } from "../../../model/endpoint.ts";
import type { DocumentedOperation, Specification } from "../../../specifications/specification.ts";
import type { KnownEndpoint } from "../../knowledge.ts";

/** Less than this was seen by chance. */
export interface LearnedEnough {
  readonly confidenceMin: number;
  readonly samplesMin: number;
}

/**
 * What traffic taught of each host, in the form of a description: only parameters and bodies that
 * are sure enough, and nothing about paths that were never called.
 */
export function learnedSpecifications(
  endpoints: readonly KnownEndpoint[],
  enough: LearnedEnough,
): readonly Specification[] {
  const byHost = Map.groupBy(
    endpoints.filter(({ style }) => style === "rest"),
    ({ host }) => host,
  );
  return [...byHost].map(([host, known]) => specificationOf(host, known, enough));
}

function specificationOf(
  host: string,
  endpoints: readonly KnownEndpoint[],
  enough: LearnedEnough,
): Specification {
  const paths: Record<string, Record<string, unknown>> = {};
  const operations: DocumentedOperation[] = [];
  for (const endpoint of endpoints) {
    const method = endpoint.method.toLowerCase();
    const item = paths[endpoint.path] ?? {};
    paths[endpoint.path] = item;
    item[method] = operationOf(endpoint, enough);
    operations.push({
      method: endpoint.method,
      path: endpoint.path,
      deprecated: false,
      parameters: [],
      pointer: ["paths", endpoint.path, method],
    });
  }
  return {
    source: `learned from traffic of ${host}`,
    title: host,
    version: "",
    hosts: [host],
    operations,
    document: { format: "openapi", root: { openapi: "3.1.0", paths } },
  };
}

function operationOf({ parameters, schemas }: KnownEndpoint, enough: LearnedEnough): unknown {
  const outside = parameters.filter(({ in: place }) => place !== "body");
  const samples = Math.max(0, ...parameters.map((parameter) => parameter.samples));
  const hasBody = schemas.request !== undefined && samples >= enough.samplesMin;
  return {
    parameters: outside.map((parameter) => parameterOf(parameter, enough)),
    requestBody: { content: { "*/*": hasBody ? { schema: schemas.request } : {} } },
  };
}

/** One that is not sure is declared all the same, so that it counts as known, but takes any value. */
function parameterOf(parameter: Parameter, enough: LearnedEnough): unknown {
  const { in: place, name, type, confidence, samples } = parameter;
  const isSure = confidence >= enough.confidenceMin && samples >= enough.samplesMin;
  return {
    in: place,
    name,
    required: place === "path",
    schema: isSure ? (schemasByType.get(type) ?? {}) : {},
  };
}

const schemasByType: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["integer", { type: "integer" }],
  ["number", { type: "number" }],
  ["boolean", { type: "boolean" }],
  ["uuid", { type: "string", format: "uuid" }],
  ["date", { type: "string", format: "date" }],
  ["date-time", { type: "string", format: "date-time" }],
]);
