import { Problem } from "./problem.ts";
import type { Route } from "./route.ts";

export interface FoundRoute {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The route of a method and path; a Problem (404, or 405 with `allow`) when there is none. */
export function findRoute(routes: readonly Route[], method: string, path: string): FoundRoute {
  const allowed: string[] = [];
  const segments = path.split("/");
  for (const route of routes) {
    const parameters = parametersOf(route.path.split("/"), segments);
    if (parameters === undefined) continue;
    if (route.method === method) return { route, parameters };
    allowed.push(route.method);
  }
  if (allowed.length === 0) throw new Problem(404, "There is no such resource.");
  throw new Problem(405, "The resource has no such method.", { allow: allowed.join(", ") });
}

function parametersOf(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (!expected.startsWith(":")) {
      if (segment !== expected) return undefined;
      continue;
    }
    const value = tryDecode(segment);
    if (value === undefined || value === "") return undefined;
    parameters[expected.slice(1)] = value;
  }
  return parameters;
}

function tryDecode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
