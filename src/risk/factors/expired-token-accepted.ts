import type { RiskFactor } from "../risk-factor.ts";
import { answersWithoutCredentials } from "./access.ts";
import { observedFactor } from "./observed-factor.ts";

/** The service does not look at what the token says. */
export const expiredTokenAccepted: RiskFactor = observedFactor({
  id: "expired-token-accepted",
  summary: "Tokens are accepted after they have expired.",
  remedy: "Verify signature, expiry, issuer and audience of every token on every call.",
  references: ["API2:2023", "API2:2019", "CWE-613", "CWE-287"],
  observation: "expired-token-accepted",
  // Where nothing is asked for, nothing that is sent gets verified.
  strength: (profile) => (answersWithoutCredentials(profile) ? 0.2 : 1),
  evidence: (seen) =>
    `${seen} succeeded with a JWT whose exp claim lay over 5 minutes in the past.`,
});
