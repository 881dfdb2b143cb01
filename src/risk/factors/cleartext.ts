import type { RiskFactor } from "../risk-factor.ts";
import { observedFactor } from "./observed-factor.ts";

/** Whoever is on the way reads along. */
export const cleartext: RiskFactor = observedFactor({
  id: "cleartext",
  summary: "Calls travel without TLS.",
  remedy: "Serve this endpoint over TLS only, and answer plain HTTP with a redirect or not at all.",
  references: ["API8:2023", "API7:2019", "CWE-319"],
  observation: "cleartext",
  strength: ({ exposure }) => (exposure === "internal" ? 0.5 : 1),
  evidence: (seen) => `${seen} from outside this machine came over plain HTTP.`,
});
