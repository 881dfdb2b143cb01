import type { RiskFactor } from "../risk-factor.ts";
import { observedFactor } from "./observed-factor.ts";

/** Every web page may call it in the name of its visitor. */
export const permissiveCors: RiskFactor = observedFactor({
  id: "permissive-cors",
  summary: "Any origin is allowed to read responses with the user's credentials.",
  remedy:
    "Compare Origin with a fixed list before echoing it, and send Access-Control-Allow-Credentials only to these.",
  references: ["API8:2023", "API7:2019", "CWE-942"],
  observation: "cors-any-origin-with-credentials",
  evidence: (seen) =>
    `${seen} were answered with Access-Control-Allow-Credentials for the origin that asked, or for all.`,
});
