import type { RiskFactor } from "../risk-factor.ts";
import { counted } from "./counting.ts";

/** Believed to be gone, and still answering. */
export const deprecated: RiskFactor = {
  id: "deprecated",
  summary: "The endpoint is deprecated and still answers (zombie API).",
  remedy:
    "Move the remaining clients to the successor, then answer 410 here; until then give it the same protection as its successor.",
  references: ["API9:2023", "API9:2019", "CWE-1059"],

  assess({ lifecycle, deprecated: isMarked, statuses, observations, calls }) {
    if (!isMarked && lifecycle !== "deprecated" && lifecycle !== "zombie") return undefined;
    if (calls === 0) return undefined;
    const successes = Object.entries(statuses)
      .filter(([status]) => status.startsWith("2") || status.startsWith("3"))
      .reduce((sum, [, count]) => sum + count, 0);
    const announced = observations["deprecated-header"] ?? 0;
    return {
      seen: successes,
      strength: successes > 0 ? 1 : 0.3,
      confidence: 0.95,
      evidence: `Marked deprecated${announced > 0 ? ` by a Deprecation or Sunset header in ${counted(announced, "response")}` : " in the specification"}, and ${successes.toLocaleString("en")} of ${counted(calls, "call")} still succeeded.`,
    };
  },
};
