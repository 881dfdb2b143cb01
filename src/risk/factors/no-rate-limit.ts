import type { RiskFactor } from "../risk-factor.ts";
import { counted } from "./counting.ts";

/** Calls of one client in one minute that a person or an ordinary program does not make. */
const burstMin = 60;
/** Bursts of this size leave no doubt. */
const burstSure = 600;

/** Nobody was ever told to slow down. */
export const noRateLimit: RiskFactor = {
  id: "no-rate-limit",
  summary: "Bursts of calls were all answered, none with 429.",
  remedy: "Limit how often one client may call, answer 429 beyond that, and say when to come back.",
  references: ["API4:2023", "API4:2019", "CWE-770"],

  assess({ observations, measures = {}, calls, clients }) {
    const limited =
      (observations["rate-limited-429"] ?? 0) + (observations["rate-limit-header"] ?? 0);
    const burst = measures["calls-per-minute-of-one-client"] ?? 0;
    if (limited > 0 || burst < burstMin) return undefined;
    return {
      // A limit may lie above what was tried so far.
      confidence: Math.min(0.95, burst / (burst + burstSure / 4)),
      seen: burst,
      evidence: `One client made ${counted(burst, "call")} within a minute and all were taken; none of ${counted(calls, "call")} from ${counted(clients, "client")} was answered 429 or with a RateLimit header.`,
    };
  },
};
