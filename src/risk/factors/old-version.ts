import type { RiskFactor } from "../risk-factor.ts";
import { pathVersionOf } from "../surroundings.ts";
import { counted, sureness } from "./counting.ts";

/** An older version lives on beside a newer one. */
export const oldVersion: RiskFactor = {
  id: "old-version",
  summary: "A newer version of the API is in use, and this older one still answers.",
  remedy:
    "Announce the end of this version, move its clients to the newest one, and give both the same protection until then.",
  references: ["API9:2023", "API9:2019", "CWE-1104"],

  assess(profile, { newestVersions }) {
    const version = pathVersionOf(profile);
    const newest = version === undefined ? undefined : newestVersions.get(version.base);
    if (version === undefined || newest === undefined || newest <= version.number) return undefined;
    if (profile.calls === 0) return undefined;
    return {
      seen: profile.calls,
      confidence: sureness(profile.calls) * 0.9,
      evidence: `${counted(profile.calls, "call")} used version ${version.number}, while version ${newest} is in use under the same base path.`,
    };
  },
};
