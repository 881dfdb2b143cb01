import type { RiskFactor } from "../risk-factor.ts";
import { counted, sureness } from "./counting.ts";

/** Nobody wrote down that it exists. */
export const undocumented: RiskFactor = {
  id: "undocumented",
  summary: "The endpoint is in no specification (shadow API).",
  remedy: "Find the owner of this endpoint; add it to the specification or switch it off.",
  references: ["API9:2023", "API9:2019", "CWE-1059"],

  assess({ lifecycle, calls, clients }, { isSpecified }) {
    // Without any specification nothing can be missing from one.
    if (lifecycle !== "undocumented" || !isSpecified) return undefined;
    return {
      seen: calls,
      confidence: sureness(calls),
      evidence: `${counted(calls, "call")} from ${counted(clients, "client")} reached it; no specification that was given names it.`,
    };
  },
};
