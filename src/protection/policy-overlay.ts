import type { Mode } from "../model/decision.ts";
import { MerlonError } from "../model/merlon-error.ts";
import { tryParseEndpointPattern } from "./endpoint-pattern.ts";
import type { EndpointPolicy, Policy, PolicyException, PolicyOverlay } from "./policy.ts";

/** What an installation starts with: nothing changed. */
export const emptyOverlay: PolicyOverlay = { protections: {}, endpoints: [], exceptions: [] };

/** The file's policy with what people changed at run time laid over it. */
export function applyOverlay(policy: Policy, overlay: PolicyOverlay): Policy {
  const protections = { ...policy.protections };
  for (const [id, { mode }] of Object.entries(overlay.protections)) {
    protections[id] = { ...protections[id], mode };
  }
  return {
    ...policy,
    mode: overlay.mode ?? policy.mode,
    protections,
    endpoints: overlay.endpoints.reduce(withEndpoint, policy.endpoints),
    exceptions: [...policy.exceptions, ...overlay.exceptions],
  };
}

/** Where a mode is set; missing both means everything. */
export interface ModeScope {
  readonly protection?: string;
  /** Endpoint key without an operation. */
  readonly endpoint?: string;
}

/** Sets the mode of everything, of one protection, of one endpoint, or of one protection there. */
export function withMode(overlay: PolicyOverlay, mode: Mode, scope: ModeScope = {}): PolicyOverlay {
  const { protection, endpoint } = scope;
  if (endpoint !== undefined) {
    requireEndpointKey(endpoint);
    const change: EndpointPolicy =
      protection === undefined
        ? { endpoint, mode }
        : { endpoint, protections: { [protection]: { mode } } };
    return { ...overlay, endpoints: withEndpoint(overlay.endpoints, change) };
  }
  if (protection === undefined) return { ...overlay, mode };
  return { ...overlay, protections: { ...overlay.protections, [protection]: { mode } } };
}

/** Adds an exception; one with the same id is replaced. */
export function withException(overlay: PolicyOverlay, exception: PolicyException): PolicyOverlay {
  if (exception.endpoint !== undefined) requireEndpointKey(exception.endpoint);
  const others = overlay.exceptions.filter(({ id }) => id !== exception.id);
  return { ...overlay, exceptions: [...others, exception] };
}

/** Removes an exception; the file's own are not in the overlay and stay. */
export function withoutException(overlay: PolicyOverlay, id: string): PolicyOverlay {
  return { ...overlay, exceptions: overlay.exceptions.filter((exception) => exception.id !== id) };
}

function withEndpoint(
  endpoints: readonly EndpointPolicy[],
  change: EndpointPolicy,
): readonly EndpointPolicy[] {
  const known = endpoints.find(({ endpoint }) => endpoint === change.endpoint);
  if (known === undefined) return [...endpoints, change];
  const merged: EndpointPolicy = {
    ...known,
    ...change,
    protections: { ...known.protections, ...change.protections },
  };
  return endpoints.map((entry) => (entry === known ? merged : entry));
}

function requireEndpointKey(key: string): void {
  if (tryParseEndpointPattern(key) !== undefined) return;
  throw new MerlonError("ERR_USAGE", `Not an endpoint that a policy can name: ${key}`, {
    fix: "Write it as `METHOD host/path`, such as `GET shop.example/products/{id}`, without an operation.",
  });
}
