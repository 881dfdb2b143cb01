import type { RiskFactor } from "../risk-factor.ts";
import { observedFactor } from "./observed-factor.ts";

/** Errors tell how the service is built. */
export const verboseErrors: RiskFactor = observedFactor({
  id: "verbose-errors",
  summary: "Responses show stack traces.",
  remedy:
    "Answer errors with a fixed text and an id, keep the stack trace in the log, and turn debug mode off.",
  references: ["API8:2023", "API7:2019", "CWE-209"],
  observation: "stack-trace",
  evidence: (seen) => `${seen} were answered with a stack trace.`,
});
