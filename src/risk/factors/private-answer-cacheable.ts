import type { RiskFactor } from "../risk-factor.ts";
import { answersWithoutCredentials } from "./access.ts";
import { counted, sureness } from "./counting.ts";

/** What one caller may see, a cache may hand to the next. */
export const privateAnswerCacheable: RiskFactor = {
  id: "private-answer-cacheable",
  summary: "Shared caches may keep answers to calls with credentials.",
  remedy: "Answer calls with credentials with `Cache-Control: private, no-store`.",
  references: ["API8:2023", "API7:2019", "CWE-524", "CWE-525"],

  assess(profile) {
    const seen = profile.observations["private-answer-cacheable"] ?? 0;
    if (seen === 0 || answersWithoutCredentials(profile)) return undefined;
    const isSensitive = profile.sensitiveData.some((place) => place.in === "response");
    return {
      strength: isSensitive ? 1 : 0.4,
      confidence: sureness(seen),
      seen,
      evidence: `${counted(seen, "answer")} to calls with credentials allowed shared caches to keep them (Cache-Control: public, s-maxage, or max-age without private).`,
    };
  },
};
