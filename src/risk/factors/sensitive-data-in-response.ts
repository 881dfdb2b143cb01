import type { RiskFactor } from "../risk-factor.ts";
import { dealsInCredentials } from "./access.ts";
import { isCredentialClass } from "./credential-classes.ts";
import { sensitiveFindingOf } from "./sensitive-classes.ts";

/** Responses carry sensitive data. */
export const sensitiveDataInResponse: RiskFactor = {
  id: "sensitive-data-in-response",
  summary: "Responses carry sensitive data.",
  remedy:
    "Return only the fields that the caller needs and may see; mask or drop the rest in the service, not in the client.",
  references: ["API3:2023", "API3:2019", "CWE-200"],

  assess(profile) {
    // A login hands out tokens; that is no leak.
    const isMeant = dealsInCredentials(profile);
    const found = sensitiveFindingOf(
      profile.sensitiveData.filter(
        (place) => place.in === "response" && !(isMeant && isCredentialClass(place.class)),
      ),
    );
    if (found === undefined) return undefined;
    const { strength, confidence, places, samples } = found;
    return { strength, confidence, seen: samples, evidence: `Responses carried ${places}.` };
  },
};
