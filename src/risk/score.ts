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
  /** How far it alone brings each axis from 0 towards 1. */
  readonly likelihood: number;
  readonly impact: number;
}

/** What an assessment may be told to do differently. */
export interface AssessmentOptions {
  /** Weights that replace the built-in ones, by factor. */
  readonly weights?: Readonly<Record<string, FactorWeight>>;
}

/**
 * Scores an endpoint: likelihood times impact, each brought from 0 towards 1 by every factor that
 * applies, as far as its weight, strength and confidence go. A factor's points are its share of
 * both; they add up to the score. `surroundings` tells of the other endpoints, where known.
 */
export function assessRisk(
  profile: EndpointProfile,
  surroundings: Surroundings = noSurroundings,
  { weights = {} }: AssessmentOptions = {},
): Risk {
  const weighted = builtInRiskFactors.flatMap((factor) => {
    const assessed = factor.assess(profile, surroundings);
    const weight = weights[factor.id] ?? factorWeights[factor.id] ?? noWeight;
    return assessed === undefined ? [] : [weigh(factor, assessed, weight)];
  });
  const factors = weighted.map((item) => contributionOf(item));
  return riskOf(factors);
}

/** The same risk had these factors been fixed. */
export function riskWithout(risk: Risk, factors: ReadonlySet<string>): Risk {
  if (factors.size === 0) return risk;
  return riskOf(risk.factors.filter(({ factor }) => !factors.has(factor)));
}

/** The score alone, had these factors been fixed. */
export function scoreWithout(risk: Risk, factors: ReadonlySet<string>): number {
  return scoreOf(risk.factors.filter(({ factor }) => !factors.has(factor))).score;
}

function scoreOf(factors: readonly RiskContribution[]): {
  readonly score: number;
  readonly likelihoodLeft: number;
  readonly impactLeft: number;
} {
  const likelihoodLeft = productOf(factors.map(({ likelihood = 0 }) => 1 - likelihood));
  const impactLeft = productOf(factors.map(({ impact = 0 }) => 1 - impact));
  const score = Math.round(100 * (1 - likelihoodLeft) * (1 - impactLeft));
  return { score, likelihoodLeft, impactLeft };
}

/** Puts contributions together: the score, and each one's share of it in whole points. */
function riskOf(contributions: readonly RiskContribution[]): Risk {
  const { score, likelihoodLeft, impactLeft } = scoreOf(contributions);
  const shares = contributions.map(
    ({ likelihood = 0, impact = 0 }) =>
      (shareOf(1 - likelihood, likelihoodLeft) + shareOf(1 - impact, impactLeft)) / 2,
  );
  const points = wholePoints(shares, score);
  const factors = contributions
    .map((item, at) => ({ ...item, points: points[at] ?? 0 }))
    .toSorted((a, b) => b.points - a.points);
  return { score, level: levelOf(score), factors };
}
function weigh(factor: RiskFactor, assessed: Assessed, weight: FactorWeight): Weighted {
  const share = (assessed.strength ?? 1) * assessed.confidence;
  return { factor, assessed, likelihood: weight.likelihood * share, impact: weight.impact * share };
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

function contributionOf({ factor, assessed, likelihood, impact }: Weighted): RiskContribution {
  return {
    factor: factor.id,
    points: 0,
    evidence: assessed.evidence,
    remedy: factor.remedy,
    references: factor.references,
    confidence: Math.round(assessed.confidence * 100) / 100,
    likelihood,
    impact,
    ...(assessed.seen === undefined ? {} : { seen: assessed.seen }),
    ...(assessed.parts === undefined ? {} : { parts: assessed.parts }),
  };
}

function levelOf(score: number): Risk["level"] {
  return levels.find(([, scoreMin]) => score >= scoreMin)?.[0] ?? "none";
}
