import type { EndpointProfile } from "../../model/endpoint.ts";
import type { RiskFactor } from "../risk-factor.ts";
import type { DocumentedFacts } from "../specification-facts.ts";
import { answersWithoutCredentials } from "./access.ts";
import { sureness } from "./counting.ts";

const samplesMin = 3;
const namesTold = 6;

/** What the service does is not what its specification says. */
export const drift: RiskFactor = {
  id: "drift",
  summary: "The endpoint does not behave as its specification says.",
  remedy:
    "Decide which of the two is right; change the service, or describe in the specification what it does.",
  references: ["API9:2023", "API9:2019", "CWE-1059"],

  assess(profile, surroundings) {
    const facts = surroundings.documented(profile);
    if (facts === undefined || profile.calls === 0) return undefined;
    const isOpen = facts.operation.secured === true && answersWithoutCredentials(profile);
    const parameters = undocumentedParameters(profile, facts);
    if (!isOpen && parameters.length === 0) return undefined;
    const samples = parameters.reduce((sum, parameter) => sum + parameter.samples, 0);
    const { successWithout } = profile.authentication.counts;
    const evidence = [
      ...(isOpen
        ? [
            `it requires credentials, and ${successWithout.toLocaleString("en")} calls without any succeeded`,
          ]
        : []),
      ...(parameters.length === 0
        ? []
        : [`it does not name the parameters ${parameters.map(told).join(", ")}`]),
    ];
    return {
      strength: isOpen ? 1 : Math.min(1, 0.3 + 0.1 * parameters.length),
      confidence: isOpen ? profile.authentication.confidence : sureness(samples),
      seen: samples + (isOpen ? successWithout : 0),
      evidence: `Against the specification: ${evidence.join("; ")}.`,
    };
  },
};

type Parameter = EndpointProfile["parameters"][number];

function told({ in: place, name, samples }: Parameter): string {
  return `${name} (${place}, ${samples.toLocaleString("en")} samples)`;
}

function undocumentedParameters(
  { parameters }: EndpointProfile,
  { operation }: DocumentedFacts,
): readonly Parameter[] {
  const documented = new Set(operation.parameters.map(({ in: at, name }) => `${at} ${name}`));
  return parameters
    .filter(({ in: place, samples }) => place === "query" && samples >= samplesMin)
    .filter(({ in: place, name }) => !documented.has(`${place} ${name}`))
    .slice(0, namesTold);
}
