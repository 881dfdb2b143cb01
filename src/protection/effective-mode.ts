import type { Mode } from "../model/decision.ts";
import { endpointKeyWithoutOperation, tryParseEndpointPattern } from "./endpoint-pattern.ts";
import type { Policy } from "./policy.ts";
import type { ModeScope } from "./policy-overlay.ts";
import { createRuleBook, type FoundRules, noRules } from "./rule-book.ts";

/** The mode in force for everything, for one protection, for one endpoint, or for one protection there. */
export function modeOf(policy: Policy, scope: ModeScope = {}): Mode {
  return modeUnder(policy, rulesFor(policy, scope.endpoint), scope.protection);
}

/** The most specific setting wins; see `Policy`. */
export function modeUnder(policy: Policy, rules: FoundRules, protection?: string): Mode {
  for (const place of [...rules.endpoints, ...rules.apis]) {
    const own = protection === undefined ? undefined : place.protections?.[protection]?.mode;
    const mode = own ?? place.mode;
    if (mode !== undefined) return mode;
  }
  const own = protection === undefined ? undefined : policy.protections[protection]?.mode;
  return own ?? policy.mode;
}

/** A template is a path like any other here: its own parameters stand where a value would. */
function rulesFor(policy: Policy, endpoint: string | undefined): FoundRules {
  const pattern =
    endpoint === undefined
      ? undefined
      : tryParseEndpointPattern(endpointKeyWithoutOperation(endpoint));
  if (pattern === undefined) return noRules;
  const { method, host, segments } = pattern;
  const head = { method, authority: host, path: `/${segments.join("/")}` };
  return createRuleBook(policy)?.find(head) ?? noRules;
}
