import type { Candidate } from "./candidate.ts";
import { type Lexis, lexisOf, type SegmentFamily } from "./segment-lexis.ts";

/** Segments at one place that are written alike. */
export interface Family {
  readonly distinct: number;
  readonly once: number;
  readonly calls: number;
  /** Spellings without any word of an API. */
  readonly unknown: number;
}

/** Groups segments by how they are written. */
export function familiesOf(candidates: readonly Candidate[]): ReadonlyMap<string, Family> {
  const families = new Map<string, Family>();
  for (const { stem, suffix, calls } of candidates) {
    const { family, score, isKnown } = lexisOf(stem);
    // Names that are plainly literals say nothing about how values at this place come and go.
    if (isKnown && score < -2.4) continue;
    const key = familyKey(suffix, family);
    const known = families.get(key);
    families.set(key, {
      distinct: (known?.distinct ?? 0) + 1,
      once: (known?.once ?? 0) + (calls === 1 ? 1 : 0),
      calls: (known?.calls ?? 0) + calls,
      unknown: (known?.unknown ?? 0) + (isKnown ? 0 : 1),
    });
  }
  return families;
}

export function familyKey(suffix: string, family: SegmentFamily): string {
  // Numbers at the end, extensions and separators vary within the values of one parameter.
  const group =
    family === "numbered" || family === "file" || family === "dotted" ? "kebab" : family;
  return `${group}${suffix}`;
}

/**
 * The chance that the next segment of this family is one never seen (Good-Turing: the share of
 * those seen once) is high for values and falls to nothing for literals as traffic goes on.
 */
export function familyScore(
  family: Family | undefined,
  candidate: Candidate,
  lexis: Lexis,
): number {
  if (family === undefined || family.distinct < 3) {
    return candidate.calls >= 8 ? -Math.min(2, Math.log(candidate.calls / 4)) : 0;
  }
  const novelty = family.once / family.calls;
  const weight = Math.min(1, family.distinct / 8);
  const score = Math.max(-4, Math.min(3, 1.6 * Math.log((novelty + 0.02) / 0.12))) * weight;
  // Few people or countries come again and again, but nobody writes twenty literals without a meaning.
  const many = family.unknown > 8 ? Math.min(3, Math.log2(family.unknown / 8)) : 0;
  const all = many + (score < 0 ? score * (1 - (0.75 * family.unknown) / family.distinct) : score);
  if (!lexis.isKnown) return all;
  // A literal beside many values is called about as often as all of them together.
  const isBusy = candidate.calls >= 5 && candidate.calls * family.distinct > 3 * family.calls;
  return Math.min(all, lexis.family === "kebab" ? 1.2 : 0.5) - (isBusy ? 1.5 : 0);
}
