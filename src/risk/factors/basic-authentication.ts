import type { RiskFactor } from "../risk-factor.ts";
import { counted, sureness } from "./counting.ts";

/** Passwords travel with every call. */
export const basicAuthentication: RiskFactor = {
  id: "basic-authentication",
  summary: "Callers authenticate with a user name and password in every call.",
  remedy:
    "Replace Basic authentication by short-lived tokens; until then accept it over TLS only and limit failed attempts.",
  references: ["API2:2023", "API2:2019", "CWE-522"],

  assess({ authentication, observations }) {
    if (!authentication.kinds.includes("basic")) return undefined;
    const cleartext = observations["basic-over-cleartext"] ?? 0;
    const { successWith } = authentication.counts;
    return {
      seen: successWith + cleartext,
      strength: cleartext > 0 ? 1 : 0.5,
      confidence: sureness(Math.max(cleartext, successWith)),
      evidence: `Basic is among the credentials of ${counted(successWith, "successful call")}; ${counted(cleartext, "call")} sent it without TLS.`,
    };
  },
};
