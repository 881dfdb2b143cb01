import type { RiskFactor } from "../risk-factor.ts";
import { observedFactor } from "./observed-factor.ts";

/** Somebody presents tokens that nobody signed. */
export const unsignedToken: RiskFactor = observedFactor({
  id: "unsigned-token",
  summary: "JSON Web Tokens with the algorithm none were sent.",
  remedy:
    "Accept only the signature algorithms you issue, and refuse tokens with alg none; find the client that sends them.",
  references: ["API2:2023", "API2:2019", "CWE-347"],
  observation: "jwt-alg-none",
  evidence: (seen) => `${seen} carried a JSON Web Token whose header says alg none.`,
});
