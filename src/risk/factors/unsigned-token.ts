import type { RiskFactor } from "../risk-factor.ts";
import { answersWithoutCredentials } from "./access.ts";
import { observedFactor } from "./observed-factor.ts";

/** Anybody can write such a token. */
export const unsignedToken: RiskFactor = observedFactor({
  id: "unsigned-token",
  summary: "Unsigned tokens (alg: none) are accepted.",
  remedy:
    "Accept only the signature algorithms that your issuer uses, and refuse every other token with 401.",
  references: ["API2:2023", "API2:2019", "CWE-347"],
  observation: "unsigned-token-accepted",
  // Where nothing is asked for, nothing that is sent gets verified.
  strength: (profile) => (answersWithoutCredentials(profile) ? 0.2 : 1),
  evidence: (seen) => `${seen} succeeded with a JWT that names no signature algorithm.`,
});
