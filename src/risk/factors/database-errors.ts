import type { RiskFactor } from "../risk-factor.ts";
import { observedFactor } from "./observed-factor.ts";

/** What clients send reaches the database as part of its language. */
export const databaseErrors: RiskFactor = observedFactor({
  id: "database-errors",
  summary: "Responses show errors of the database.",
  remedy:
    "Bind values as parameters instead of joining them into SQL, and answer errors with a fixed text.",
  references: ["API8:2023", "API8:2019", "CWE-89", "CWE-209"],
  observation: "sql-error",
  evidence: (seen) => `${seen} were answered with an error text of a database driver.`,
});
