import { stringify } from "yaml";
import type { EndpointProfile, Parameter } from "../model/endpoint.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** Writes endpoints as an OpenAPI 3.1 document; counts and confidence stand in `x-merlon`. */
export function toOpenApi(
  endpoints: Iterable<EndpointProfile>,
  info: { readonly title?: string; readonly version?: string } = {},
): JsonObject {
  const all = [...endpoints].filter(({ path }) => path.startsWith("/"));
  const hosts = [...new Set(all.map(({ host }) => host))].sort();
  const kinds = [...new Set(all.flatMap(({ authentication }) => authentication.kinds))].sort();
  return {
    openapi: "3.1.0",
    info: { title: info.title ?? hosts[0] ?? "Discovered API", version: info.version ?? "0.0.0" },
    servers: hosts.map((host) => ({ url: `https://${host}` })),
    paths: pathsOf(all, hosts.length > 1),
    ...(kinds.length === 0
      ? {}
      : {
          components: {
            securitySchemes: Object.fromEntries(
              kinds.map((kind) => [kind, securitySchemeOf(kind)]),
            ),
          },
        }),
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
    const method = endpoint.method.toLowerCase();
    const known = item[method] as JsonObject | undefined;
    // Operations behind one path (GraphQL fields, SOAP elements, hosts) share its entry.
    item[method] =
      known === undefined ? operationOf(endpoint, severalHosts) : joined(known, endpoint);
  }
  return paths;
}

function operationOf(endpoint: EndpointProfile, severalHosts: boolean): JsonObject {
  const { parameters, schemas, authentication, deprecated } = endpoint;
  const outside = parameters.filter((parameter) => parameter.in !== "body");
  const body = requestBodyOf(endpoint);
  return {
    operationId: operationIdOf(endpoint),
    ...(deprecated ? { deprecated: true } : {}),
    ...(severalHosts ? { servers: [{ url: `https://${endpoint.host}` }] } : {}),
    ...securityOf(authentication),
    ...(outside.length === 0 ? {} : { parameters: outside.map(parameterOf) }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: responsesOf(endpoint, schemas.response),
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

function securityOf({ required, kinds }: EndpointProfile["authentication"]): JsonObject {
  if (kinds.length === 0) return required === false ? { security: [] } : {};
  const schemes: JsonObject[] = kinds.map((kind) => ({ [kind]: [] }));
  return { security: required === false ? [...schemes, {}] : schemes };
}

function securitySchemeOf(kind: string): JsonObject {
  switch (kind) {
    case "jwt":
      return { type: "http", scheme: "bearer", bearerFormat: "JWT" };
    case "bearer":
    case "basic":
    case "digest":
    case "negotiate":
      return { type: "http", scheme: kind };
    case "session-cookie":
      return { type: "apiKey", in: "cookie", name: "session" };
    case "client-certificate":
      return { type: "mutualTLS" };
    default:
      return {
        type: "apiKey",
        in: "header",
        name: kind === "api-key" ? "X-API-Key" : "Authorization",
      };
  }
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

function requestBodyOf({
  parameters,
  schemas,
  requestMediaTypes,
}: EndpointProfile): JsonObject | undefined {
  const members = parameters.filter((parameter) => parameter.in === "body");
  if (schemas.request === undefined && members.length === 0) return undefined;
  const schema = schemas.request ?? {
    type: "object",
    properties: Object.fromEntries(members.map(({ name, type }) => [name, schemaOfType(type)])),
    required: members.filter(({ required }) => required).map(({ name }) => name),
  };
  const types = Object.keys(requestMediaTypes);
  const names = types.length === 0 ? ["application/json"] : types;
  return { content: Object.fromEntries(names.map((type) => [type, { schema }])) };
}

function responsesOf(
  { statuses, responseMediaTypes }: EndpointProfile,
  schema: unknown,
): JsonObject {
  const types = Object.keys(responseMediaTypes);
  const entries = Object.entries(statuses).map(([status, count]) => {
    const hasBody = Number(status) >= 200 && Number(status) < 300 && types.length > 0;
    const content = Object.fromEntries(
      types.map((type) => [type, type.includes("json") && schema !== undefined ? { schema } : {}]),
    );
    return [
      status,
      { description: `Seen ${count} times.`, ...(hasBody ? { content } : {}) },
    ] as const;
  });
  return entries.length === 0
    ? { default: { description: "Never seen." } }
    : Object.fromEntries(entries);
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
