import type { EndpointProfile } from "../../model/endpoint.ts";
import type { RiskFactor } from "../risk-factor.ts";
import { counted, sureness } from "./counting.ts";

const strengths: Readonly<Record<EndpointProfile["exposure"], number>> = {
  internet: 1,
  partner: 0.7,
  unknown: 0.6,
  internal: 0.4,
  loopback: 0.4,
};

/** Who can reach it at all. */
export const exposure: RiskFactor = {
  id: "exposure",
  summary: "From where the endpoint can be reached.",
  remedy: "Serve this endpoint only to the networks whose clients need it.",
  references: ["API8:2023", "API7:2019", "CWE-668"],
  isCircumstance: true,

  assess({ exposure: from, clients, calls }) {
    if (calls === 0) return undefined;
    return {
      strength: strengths[from],
      confidence: sureness(calls),
      evidence: `${counted(calls, "call")} from ${counted(clients, "client")}; the farthest came from: ${from}.`,
    };
  },
};
