import type { RiskFactor } from "../risk-factor.ts";
import { dealsInCredentials } from "./access.ts";
import { isCredentialClass } from "./credential-classes.ts";
import { sensitiveFindingOf } from "./sensitive-classes.ts";

/** Requests carry sensitive data. */
export const sensitiveDataInRequest: RiskFactor = {
  id: "sensitive-data-in-request",
  summary: "Requests carry sensitive data.",
  remedy:
    "Keep these values out of logs and caches, encrypt them at rest, and collect only what the purpose needs.",
  references: ["API8:2023", "API7:2019", "CWE-359"],

  assess(profile) {
    // A login takes passwords; that is no leak.
    const isMeant = dealsInCredentials(profile);
    const found = sensitiveFindingOf(
      profile.sensitiveData.filter(
        (place) => place.in === "request" && !(isMeant && isCredentialClass(place.class)),
      ),
    );
    if (found === undefined) return undefined;
    const { strength, confidence, places, samples } = found;
    return { strength, confidence, seen: samples, evidence: `Requests carried ${places}.` };
  },
};
