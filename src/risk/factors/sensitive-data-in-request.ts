import type { RiskFactor } from "../risk-factor.ts";
import { sensitiveFindingOf } from "./sensitive-classes.ts";

/** Requests carry sensitive data. */
export const sensitiveDataInRequest: RiskFactor = {
  id: "sensitive-data-in-request",
  summary: "Requests carry sensitive data.",
  remedy:
    "Keep these values out of logs and caches, encrypt them at rest, and collect only what the purpose needs.",
  references: ["API8:2023", "API7:2019", "CWE-359"],

  assess({ sensitiveData }) {
    const found = sensitiveFindingOf(sensitiveData.filter(({ in: place }) => place === "request"));
    if (found === undefined) return undefined;
    const { strength, confidence, places } = found;
    return { strength, confidence, evidence: `Requests carried ${places}.` };
  },
};
