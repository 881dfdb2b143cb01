import type { RiskFactor } from "../risk-factor.ts";
import { observedFactor } from "./observed-factor.ts";

/** The whole schema, for whoever asks. */
export const graphqlIntrospection: RiskFactor = observedFactor({
  id: "graphql-introspection",
  summary: "GraphQL introspection is answered.",
  remedy: "Switch introspection off outside development, and limit depth and cost of queries.",
  references: ["API8:2023", "API7:2019", "CWE-200"],
  observation: "graphql-introspection",
  strength: ({ exposure }) => (exposure === "internal" || exposure === "loopback" ? 0.5 : 1),
  evidence: (seen) => `${seen} asked for the schema and got it.`,
});
