import type { RiskFactor } from "../risk-factor.ts";
import { observedFactor } from "./observed-factor.ts";

/** A password that anybody tries first was accepted. */
export const guessablePassword: RiskFactor = observedFactor({
  id: "guessable-password",
  summary: "Basic credentials with a guessable password are accepted.",
  remedy:
    "Change the password of this account now, refuse passwords from lists of common ones, and replace Basic by tokens that expire.",
  references: ["API2:2023", "API2:2019", "CWE-521", "CWE-1391"],
  observation: "guessable-password-accepted",
  evidence: (seen) =>
    `${seen} succeeded with a password that is empty, equal to the user's name, or on the list of common passwords.`,
});
