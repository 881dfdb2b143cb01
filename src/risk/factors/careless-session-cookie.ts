import type { RiskFactor } from "../risk-factor.ts";
import { counted, sureness } from "./counting.ts";

/** A session cookie that scripts can read or that travels without TLS. */
export const carelessSessionCookie: RiskFactor = {
  id: "careless-session-cookie",
  summary: "Session cookies are set without HttpOnly or Secure.",
  remedy: "Set session cookies with HttpOnly, Secure and SameSite.",
  references: ["API2:2023", "API2:2019", "CWE-1004", "CWE-614"],

  assess({ observations }) {
    const readable = observations["cookie-without-httponly"] ?? 0;
    const insecure = observations["cookie-without-secure"] ?? 0;
    const count = Math.max(readable, insecure);
    if (count === 0) return undefined;
    return {
      seen: readable + insecure,
      strength: readable > 0 && insecure > 0 ? 1 : 0.6,
      confidence: sureness(count),
      evidence: `${counted(readable, "session cookie")} without HttpOnly, ${insecure.toLocaleString("en")} without Secure were set.`,
    };
  },
};
