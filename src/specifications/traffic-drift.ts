import type { EndpointProfile, Parameter } from "../model/endpoint.ts";
import {
  type ComparableOperation,
  comparableParameter,
  operationKeyOf,
} from "./comparable-operation.ts";
import { comparableSpecification } from "./comparable-specification.ts";
import { type DriftItem, type DriftKind, driftBetween } from "./drift.ts";
import type { Specification } from "./specification.ts";

/** Samples below which traffic proves nothing about what is always or never there. */
const samplesMin = 3;

/**
 * Where traffic contradicts a specification (breaking) or does not use it (not breaking): operations,
 * parameters, credentials, and schemas of JSON bodies.
 */
export function trafficDrift(
  specification: Specification,
  endpoints: Iterable<EndpointProfile>,
): readonly DriftItem[] {
  const called = calledEndpoints(specification, endpoints).map(comparableEndpoint);
  const documented = comparableSpecification(specification);
  const keyOf = documentedKeys(specification);
  const placed = called.map((one) => ({ ...one, key: keyOf(one) ?? one.key }));
  return driftBetween(withStatusesOf(documented, placed), placed, "traffic").flatMap(asSeen);
}

/** Finds the key of a documented operation under which one that is called behind a shared path belongs. */
function documentedKeys({
  operations,
}: Specification): (called: ComparableOperation) => string | undefined {
  const placed = new Set<string>();
  const shared = new Set<string>();
  const anywhere = new Map<string, string>();
  for (const { method, path, operation, isAnywhere } of operations) {
    const key = operationKeyOf(method, path, operation);
    placed.add(key);
    if (operation === undefined) continue;
    if (isAnywhere === true) anywhere.set(operation, key);
    else shared.add(operationKeyOf(method, path, undefined));
  }
  return ({ key, method, path, operation }) => {
    if (operation === undefined || placed.has(key)) return undefined;
    const found = anywhere.get(operation);
    if (found !== undefined) return found;
    // What documents the place alone, as OpenAPI does of GraphQL, documents all that happens there.
    const place = operationKeyOf(method, path, undefined);
    const isShared = anywhere.size > 0 || shared.has(place);
    return !isShared && placed.has(place) ? place : undefined;
  };
}

/** The endpoints that a specification is compared with: those of its hosts, when they are called. */
export function calledEndpoints(
  { hosts }: Pick<Specification, "hosts">,
  endpoints: Iterable<EndpointProfile>,
): readonly EndpointProfile[] {
  const called = [...endpoints].filter(({ calls }) => calls > 0);
  const own = called.filter(({ host }) => hosts.includes(host));
  // Staging and localhost serve what a specification says of production.
  return own.length > 0 ? own : called;
}

function comparableEndpoint(endpoint: EndpointProfile): ComparableOperation {
  const { method, path, operation, deprecated, authentication, bodies = [] } = endpoint;
  const json = bodies.filter(({ mediaType, schema, samples }) => {
    return mediaType.includes("json") && schema !== undefined && samples >= samplesMin;
  });
  return {
    key: operationKeyOf(method, path, operation),
    method,
    path,
    operation,
    isDeprecated: deprecated,
    // Traffic in which nobody left credentials out says nothing.
    isSecured: authentication.required,
    parameters: endpoint.parameters
      .filter((parameter) => parameter.in !== "body" && parameter.samples >= samplesMin)
      .map((parameter) => comparableParameter(path, { ...parameter, schema: schemaOf(parameter) })),
    request: json.find((body) => body.in === "request")?.schema,
    responses: new Map(
      json
        .filter((body) => body.in === "response")
        .map((body) => [String(body.status), body.schema] as const),
    ),
  };
}

const plainTypes: ReadonlySet<string> = new Set(["integer", "number", "boolean", "string"]);

function schemaOf({ type }: Parameter): unknown {
  return { type: plainTypes.has(type) ? type : "string" };
}

/** Puts what is documented of `2XX` and `default` beside the statuses that were seen. */
function withStatusesOf(
  documented: readonly ComparableOperation[],
  called: readonly ComparableOperation[],
): readonly ComparableOperation[] {
  const seen = new Map(called.map(({ key, responses }) => [key, responses]));
  return documented.map((operation) => {
    const responses = new Map(operation.responses);
    for (const status of seen.get(operation.key)?.keys() ?? []) {
      const own = [status, `${status.charAt(0)}XX`, "default"].find((name) => responses.has(name));
      if (own !== undefined) responses.set(status, responses.get(own));
    }
    return { ...operation, responses };
  });
}

/** The differences in the words of traffic; what traffic need not do is left out. */
function asSeen(item: DriftItem): readonly DriftItem[] {
  const told = words[item.kind];
  if (told !== undefined) return [{ ...item, ...told }];
  if (item.kind !== "security-changed") return [item];
  return item.isBreaking
    ? [{ ...item, explanation: "is documented as open and refuses calls without credentials" }]
    : [{ ...item, isBreaking: true, explanation: "answers without credentials against its word" }];
}

const words: Partial<Record<DriftKind, Pick<DriftItem, "isBreaking" | "explanation">>> = {
  "operation-added": { isBreaking: true, explanation: "is called and not documented" },
  "operation-removed": { isBreaking: false, explanation: "was never called" },
  "operation-deprecated": { isBreaking: false, explanation: "says that it is deprecated" },
  "parameter-added": { isBreaking: true, explanation: "is sent and not documented" },
  "parameter-removed": { isBreaking: false, explanation: "was never sent" },
};
