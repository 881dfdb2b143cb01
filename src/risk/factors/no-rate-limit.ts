import type { RiskFactor } from "../risk-factor.ts";
import { counted } from "./counting.ts";

const callsMin = 1_000;

/** Nobody was ever told to slow down. */
export const noRateLimit: RiskFactor = {
  id: "no-rate-limit",
  summary: "No sign of a rate limit in many calls.",
  remedy: "Limit how often one client may call, answer 429 beyond that, and say when to come back.",
  references: ["API4:2023", "API4:2019", "CWE-770"],

  assess({ observations, calls, clients }) {
    const limited =
      (observations["rate-limited-429"] ?? 0) + (observations["rate-limit-header"] ?? 0);
    if (limited > 0 || calls < callsMin) return undefined;
    // Calls without a burst prove little: the more calls a client made, the more they say.
    const callsPerClient = calls / Math.max(1, clients);
    return {
      seen: calls,
      confidence: callsPerClient / (callsPerClient + callsMin / 4),
      evidence: `None of ${counted(calls, "call")} from ${counted(clients, "client")} was answered 429 or with a RateLimit header.`,
    };
  },
};
