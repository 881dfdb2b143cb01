import type { RiskFactor } from "../risk-factor.ts";
import { observedFactor } from "./observed-factor.ts";

/** Objects can be read one after the other by counting. */
export const guessableIdentifiers: RiskFactor = observedFactor({
  id: "guessable-identifiers",
  summary: "Identifiers in the path are small, consecutive numbers.",
  remedy:
    "Use random identifiers (UUID version 4 or longer) in paths, or check ownership on each access and limit the rate of misses.",
  references: ["API1:2023", "API1:2019", "CWE-340"],
  observation: "sequential-identifiers",
  evidence: (seen) => `${seen} named the object by a small whole number.`,
});
