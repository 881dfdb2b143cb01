/** An endpoint as policy names it: `GET shop.example/products/{productId}`; `*` is any method or host. */
export interface EndpointPattern {
  readonly method: string;
  readonly host: string;
  readonly segments: readonly string[];
}

/**
 * Reads an endpoint key. Undefined when it is none, or when it names an operation inside the
 * endpoint (a GraphQL field): which one a request calls is not known before its body is read.
 */
export function tryParseEndpointPattern(key: string): EndpointPattern | undefined {
  const parts = key.trim().split(" ");
  const [method, location] = parts;
  if (parts.length !== 2 || method === undefined || location === undefined) return undefined;
  const slash = location.indexOf("/");
  if (method === "" || slash <= 0) return undefined;
  return {
    method: method.toUpperCase(),
    host: location.slice(0, slash).toLowerCase(),
    segments: location
      .slice(slash)
      .split("/")
      .filter((segment) => segment !== ""),
  };
}

/** The key without a GraphQL or SOAP operation: what a policy can be scoped to. */
export function endpointKeyWithoutOperation(key: string): string {
  return key.split(" ", 2).join(" ");
}

/**
 * Whether a policy's host names the authority (both in lower case). Without a port it stands for
 * every port; `*.shop.example` for every name below it; `*` for all.
 */
export function isHostMatch(host: string, authority: string): boolean {
  if (host === "*" || host === authority) return true;
  if (host.startsWith("*.")) return withoutPort(authority, host).endsWith(host.slice(1));
  return withoutPort(authority, host) === host;
}

/** The authority without its port, unless the policy's host names one too. */
function withoutPort(authority: string, host: string): string {
  const colon = authority.lastIndexOf(":");
  // An IPv6 address has colons of its own, within brackets.
  if (colon < 0 || authority.endsWith("]") || /:\d+$/.test(host)) return authority;
  return authority.slice(0, colon);
}
