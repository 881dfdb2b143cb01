import type { RiskFactor } from "../risk-factor.ts";
import { counted, sureness } from "./counting.ts";

const attacksForFullStrength = 20;

/** Somebody is already trying. */
export const attacksSeen: RiskFactor = {
  id: "attacks-seen",
  summary: "Attacks on this endpoint were recognised.",
  remedy: "Enforce protection on this endpoint, and check its logs for attempts that succeeded.",
  references: ["API8:2023", "API8:2019", "CWE-20"],

  assess({ attacks, calls }) {
    if (attacks === 0) return undefined;
    return {
      seen: attacks,
      strength: Math.max(0.5, Math.min(1, attacks / attacksForFullStrength)),
      confidence: sureness(attacks),
      evidence: `${counted(attacks, "call")} would be blocked as an attack; ${counted(calls, "other call")} reached the endpoint.`,
    };
  },
};
