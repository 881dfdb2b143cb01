import type { Mode } from "../model/decision.ts";
import type { RequestHead } from "../model/exchange.ts";
import { createEndpointMatcher, type EndpointMatcher } from "./endpoint-matcher.ts";
import { type EndpointPattern, isHostMatch, tryParseEndpointPattern } from "./endpoint-pattern.ts";
import { matchingSegmentsOf } from "./matching-path.ts";
import type { ApiPolicy, EndpointPolicy, Policy, PolicyException } from "./policy.ts";
import type { Protection } from "./protection.ts";

/** One protection with the mode it has for an endpoint. */
export interface Step {
  readonly protection: Protection;
  readonly mode: Exclude<Mode, "off">;
}

/** What runs for a request, in order, by phase; compiled once for all requests it applies to. */
export interface Plan {
  readonly requestHeaders: readonly Step[];
  readonly requestBody: readonly Step[];
  readonly responseHeaders: readonly Step[];
  readonly responseBody: readonly Step[];
  /** Exceptions that may apply to the request, as far as its endpoint decides. */
  readonly exceptions: readonly PolicyException[];
}

export interface Planner {
  planFor(head: Pick<RequestHead, "method" | "authority" | "path">): Plan;
}

/** Distinct combinations of rules are as many as the policy makes; this only caps the odd case. */
const PLANS_MAX = 1_024;

/** Compiles a policy; a lookup is one walk through a trie, or nothing when no rule names a place. */
export function createPlanner(policy: Policy, protections: readonly Protection[]): Planner {
  const rules = createRuleBook(policy);
  const whole = compilePlan(policy, protections, noRules);
  if (rules === undefined) return { planFor: () => whole };

  const plans = new Map<string, Plan>();
  return {
    planFor(head) {
      const found = rules.find(head);
      if (found.key === "") return whole;
      const known = plans.get(found.key);
      if (known !== undefined) return known;
      const plan = compilePlan(policy, protections, found);
      if (plans.size >= PLANS_MAX) plans.clear();
      plans.set(found.key, plan);
      return plan;
    },
  };
}

interface FoundRules {
  /** Names the combination; empty when no rule applies. */
  readonly key: string;
  readonly endpoints: readonly EndpointPolicy[];
  readonly apis: readonly ApiPolicy[];
  readonly exceptions: readonly PolicyException[];
}

const noRules: FoundRules = { key: "", endpoints: [], apis: [], exceptions: [] };

interface RuleBook {
  find(head: Pick<RequestHead, "method" | "authority" | "path">): FoundRules;
}

type EndpointRule =
  | { readonly index: number; readonly endpoint: EndpointPolicy }
  | { readonly index: number; readonly exception: PolicyException };

function createRuleBook(policy: Policy): RuleBook | undefined {
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

function compilePlan(policy: Policy, protections: readonly Protection[], rules: FoundRules): Plan {
  const steps = protections.flatMap((protection): readonly Step[] => {
    const mode = modeOf(policy, protection.id, rules);
    return mode === "off" ? [] : [{ protection, mode }];
  });
  const global = policy.exceptions.filter(({ endpoint }) => endpoint === undefined);
  return {
    requestHeaders: steps.filter(({ protection }) => protection.onRequestHeaders !== undefined),
    requestBody: steps.filter(({ protection }) => protection.onRequestBody !== undefined),
    responseHeaders: steps.filter(({ protection }) => protection.onResponseHeaders !== undefined),
    responseBody: steps.filter(({ protection }) => protection.onResponseBody !== undefined),
    exceptions: [...rules.exceptions, ...global],
  };
}

function modeOf(policy: Policy, protection: string, rules: FoundRules): Mode {
  for (const place of [...rules.endpoints, ...rules.apis]) {
    const mode = place.protections?.[protection]?.mode ?? place.mode;
    if (mode !== undefined) return mode;
  }
  return policy.protections[protection]?.mode ?? policy.mode;
}
