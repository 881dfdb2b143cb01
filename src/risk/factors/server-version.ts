import type { RiskFactor } from "../risk-factor.ts";
import { observedFactor } from "./observed-factor.ts";

/** Tells attackers which exploits to try. */
export const serverVersion: RiskFactor = observedFactor({
  id: "server-version",
  summary: "Responses name the software and its version.",
  remedy: "Remove the version from Server and X-Powered-By.",
  references: ["API8:2023", "API7:2019", "CWE-497"],
  observation: "server-version",
  evidence: (seen) => `${seen} were answered with a version in Server or X-Powered-By.`,
});
