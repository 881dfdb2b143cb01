import { isIP } from "node:net";
import { Problem } from "./problem.ts";

export interface OriginFacts {
  readonly host: string | undefined;
  readonly encrypted: boolean;
  /** The address of ours that the connection came in on. */
  readonly localAddress: string | undefined;
}

/**
 * The origin under which the browser asked, such as `http://localhost:9090`. Refuses a Host that
 * is neither loopback, nor the very address of the connection, nor configured: a web page that
 * points its own name at this machine (DNS rebinding) comes with its own name as Host.
 */
export function requestOriginOf(facts: OriginFacts, origins: readonly string[]): string {
  const url = tryParseHost(facts.host);
  if (url === undefined) throw new Problem(400, "The Host header is missing or malformed.");

  const configured = origins.find((origin) => new URL(origin).host === url.host);
  if (configured !== undefined) return new URL(configured).origin;
  if (isLoopback(url.hostname) || isAddress(url.hostname, facts.localAddress)) {
    return `${facts.encrypted ? "https" : "http"}://${url.host}`;
  }
  throw new Problem(
    421,
    "The console does not answer under this host name. Add its origin to the console's configuration.",
  );
}

/** Refuses a request that changes something and was not sent by a page of the console. */
export function requireSameOrigin(
  origin: string,
  headers: { readonly origin?: string | undefined; readonly site?: string | undefined },
): void {
  // Every browser sends Origin with these methods; what has neither header is not a browser.
  const foreignOrigin = headers.origin !== undefined && headers.origin !== origin;
  const foreignSite =
    headers.site !== undefined && headers.site !== "same-origin" && headers.site !== "none";
  if (foreignOrigin || foreignSite) {
    throw new Problem(403, "The request came from another site.");
  }
}

function tryParseHost(host: string | undefined): URL | undefined {
  if (host === undefined || !/^[a-z0-9.:[\]_-]{1,255}$/i.test(host)) return undefined;
  const url = URL.parse(`http://${host}`);
  return url ?? undefined;
}

/** Whether the name can only mean this very machine. */
function isLoopback(hostname: string): boolean {
  if (hostname === "localhost" || hostname === "[::1]") return true;
  return isIP(hostname) === 4 && hostname.startsWith("127.");
}

function isAddress(hostname: string, localAddress: string | undefined): boolean {
  if (localAddress === undefined) return false;
  const address = localAddress.startsWith("::ffff:") ? localAddress.slice(7) : localAddress;
  return hostname === (isIP(address) === 6 ? `[${address}]` : address);
}
