import type { RequestHead } from "../model/exchange.ts";
import { createEndpointMatcher, type EndpointMatcher } from "./endpoint-matcher.ts";
import { type EndpointPattern, isHostMatch, tryParseEndpointPattern } from "./endpoint-pattern.ts";
import { matchingSegmentsOf } from "./matching-path.ts";
import type { ApiPolicy, EndpointPolicy, Policy, PolicyException } from "./policy.ts";

/** What a policy says about the place of one request. */
export interface FoundRules {
  /** Names the combination; empty when no rule applies. */
  readonly key: string;
  readonly endpoints: readonly EndpointPolicy[];
  readonly apis: readonly ApiPolicy[];
  readonly exceptions: readonly PolicyException[];
}

/** For a place about which nothing in particular is said. */
export const noRules: FoundRules = { key: "", endpoints: [], apis: [], exceptions: [] };

/** The places that a policy names. */
export interface RuleBook {
  find(head: Pick<RequestHead, "method" | "authority" | "path">): FoundRules;
}

type EndpointRule =
  | { readonly index: number; readonly endpoint: EndpointPolicy }
  | { readonly index: number; readonly exception: PolicyException };

/** Compiles the places of a policy; undefined when it names none. */
export function createRuleBook(policy: Policy): RuleBook | undefined {
  const endpointRules = endpointRulesOf(policy);
  if (endpointRules.length === 0 && policy.apis.length === 0) return undefined;

  const matcher: EndpointMatcher<EndpointRule> = createEndpointMatcher(endpointRules);
  const apis = policy.apis
    .map((api, index) => ({
      api,
      index,
      host: api.host?.toLowerCase() ?? "*",
      segments: matchingSegmentsOf(api.pathPrefix ?? "/"),
    }))
    .sort(
      (a, b) =>
        b.segments.length - a.segments.length || Number(a.host === "*") - Number(b.host === "*"),
    );

  return {
    find({ method, authority, path }) {
      const host = authority.toLowerCase();
      const segments = matchingSegmentsOf(path);
      const matched = matcher.match(method.toUpperCase(), host, segments);
      const matchedApis = apis.filter(
        (api) => isHostMatch(api.host, host) && isPrefix(api.segments, segments),
      );
      const key = [
        ...matched.map(({ index }) => index),
        ...matchedApis.map(({ index }) => `api${index}`),
      ].join(",");
      return {
        key,
        endpoints: matched.flatMap((rule) => ("endpoint" in rule ? [rule.endpoint] : [])),
        apis: matchedApis.map(({ api }) => api),
        exceptions: matched.flatMap((rule) => ("exception" in rule ? [rule.exception] : [])),
      };
    },
  };
}

function endpointRulesOf(
  policy: Policy,
): { readonly pattern: EndpointPattern; readonly entry: EndpointRule }[] {
  const named: { readonly key: string | undefined; readonly rule: EndpointRule }[] = [
    ...policy.endpoints.map((endpoint, index) => ({
      key: endpoint.endpoint,
      rule: { index, endpoint },
    })),
    ...policy.exceptions.map((exception, index) => ({
      key: exception.endpoint,
      rule: { index: policy.endpoints.length + index, exception },
    })),
  ];
  return named.flatMap(({ key, rule }) => {
    const pattern = key === undefined ? undefined : tryParseEndpointPattern(key);
    return pattern === undefined ? [] : [{ pattern, entry: rule }];
  });
}

function isPrefix(prefix: readonly string[], segments: readonly string[]): boolean {
  return prefix.every((segment, index) => segments[index] === segment);
}
