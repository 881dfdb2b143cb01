import type { EndpointProfile, Risk, RiskContribution } from "../model/endpoint.ts";
import { type FactorWeight, factorWeights } from "./factor-weights-table.ts";
import { builtInRiskFactors } from "./factors/index.ts";
import type { Assessed, RiskFactor } from "./risk-factor.ts";
import { noSurroundings, type Surroundings } from "./surroundings.ts";

/** Lower bounds of the levels. */
const levels: readonly (readonly [level: Risk["level"], scoreMin: number])[] = [
  ["critical", 75],
  ["high", 50],
  ["medium", 25],
  ["low", 1],
];

const noWeight: FactorWeight = { likelihood: 0, impact: 0 };

interface Weighted {
  readonly factor: RiskFactor;
  readonly assessed: Assessed;
  /** What is left of the way to 1 after this factor, on each axis. */
  readonly likelihoodLeft: number;
  readonly impactLeft: number;
}

/**
 * Scores an endpoint: likelihood times impact, each brought from 0 towards 1 by every factor that
 * applies, as far as its weight, strength and confidence go. A factor's points are its share of
 * both; they add up to the score. `surroundings` tells of the other endpoints, where known.
 */
export function assessRisk(
  profile: EndpointProfile,
  surroundings: Surroundings = noSurroundings,
): Risk {
  const weighted = builtInRiskFactors.flatMap((factor) => weigh(factor, profile, surroundings));
  const likelihoodLeft = productOf(weighted.map((item) => item.likelihoodLeft));
  const impactLeft = productOf(weighted.map((item) => item.impactLeft));
  const score = Math.round(100 * (1 - likelihoodLeft) * (1 - impactLeft));
  const shares = weighted.map(
    (item) =>
      (shareOf(item.likelihoodLeft, likelihoodLeft) + shareOf(item.impactLeft, impactLeft)) / 2,
  );
  const points = wholePoints(shares, score);
  const factors = weighted
    .map((item, at) => contributionOf(item, points[at] ?? 0))
    .toSorted((a, b) => b.points - a.points);
  return { score, level: levelOf(score), factors };
}

function weigh(
  factor: RiskFactor,
  profile: EndpointProfile,
  surroundings: Surroundings,
): readonly Weighted[] {
  const assessed = factor.assess(profile, surroundings);
  if (assessed === undefined) return [];
  const weight = factorWeights[factor.id] ?? noWeight;
  const share = (assessed.strength ?? 1) * assessed.confidence;
  return [
    {
      factor,
      assessed,
      likelihoodLeft: 1 - weight.likelihood * share,
      impactLeft: 1 - weight.impact * share,
    },
  ];
}

function productOf(values: readonly number[]): number {
  return values.reduce((product, value) => product * value, 1);
}

/** A factor's share of the way that all of them went together. */
function shareOf(left: number, allLeft: number): number {
  return allLeft === 1 ? 0 : Math.log(left) / Math.log(allLeft);
}

/** Whole numbers that add up to the score: the largest remainders are rounded up. */
function wholePoints(shares: readonly number[], score: number): readonly number[] {
  const exact = shares.map((share) => share * score);
  const points = exact.map(Math.floor);
  const missing = score - points.reduce((sum, value) => sum + value, 0);
  const byRemainder = exact
    .map((value, at) => ({ at, remainder: value - Math.floor(value) }))
    .toSorted((a, b) => b.remainder - a.remainder);
  for (const { at } of byRemainder.slice(0, missing)) points[at] = (points[at] ?? 0) + 1;
  return points;
}

function contributionOf({ factor, assessed }: Weighted, points: number): RiskContribution {
  return {
    factor: factor.id,
    points,
    evidence: assessed.evidence,
    remedy: factor.remedy,
    references: factor.references,
    confidence: Math.round(assessed.confidence * 100) / 100,
  };
}

function levelOf(score: number): Risk["level"] {
  return levels.find(([, scoreMin]) => score >= scoreMin)?.[0] ?? "none";
}
