import type { Candidate } from "./candidate.ts";
import type { Lexis } from "./segment-lexis.ts";
import type { SegmentReader } from "./segment-reader.ts";
import { apiVerbs } from "./vocabulary-table.ts";

/** How many segments at one place each following segment, and each behind that, follows. */
export interface SharedContinuations {
  readonly first: ReadonlyMap<string, number>;
  readonly second: ReadonlyMap<string, number>;
}

/** Judges a segment by what it shares with those beside it. */
export function continuationScore(
  candidate: Candidate,
  shared: SharedContinuations,
  lexis: Lexis & { readonly isCommon: boolean },
): number {
  const [first, weights] = strongest(candidate.continuations, shared.first);
  const [, secondWeights] = strongest(candidate.secondContinuations, shared.second);
  // Values share what follows them; `/cards/{id}` and `/boards/{id}` only share a value.
  const secondMin = lexis.isKnown ? 2 : 0.5;
  const second = secondWeights > secondMin ? Math.min(4, 0.7 * (secondWeights - secondMin)) : 0;
  if (first >= 2) {
    const firstMax = lexis.isKnown ? 2.5 : 6;
    return (
      Math.min(firstMax, 0.8 + 0.4 * (first - 1)) +
      Math.min(4, 0.8 * Math.max(0, weights - 1)) +
      second
    );
  }
  // Collections lead to values; where dozens without a meaning do, they are values themselves.
  const isCollection = candidate.leadsToValue && lexis.score < 0.3 && !lexis.isCommon;
  return second + (isCollection ? -1.5 : 0);
}

/** How many candidates share the most common of these segments, and how much is shared in all. */
function strongest(
  continuations: ReadonlySet<string>,
  shared: ReadonlyMap<string, number>,
): readonly [most: number, weights: number] {
  let most = 0;
  let weights = 0;
  for (const next of continuations) {
    const count = shared.get(next) ?? 0;
    // `search` and `count` follow many a collection.
    const weight = apiVerbs.has(next) ? 0.4 : 1;
    most = Math.max(most, count > 4 ? 4 + (count - 4) * weight : count);
    weights += Math.min(1, Math.max(0, count - 1) / 2) * weight;
  }
  return [most, weights];
}

/** Counts what follows the segments at one place. */
export function sharedContinuationsOf(
  candidates: readonly Candidate[],
  read: SegmentReader,
): SharedContinuations {
  const first = new Map<string, number>();
  const second = new Map<string, number>();
  for (const { continuations, secondContinuations } of candidates) {
    for (const next of literalsOf(continuations, read)) first.set(next, (first.get(next) ?? 0) + 1);
    for (const next of literalsOf(secondContinuations, read))
      second.set(next, (second.get(next) ?? 0) + 1);
  }
  return { first, second };
}

/**
 * `/users` and `/repos` may share every user name below them; that makes no values of the two.
 * So where many segments without a meaning follow, only those with one count.
 */
function literalsOf(continuations: ReadonlySet<string>, read: SegmentReader): readonly string[] {
  const scores = [...continuations].map((next) => [next, read(next).lexis.score] as const);
  const unknown = scores.filter(([, score]) => score > -1.5).length;
  return scores.filter(([, score]) => unknown <= 8 || score <= -1.5).map(([next]) => next);
}
