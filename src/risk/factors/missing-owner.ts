import type { RiskFactor } from "../risk-factor.ts";
import { counted } from "./counting.ts";

/** Nobody would be called when it breaks. */
export const missingOwner: RiskFactor = {
  id: "missing-owner",
  summary: "Owners are configured, and this endpoint has none.",
  remedy: "Name the team that answers for this endpoint, under `risk.owners` or its workload.",
  references: ["API9:2023", "API9:2019", "CWE-1059"],

  assess(profile, surroundings) {
    const { isManaged, owner } = surroundings.owner(profile);
    if (!isManaged || owner !== undefined || profile.calls === 0) return undefined;
    return {
      confidence: 1,
      evidence: `No rule of owners fits ${profile.host}${profile.path}, which had ${counted(profile.calls, "call")}.`,
    };
  },
};
