import type { RiskFactor } from "../risk-factor.ts";
import { counted } from "./counting.ts";

/** An attack that got what it wanted, by the look of the answer. */
export const answeredAttacks: RiskFactor = {
  id: "answered-attacks",
  summary: "Attacks on this endpoint were answered as if they had succeeded.",
  remedy:
    "Treat it as an incident: read the recorded exchanges of these attacks, find what was disclosed or changed, mend the query or template they abuse, and enforce protection on this endpoint meanwhile.",
  references: ["API8:2023", "API8:2019", "CWE-20", "CWE-74"],

  assess({ observations }) {
    const database = observations["attack-answered-with-database-error"] ?? 0;
    const disclosed = observations["attack-answered-with-system-data"] ?? 0;
    const larger = observations["attack-answered-with-more-data"] ?? 0;
    const total = database + disclosed + larger;
    if (total === 0) return undefined;
    return {
      strength: disclosed > 0 ? 1 : database > 0 ? 0.8 : 0.6,
      // The contents of a system's files are no coincidence; a long answer may be.
      confidence: disclosed > 0 ? 0.95 : 1 - 0.5 / (1 + database + larger / 2),
      seen: total,
      evidence: `Of the attacks that were let through, ${database.toLocaleString("en")} were answered with an error of the database, ${disclosed.toLocaleString("en")} with contents of the system, and ${counted(larger, "attack")} with more than three times the longest honest answer.`,
    };
  },
};
