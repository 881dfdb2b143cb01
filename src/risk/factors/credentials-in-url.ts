import type { RiskFactor } from "../risk-factor.ts";
import { counted, sureness } from "./counting.ts";
import { isCredentialClass } from "./credential-classes.ts";
import { sensitiveFindingOf } from "./sensitive-classes.ts";

/** Credentials in path or query, where every log, proxy and history keeps them. */
export const credentialsInUrl: RiskFactor = {
  id: "credentials-in-url",
  summary: "Credentials travel in the URL.",
  remedy:
    "Send credentials in the Authorization header, stop accepting them in the URL, and rotate those that were sent so.",
  references: ["API2:2023", "API2:2019", "CWE-598"],

  assess({ sensitiveData, observations, calls }) {
    const found = sensitiveFindingOf(
      sensitiveData.filter((place) => place.in === "url" && isCredentialClass(place.class)),
    );
    const seen = observations["secret-in-url"] ?? 0;
    if (found === undefined && seen === 0) return undefined;
    const evidence = [
      ...(seen > 0
        ? [
            `${seen.toLocaleString("en")} of ${counted(calls, "call")} had a credential in the query`,
          ]
        : []),
      ...(found === undefined ? [] : [`URLs carried ${found.places}`]),
    ];
    return {
      seen: seen + (found?.samples ?? 0),
      confidence: Math.max(found?.confidence ?? 0, seen > 0 ? sureness(seen) : 0),
      evidence: `${evidence.join("; ")}.`,
    };
  },
};
