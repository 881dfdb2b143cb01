import type { RiskFactor } from "../risk-factor.ts";
import { observedFactor } from "./observed-factor.ts";

/** One call fetches everything. */
export const largeUnpagedList: RiskFactor = observedFactor({
  id: "large-unpaged-list",
  summary: "Long lists are returned whole.",
  remedy: "Return lists in pages with a maximum size that the caller cannot raise.",
  references: ["API4:2023", "API4:2019", "CWE-770"],
  observation: "large-unpaged-list",
  evidence: (seen) => `${seen} returned a list of 100 entries or more without a page parameter.`,
});
