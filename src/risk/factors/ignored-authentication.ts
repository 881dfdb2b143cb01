import type { EndpointProfile } from "../../model/endpoint.ts";
import type { RiskFactor } from "../risk-factor.ts";
import { answersWithoutCredentials, isPublicByNature, isPublicOnPurpose } from "./access.ts";
import { counted } from "./counting.ts";

const shareWithMin = 0.1;

/** Clients send credentials, and the endpoint answers the same without. */
export const ignoredAuthentication: RiskFactor = {
  id: "ignored-authentication",
  summary: "Clients send credentials, but the endpoint answers without them too.",
  remedy:
    "Verify the credentials that clients send on every call, and refuse calls without them with 401; if the data is public on purpose, document that.",
  references: ["API2:2023", "API2:2019", "CWE-287"],

  assess(profile, surroundings) {
    if (isPublicOnPurpose(profile, surroundings)) return undefined;
    if (!answersWithoutCredentials(profile) || isPublicByNature(profile)) return undefined;
    if (!sendsCredentials(profile)) return undefined;
    const { counts, confidence, kinds } = profile.authentication;
    return {
      seen: counts.successWithout,
      confidence,
      evidence: `${counted(counts.successWith, "successful call")} carried credentials (${kinds.join(", ")}), ${counts.successWithout.toLocaleString("en")} carried none; ${counted(counts.refusedWithout, "call")} without credentials ${counts.refusedWithout === 1 ? "was" : "were"} refused.`,
    };
  },
};

/** Whether a good part of the successful calls brought credentials, although none were needed. */
export function sendsCredentials({ authentication: { counts } }: EndpointProfile): boolean {
  const successes = counts.successWith + counts.successWithout;
  return counts.successWith > 0 && counts.successWith >= successes * shareWithMin;
}
