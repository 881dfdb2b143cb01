/** What decides which upstream serves a request. */
export interface RouteRule {
  readonly hosts: readonly string[];
  readonly pathPrefix: string;
}

export type FindRoute<Target> = (authority: string, path: string) => Target | undefined;

interface Candidate<Target> {
  readonly host: string | undefined;
  readonly pathPrefix: string;
  readonly target: Target;
}

/** Finds by host (exact before wildcard before any), then by the longest path prefix. */
export function createRoutes<Target>(
  rules: readonly { readonly rule: RouteRule; readonly target: Target }[],
): FindRoute<Target> {
  const candidates = rules
    .flatMap(({ rule, target }): Candidate<Target>[] => {
      const hosts = rule.hosts.length === 0 ? [undefined] : rule.hosts;
      return hosts.map((host) => ({
        host: host?.toLowerCase(),
        pathPrefix: rule.pathPrefix,
        target,
      }));
    })
    .sort((a, b) => rankOf(b) - rankOf(a) || b.pathPrefix.length - a.pathPrefix.length);
  const [only] = candidates;
  if (candidates.length === 1 && only?.host === undefined && only?.pathPrefix === "/") {
    return () => only.target;
  }
  return (authority, path) => {
    const host = authority.toLowerCase();
    return candidates.find(
      (candidate) => isHostOf(candidate, host) && isBelow(path, candidate.pathPrefix),
    )?.target;
  };
}

function rankOf({ host }: Candidate<unknown>): number {
  if (host === undefined) return 0;
  // A longer wildcard is the more specific one.
  return host.startsWith("*.") ? host.length : 1_000 + host.length;
}

function isHostOf({ host }: Candidate<unknown>, asked: string): boolean {
  if (host === undefined) return true;
  const name = /:[0-9]+$/.test(host) ? asked : asked.replace(/:[0-9]+$/, "");
  return host.startsWith("*.") ? name.endsWith(host.slice(1)) : name === host;
}

function isBelow(path: string, prefix: string): boolean {
  if (prefix === "/") return true;
  const base = prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
  return path.startsWith(base) && (path.length === base.length || path[base.length] === "/");
}
