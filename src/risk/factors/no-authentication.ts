import type { RiskFactor } from "../risk-factor.ts";
import { answersWithoutCredentials, isPublicByNature, isPublicOnPurpose } from "./access.ts";
import { counted } from "./counting.ts";
import { sendsCredentials } from "./ignored-authentication.ts";

/** Answers to everybody: no call needed credentials, and hardly any brought some. */
export const noAuthentication: RiskFactor = {
  id: "no-authentication",
  summary: "The endpoint answers without credentials.",
  remedy:
    "Require authentication on this endpoint at the gateway and in the service, and refuse calls without it with 401.",
  references: ["API2:2023", "API2:2019", "CWE-306"],

  assess(profile, surroundings) {
    if (isPublicOnPurpose(profile, surroundings)) return undefined;
    if (!answersWithoutCredentials(profile) || isPublicByNature(profile)) return undefined;
    if (sendsCredentials(profile)) return undefined;
    const { counts, confidence } = profile.authentication;
    const successes = counts.successWith + counts.successWithout;
    return {
      seen: counts.successWithout,
      confidence,
      evidence: `${counts.successWithout.toLocaleString("en")} of ${counted(successes, "successful call")} carried no credentials; ${counted(counts.refusedWithout, "call")} without credentials ${counts.refusedWithout === 1 ? "was" : "were"} refused with 401 or 403.`,
    };
  },
};
