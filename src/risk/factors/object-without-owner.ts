import type { RiskFactor } from "../risk-factor.ts";
import {
  answersWithoutCredentials,
  identifiersOf,
  isPublicByNature,
  isPublicOnPurpose,
} from "./access.ts";
import { counted } from "./counting.ts";

/** Hands out the object that the caller names, without knowing who calls. */
export const objectWithoutOwner: RiskFactor = {
  id: "object-without-owner",
  summary: "An identifier chooses the object, and nothing says whose it is.",
  remedy:
    "Check on every call that the authenticated caller may access the object that the identifier names.",
  references: ["API1:2023", "API1:2019", "CWE-639"],

  assess(profile, surroundings) {
    const [identifier] = identifiersOf(profile);
    if (isPublicOnPurpose(profile, surroundings)) return undefined;
    if (identifier === undefined || isPublicByNature(profile)) return undefined;
    if (!answersWithoutCredentials(profile)) return undefined;
    const { counts, confidence } = profile.authentication;
    return {
      seen: counts.successWithout,
      confidence: confidence * identifier.confidence,
      evidence: `${identifier.in} parameter ${identifier.name} (${identifier.type}, ${counted(identifier.samples, "sample")}) chose the object in calls of which ${counts.successWithout.toLocaleString("en")} succeeded without credentials.`,
    };
  },
};
