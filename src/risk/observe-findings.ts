import { type Endpoint, endpointKeyOf, type RiskContribution } from "../model/endpoint.ts";
import { builtInRiskFactors } from "./factors/index.ts";
import type { FindingSeverity, ObservedFinding } from "./finding.ts";
import { fingerprintOf } from "./fingerprint.ts";

const factorsById = new Map(builtInRiskFactors.map((factor) => [factor.id, factor]));

/** Whether a factor is a circumstance rather than a weakness that somebody could fix. */
export function isCircumstance(factor: string): boolean {
  return factorsById.get(factor)?.isCircumstance === true;
}

/** What a factor is about, in one sentence; its id when it is not known any more. */
function titleOf(factor: string): string {
  return factorsById.get(factor)?.summary ?? factor;
}

/** Every weakness of an assessed endpoint: one for each factor, or for each of its parts. */
export function observeFindings(endpoint: Endpoint): readonly ObservedFinding[] {
  return endpoint.risk.factors
    .filter(({ factor }) => !isCircumstance(factor))
    .flatMap((contribution) => findingsOf(endpoint, contribution));
}

function findingsOf(endpoint: Endpoint, contribution: RiskContribution): ObservedFinding[] {
  const { factor, points, confidence, parts, seen = 0 } = contribution;
  const common = {
    endpointId: endpoint.id,
    endpoint: endpointKeyOf(endpoint),
    factor,
    severity: severityOf(contribution, endpoint.risk.level),
    endpointScore: endpoint.risk.score,
    confidence,
    seen,
  };
  if (parts === undefined) {
    const { evidence, remedy, references } = contribution;
    return [
      {
        ...common,
        id: fingerprintOf(endpoint, factor),
        title: titleOf(factor),
        points,
        evidence,
        remedy,
        references,
      },
    ];
  }
  return parts.map((part) => ({
    ...common,
    id: fingerprintOf(endpoint, factor, part.id),
    part: part.id,
    title: part.title,
    // The points of a factor belong to all its parts together.
    points: Math.round(points / parts.length),
    evidence: part.evidence,
    remedy: part.remedy,
    references: part.references,
  }));
}

/** Reach on both axes together from which a weakness is medium, and from which it is high. */
const mediumMin = 0.3;
const highMin = 0.65;

function severityOf(
  { likelihood = 0, impact = 0 }: RiskContribution,
  level: Endpoint["risk"]["level"],
): FindingSeverity {
  const reach = likelihood + impact;
  if (reach < mediumMin) return "low";
  if (reach < highMin) return "medium";
  return level === "critical" ? "critical" : "high";
}
