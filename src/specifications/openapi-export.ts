import { stringify } from "yaml";
import type { EndpointProfile, LearnedBody, Parameter } from "../model/endpoint.ts";
import { redactedSchema } from "./redacted-schema.ts";
import { securityOf } from "./security-schemes.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** Writes endpoints as an OpenAPI 3.1 document; counts and confidence stand in `x-merlon`. */
export function toOpenApi(
  endpoints: Iterable<EndpointProfile>,
  info: { readonly title?: string; readonly version?: string } = {},
): JsonObject {
  const all = [...endpoints].filter(({ path }) => path.startsWith("/"));
  const hosts = [...new Set(all.map(({ host }) => host))].sort();
  const schemes = all.flatMap(({ authentication }) => [...securityOf(authentication).schemes]);
  const securitySchemes = Object.fromEntries(
    schemes.toSorted(([left], [right]) => left.localeCompare(right)),
  );
  return {
    openapi: "3.1.0",
    info: { title: info.title ?? hosts[0] ?? "Discovered API", version: info.version ?? "0.0.0" },
    servers: hosts.map((host) => ({ url: `https://${host}` })),
    paths: pathsOf(all, hosts.length > 1),
    ...(schemes.length === 0 ? {} : { components: { securitySchemes } }),
  };
}

/** The same as text. */
export function toOpenApiYaml(endpoints: Iterable<EndpointProfile>): string {
  return stringify(toOpenApi(endpoints), { lineWidth: 0, aliasDuplicateObjects: false });
}

function pathsOf(endpoints: readonly EndpointProfile[], severalHosts: boolean): JsonObject {
  const paths: Record<string, Record<string, unknown>> = {};
  const sorted = endpoints.toSorted(
    (left, right) => left.path.localeCompare(right.path) || left.method.localeCompare(right.method),
  );
  for (const endpoint of sorted) {
    paths[endpoint.path] ??= {};
    const item = paths[endpoint.path] ?? {};
    const lower = endpoint.method.toLowerCase();
    // OpenAPI 3.1 knows no other methods; 3.2 brings `query`.
    const method = describedMethods.has(lower) ? lower : `x-${lower}`;
    const known = item[method] as JsonObject | undefined;
    // Operations behind one path (GraphQL fields, SOAP elements, hosts) share its entry.
    item[method] =
      known === undefined ? operationOf(endpoint, severalHosts) : joined(known, endpoint);
  }
  return paths;
}

const describedMethods: ReadonlySet<string> = new Set(
  "get put post delete options head patch trace".split(" "),
);

function operationOf(endpoint: EndpointProfile, severalHosts: boolean): JsonObject {
  const { authentication, deprecated } = endpoint;
  const { security } = securityOf(authentication);
  const outside = parametersOf(endpoint);
  const body = requestBodyOf(endpoint);
  return {
    operationId: operationIdOf(endpoint),
    ...(deprecated ? { deprecated: true } : {}),
    ...(severalHosts ? { servers: [{ url: `https://${endpoint.host}` }] } : {}),
    ...(security === undefined ? {} : { security }),
    ...(outside.length === 0 ? {} : { parameters: outside }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: responsesOf(endpoint),
    "x-merlon": evidenceOf(endpoint),
  };
}

function joined(known: JsonObject, endpoint: EndpointProfile): JsonObject {
  const before = (known["x-merlon-others"] ?? []) as readonly unknown[];
  return { ...known, "x-merlon-others": [...before, evidenceOf(endpoint)] };
}

function evidenceOf(endpoint: EndpointProfile): JsonObject {
  const { host, operation, style, lifecycle, calls, authentication } = endpoint;
  return {
    host,
    ...(operation === undefined ? {} : { operation }),
    style,
    lifecycle,
    calls,
    authentication: { confidence: authentication.confidence, counts: authentication.counts },
  };
}

/** `get_api_v1_users_userId`; unique because method, path and host are. */
function operationIdOf({ method, path, id }: EndpointProfile): string {
  const words = `${method.toLowerCase()}${path}`.replace(/[^A-Za-z0-9]+/g, "_").replace(/_$/, "");
  return `${words}_${id.slice(0, 6)}`;
}

/** Parameters by place and name, each once; those of the path are all there, as OpenAPI demands. */
function parametersOf({ path, parameters }: EndpointProfile): readonly JsonObject[] {
  const described = new Map<string, JsonObject>();
  for (const [, name = ""] of path.matchAll(/\{([^{}]+)\}/g)) {
    const schema = { type: "string" };
    described.set(`path ${name}`, { name, in: "path", required: true, schema });
  }
  for (const parameter of parameters) {
    const key = `${parameter.in} ${parameter.name}`;
    if (parameter.in === "body" || (parameter.in === "path" && !described.has(key))) continue;
    described.set(key, parameterOf(parameter));
  }
  return [...described.values()];
}

function parameterOf(parameter: Parameter): JsonObject {
  return {
    name: parameter.name,
    in: parameter.in,
    required: parameter.in === "path" ? true : parameter.required,
    schema: schemaOfType(parameter.type),
    "x-merlon": { confidence: parameter.confidence, samples: parameter.samples },
  };
}

function requestBodyOf(endpoint: EndpointProfile): JsonObject | undefined {
  const { parameters, schemas, requestMediaTypes, bodies = [] } = endpoint;
  const learned = contentOf(
    endpoint,
    bodies.filter((body) => body.in === "request"),
  );
  if (Object.keys(learned).length > 0) return { content: learned };
  const members = parameters.filter((parameter) => parameter.in === "body");
  if (schemas.request === undefined && members.length === 0) return undefined;
  const schema = shownSchema(endpoint, "request", schemas.request) ?? {
    type: "object",
    properties: Object.fromEntries(members.map(({ name, type }) => [name, schemaOfType(type)])),
    required: members.filter(({ required }) => required).map(({ name }) => name),
  };
  const types = Object.keys(requestMediaTypes);
  const names = types.length === 0 ? ["application/json"] : types;
  return { content: Object.fromEntries(names.map((type) => [type, { schema }])) };
}

function contentOf(endpoint: EndpointProfile, bodies: readonly LearnedBody[]): JsonObject {
  return Object.fromEntries(
    bodies.map(({ in: side, mediaType, schema, samples }) => [
      mediaType,
      {
        ...(schema === undefined ? {} : { schema: shownSchema(endpoint, side, schema) }),
        "x-merlon": { samples },
      },
    ]),
  );
}

function shownSchema(
  { sensitiveData }: EndpointProfile,
  side: "request" | "response",
  schema: unknown,
): unknown {
  const places = sensitiveData.filter((data) => data.in === side).map(({ name }) => name);
  return redactedSchema(schema, new Set(places));
}

function responsesOf(endpoint: EndpointProfile): JsonObject {
  const { statuses, bodies = [] } = endpoint;
  const entries = Object.entries(statuses).map(([status, count]) => {
    const learned = contentOf(
      endpoint,
      bodies.filter((body) => body.in === "response" && String(body.status) === status),
    );
    const content = Object.keys(learned).length > 0 ? learned : usualContentOf(endpoint, status);
    const hasContent = Object.keys(content).length > 0;
    return [
      status,
      { description: `Seen ${count} times.`, ...(hasContent ? { content } : {}) },
    ] as const;
  });
  return entries.length === 0
    ? { default: { description: "Never seen." } }
    : Object.fromEntries(entries);
}

/** What is known of successful answers as a whole, where nothing is known of this status alone. */
function usualContentOf(endpoint: EndpointProfile, status: string): JsonObject {
  const { responseMediaTypes, schemas } = endpoint;
  if (!status.startsWith("2") || status === "204") return {};
  const schema = shownSchema(endpoint, "response", schemas.response);
  return Object.fromEntries(
    Object.keys(responseMediaTypes).map((type) => [
      type,
      type.includes("json") && schema !== undefined ? { schema } : {},
    ]),
  );
}

const formats: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ["uuid", { type: "string", format: "uuid" }],
  ["date", { type: "string", format: "date" }],
  ["date-time", { type: "string", format: "date-time" }],
  ["email", { type: "string", format: "email" }],
  ["uri", { type: "string", format: "uri" }],
  ["ip", { type: "string", format: "ipv4" }],
  ["null", { type: "null" }],
]);

function schemaOfType(type: string): JsonObject {
  const plain = ["integer", "number", "boolean", "array", "object"];
  return formats.get(type) ?? { type: plain.includes(type) ? type : "string" };
}
