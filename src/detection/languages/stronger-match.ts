import type { Match } from "../detector.ts";

const rank = { low: 1, medium: 2, high: 3 } as const;

/** The surer of two matches, the first when they are equal. */
export function strongerOf(first: Match | undefined, second: Match | undefined): Match | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return rank[second.confidence] > rank[first.confidence] ? second : first;
}
