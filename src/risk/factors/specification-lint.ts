import type { RiskPart } from "../../model/endpoint.ts";
import type { LintResult } from "../lint/lint-result.ts";
import { isCertain } from "../lint/lint-weight.ts";
import type { RiskFactor } from "../risk-factor.ts";
import { counted } from "./counting.ts";

const remedy =
  "Change the specification as the rule says, and the service with it: what it describes is what gateways and generated code enforce.";
const rulesForFullStrength = 12;

/** The contract itself allows what it should forbid. */
export const specificationLint: RiskFactor = {
  id: "specification-lint",
  summary: "The specification of the endpoint breaks OWASP rules.",
  remedy,
  references: ["API8:2023", "API7:2019", "CWE-1059"],

  assess(profile, surroundings) {
    const results = surroundings.lint(profile);
    if (results.length === 0) return undefined;
    const total = results.reduce((sum, { count }) => sum + count, 0);
    return {
      strength: Math.min(1, results.length / rulesForFullStrength),
      confidence: results.some(({ rule }) => isCertain(rule)) ? 0.9 : 0.6,
      seen: total,
      evidence: `${counted(results.length, "rule")} broken in ${counted(total, "place")}: ${results.map(({ rule }) => rule).join(", ")}.`,
      parts: results.map(partOf),
    };
  },
};

/** A broken rule as a finding of its own. */
function partOf({ rule, message, source, pointer, count }: LintResult): RiskPart {
  return {
    id: rule,
    title: message,
    evidence: `${rule} at ${source}#${pointer}${count > 1 ? ` and ${count - 1} more places of the operation` : ""}.`,
    remedy,
    references: referencesOf(rule),
  };
}

/** `owasp:api4:2023-rate-limit` → `API4:2023`. */
function referencesOf(rule: string): readonly string[] {
  const item = /^owasp:api(\d+):(\d{4})/.exec(rule);
  return item === null ? [] : [`API${item[1]}:${item[2]}`];
}
