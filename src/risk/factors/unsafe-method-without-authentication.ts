import type { RiskFactor } from "../risk-factor.ts";
import {
  answersWithoutCredentials,
  changesState,
  isPublicByNature,
  isPublicOnPurpose,
} from "./access.ts";
import { counted } from "./counting.ts";

/** Lets anybody change something. */
export const unsafeMethodWithoutAuthentication: RiskFactor = {
  id: "unsafe-method-without-authentication",
  summary: "A call that changes state needs no credentials.",
  remedy:
    "Require authentication and the permission to change this resource before the call has any effect.",
  references: ["API5:2023", "API5:2019", "CWE-862"],

  assess(profile, surroundings) {
    if (isPublicOnPurpose(profile, surroundings)) return undefined;
    if (!changesState(profile) || isPublicByNature(profile)) return undefined;
    if (!answersWithoutCredentials(profile)) return undefined;
    const { counts, confidence } = profile.authentication;
    return {
      seen: counts.successWithout,
      confidence,
      evidence: `${counted(counts.successWithout, `successful ${profile.operation ?? profile.method} call`)} carried no credentials.`,
    };
  },
};
