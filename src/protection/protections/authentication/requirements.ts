import { headerOf, type RequestHead } from "../../../model/exchange.ts";
import { createEndpointMatcher } from "../../endpoint-matcher.ts";
import { isHostMatch, tryParseEndpointPattern } from "../../endpoint-pattern.ts";
import { matchingSegmentsOf } from "../../matching-path.ts";
import type { AuthenticationOptions, RequirementOptions } from "../authentication-options.ts";

/** What a place asks of its callers. */
export interface Requirement {
  /** Nothing is asked and nothing is checked. */
  readonly isNone: boolean;
  /** A caller without credentials may pass; one with wrong credentials may not. */
  readonly isOptional: boolean;
  /** Kinds of credential and names of verifiers; empty: any. */
  readonly schemes: ReadonlySet<string>;
  readonly scopes: readonly string[];
}

export type RequirementLookup = (request: RequestHead) => Requirement;

/** Compiles the rules; `byDefault` is what holds where nothing is said. */
export function createRequirementLookup(
  options: AuthenticationOptions,
  byDefault: readonly string[],
): RequirementLookup {
  const otherwise = requirementOf({
    require: options.require ?? byDefault,
    scopes: options.scopes,
  });
  const matcher = createEndpointMatcher(
    options.rules.flatMap(({ endpoints, ...rule }) =>
      endpoints.flatMap((key) => {
        const pattern = tryParseEndpointPattern(key);
        return pattern === undefined ? [] : [{ pattern, entry: requirementOf(rule) }];
      }),
    ),
  );
  const areas = areasOf(options);
  const find = ({ method, authority, path }: RequestHead): Requirement => {
    const host = authority.toLowerCase();
    const segments = matchingSegmentsOf(path);
    const [endpoint] = matcher.match(method.toUpperCase(), host, segments);
    if (endpoint !== undefined) return endpoint;
    const area = areas.find(
      (candidate) =>
        isHostMatch(candidate.host, host) &&
        candidate.segments.every((segment, index) => segments[index] === segment),
    );
    return area?.requirement ?? otherwise;
  };
  return (request) => {
    if (options.preflight === "allow" && isPreflight(request)) return nothing;
    const found = options.rules.length === 0 ? otherwise : find(request);
    // An upstream may read an odd spelling as another place, which must not be open because of it.
    return found.isNone && !otherwise.isNone && !isPlainPath(request.path) ? otherwise : found;
  };
}

const nothing: Requirement = {
  isNone: true,
  isOptional: false,
  schemes: new Set(),
  scopes: [],
};

function requirementOf({ require, scopes }: RequirementOptions): Requirement {
  if (require.length === 0) return nothing;
  const schemes = require.filter((word) => word !== "any" && word !== "optional");
  return {
    isNone: false,
    isOptional: require.includes("optional"),
    schemes: new Set(require.includes("any") ? [] : schemes),
    scopes,
  };
}

interface Area {
  readonly host: string;
  readonly segments: readonly string[];
  readonly requirement: Requirement;
}

/** The longest path first, then a named host before any. */
function areasOf({ rules }: AuthenticationOptions): readonly Area[] {
  return rules
    .filter(({ endpoints }) => endpoints.length === 0)
    .map(({ host, pathPrefix, ...rule }) => ({
      host: host?.toLowerCase() ?? "*",
      segments: matchingSegmentsOf(pathPrefix ?? "/"),
      requirement: requirementOf(rule),
    }))
    .sort(
      (a, b) =>
        b.segments.length - a.segments.length || Number(a.host === "*") - Number(b.host === "*"),
    );
}

/** What browsers send before the request proper (Fetch, 4.8), and nothing else. */
function isPreflight({ method, headers }: RequestHead): boolean {
  return (
    method === "OPTIONS" &&
    headerOf(headers, "origin") !== undefined &&
    headerOf(headers, "access-control-request-method") !== undefined
  );
}

/** One spelling that everybody reads alike: no escapes, dot segments, parameters, doubled slashes. */
function isPlainPath(path: string): boolean {
  return !/[%\\;]|\/[./]|\/\/|^[^/]/.test(path);
}
