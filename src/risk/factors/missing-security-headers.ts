import type { RiskFactor } from "../risk-factor.ts";
import { observedFactor } from "./observed-factor.ts";

/** Browsers are not told to be careful. */
export const missingSecurityHeaders: RiskFactor = observedFactor({
  id: "missing-security-headers",
  summary: "Responses lack X-Content-Type-Options or Strict-Transport-Security.",
  remedy:
    "Send X-Content-Type-Options: nosniff on all responses, and Strict-Transport-Security on those over TLS.",
  references: ["API8:2023", "API7:2019", "CWE-693"],
  observation: "missing-security-headers",
  evidence: (seen) => `${seen} were answered without at least one of these headers.`,
});
