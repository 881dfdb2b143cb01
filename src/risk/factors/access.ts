import type { EndpointProfile } from "../../model/endpoint.ts";
import type { Surroundings } from "../surroundings.ts";
import { sensitiveFindingOf } from "./sensitive-classes.ts";

/** Whether the endpoint answers without credentials, and how sure that is. */
export function answersWithoutCredentials({ authentication }: EndpointProfile): boolean {
  return authentication.required === false && authentication.counts.successWithout > 0;
}

const credentialSegments: ReadonlySet<string> = new Set(
  `login signin sign-in logout token tokens oauth authorize register signup sign-up refresh
  password-reset forgot-password reset-password verify session sessions`.split(/\s+/),
);
const publicSegments: ReadonlySet<string> = new Set(
  `health healthz healthcheck ready readyz live livez ping status favicon.ico robots.txt
  openapi.json openapi.yaml`.split(/\s+/),
);

/** Whether the endpoint takes a password or hands out a token because that is what it is for. */
export function dealsInCredentials({ path, method }: EndpointProfile): boolean {
  return method === "POST" && credentialSegments.has(lastSegmentOf(path));
}

function lastSegmentOf(path: string): string {
  return path.toLowerCase().slice(path.lastIndexOf("/") + 1);
}

/** Endpoints that must answer without credentials, because credentials come from them. */
export function isPublicByNature(profile: EndpointProfile): boolean {
  const { path, method } = profile;
  if (method === "OPTIONS" || path.includes("/.well-known/")) return true;
  // `/orders/{orderId}/status` is about an order.
  if (path.includes("{")) return false;
  return dealsInCredentials(profile) || publicSegments.has(lastSegmentOf(path));
}

/** Severity of data from which no specification makes it public. */
const privateSeverityMin = 0.4;

/** Whether the specification says that nobody needs credentials, and no answer contradicts it. */
export function isPublicOnPurpose(profile: EndpointProfile, surroundings: Surroundings): boolean {
  if (surroundings.documented(profile)?.operation.secured !== false) return false;
  const answers = profile.sensitiveData.filter((place) => place.in === "response");
  return (sensitiveFindingOf(answers)?.strength ?? 0) < privateSeverityMin;
}

const unsafeMethods: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** Whether a call is meant to change something; every GraphQL and SOAP call is a POST. */
export function changesState({ method, style, operation }: EndpointProfile): boolean {
  if (style === "graphql") return operation?.startsWith("mutation") === true;
  if (style === "soap" || style === "json-rpc") return !readsOnly.test(operation ?? "");
  return unsafeMethods.has(method);
}

const readsOnly = /^(?:get|list|find|search|query|read|fetch|lookup|is|has|check|track)/i;

/** The parameters that choose an object: `{orderId}` in a path, `?product_id=`. */
export function identifiersOf({ parameters }: EndpointProfile): EndpointProfile["parameters"] {
  return parameters.filter(
    ({ in: place, name, type }) =>
      (place === "path" && type !== "string") ||
      ((place === "path" || place === "query") && /(?:^|[_.-])id$|[a-z]Id$|uuid$|guid$/.test(name)),
  );
}
