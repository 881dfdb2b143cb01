import type { Authentication, CredentialCarrier } from "../model/endpoint.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** How an endpoint takes credentials, as an OpenAPI description says it. */
export interface DescribedSecurity {
  /** Security schemes by their names in the document. */
  readonly schemes: ReadonlyMap<string, JsonObject>;
  readonly security?: readonly JsonObject[];
}

/** Describes what was learned of an endpoint's authentication; says nothing where nothing is known. */
export function securityOf({ required, kinds, carriers }: Authentication): DescribedSecurity {
  const schemes = new Map<string, JsonObject>();
  const accepted = (carriers ?? []).filter(({ successWith }) => successWith > 0);
  for (const carrier of accepted) {
    for (const kind of carrier.kinds) addScheme(schemes, kind, carrier);
  }
  if (schemes.size === 0) for (const kind of kinds) addScheme(schemes, kind, undefined);
  const alternatives = [...schemes.keys()].map((name) => ({ [name]: [] }));
  if (alternatives.length === 0)
    return required === false ? { schemes, security: [] } : { schemes };
  return { schemes, security: required === false ? [...alternatives, {}] : alternatives };
}

function addScheme(
  schemes: Map<string, JsonObject>,
  kind: string,
  carrier: CredentialCarrier | undefined,
): void {
  const scheme = schemeOf(kind, carrier);
  const isNamed = scheme["type"] === "apiKey" && carrier !== undefined;
  // Keys of different names are different schemes; all bearers are one.
  schemes.set(isNamed ? `${kind}-${carrier.name.replace(/[^\w.-]/g, "_")}` : kind, scheme);
}

function schemeOf(kind: string, carrier: CredentialCarrier | undefined): JsonObject {
  const isAuthorization = carrier === undefined || carrier.name.toLowerCase() === "authorization";
  if (kind === "client-certificate") return { type: "mutualTLS" };
  if (isAuthorization) {
    if (kind === "jwt") return { type: "http", scheme: "bearer", bearerFormat: "JWT" };
    if (httpSchemes.has(kind)) return { type: "http", scheme: kind };
  }
  const place = carrier === undefined || carrier.in === "connection" ? undefined : carrier.in;
  const fallback = kind === "session-cookie" ? "cookie" : "header";
  const name = carrier?.name ?? usualNames.get(kind) ?? "Authorization";
  return { type: "apiKey", in: place ?? fallback, name };
}

const httpSchemes: ReadonlySet<string> = new Set(["bearer", "basic", "digest", "negotiate"]);

const usualNames: ReadonlyMap<string, string> = new Map([
  ["api-key", "X-API-Key"],
  ["session-cookie", "session"],
]);
