import type { Mode } from "../model/decision.ts";
import type { RequestHead } from "../model/exchange.ts";
import { modeUnder } from "./effective-mode.ts";
import type { Policy, PolicyException } from "./policy.ts";
import type { Protection } from "./protection.ts";
import { createRuleBook, type FoundRules, noRules } from "./rule-book.ts";

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
  readonly close: readonly Step[];
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

function compilePlan(policy: Policy, protections: readonly Protection[], rules: FoundRules): Plan {
  const steps = protections.flatMap((protection): readonly Step[] => {
    const mode = modeUnder(policy, rules, protection.id);
    return mode === "off" ? [] : [{ protection, mode }];
  });
  const global = policy.exceptions.filter(({ endpoint }) => endpoint === undefined);
  return {
    requestHeaders: steps.filter(({ protection }) => protection.onRequestHeaders !== undefined),
    requestBody: steps.filter(({ protection }) => protection.onRequestBody !== undefined),
    responseHeaders: steps.filter(({ protection }) => protection.onResponseHeaders !== undefined),
    responseBody: steps.filter(({ protection }) => protection.onResponseBody !== undefined),
    close: steps.filter(({ protection }) => protection.onClose !== undefined),
    exceptions: [...rules.exceptions, ...global],
  };
}
