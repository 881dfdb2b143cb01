import type { RiskFactor } from "../risk-factor.ts";
import { isCredentialClass } from "./credential-classes.ts";
import { sensitiveFindingOf } from "./sensitive-classes.ts";

/** URLs carry sensitive data, which end up in logs, histories and Referer headers. */
export const sensitiveDataInUrl: RiskFactor = {
  id: "sensitive-data-in-url",
  summary: "URLs carry sensitive data, which end up in logs, histories and Referer headers.",
  remedy:
    "Move these values from path and query into the body or a header, and remove them from existing logs.",
  references: ["API8:2023", "API7:2019", "CWE-598"],

  assess({ sensitiveData }) {
    const found = sensitiveFindingOf(
      sensitiveData.filter(
        ({ in: place, class: name }) => place === "url" && !isCredentialClass(name),
      ),
    );
    if (found === undefined) return undefined;
    const { strength, confidence, places, samples } = found;
    return { strength, confidence, seen: samples, evidence: `URLs carried ${places}.` };
  },
};
