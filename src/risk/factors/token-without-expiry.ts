import type { RiskFactor } from "../risk-factor.ts";
import { counted, sureness } from "./counting.ts";

/** A token that leaks once opens the door for ever. */
export const tokenWithoutExpiry: RiskFactor = {
  id: "token-without-expiry",
  summary: "Tokens never expire, or only after months.",
  remedy: "Issue tokens that expire within minutes to hours, and renew them with refresh tokens.",
  references: ["API2:2023", "API2:2019", "CWE-613"],

  assess({ observations }) {
    const endless = observations["token-without-expiry"] ?? 0;
    const long = observations["long-lived-token"] ?? 0;
    if (endless + long === 0) return undefined;
    return {
      strength: endless > 0 ? 1 : 0.5,
      confidence: sureness(endless + long),
      seen: endless + long,
      evidence: `${counted(endless, "accepted JWT")} had no exp claim, ${long.toLocaleString("en")} one more than 90 days away, among the calls that were looked at closely.`,
    };
  },
};
