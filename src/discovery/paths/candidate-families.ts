import type { Candidate } from "./candidate.ts";
import type { Lexis, SegmentFamily } from "./segment-lexis.ts";

/** Segments at one place that are written alike. */
export interface Family {
  readonly distinct: number;
  readonly once: number;
  readonly calls: number;
  /** Spellings without any word of an API. */
  readonly unknown: number;
  /** Names of files. */
  readonly files: number;
}

/** Groups segments by how they are written, those included that were folded into a slot before. */
export function familiesOf(
  candidates: readonly Candidate[],
  folded: ReadonlyMap<string, Family>,
): ReadonlyMap<string, Family> {
  const families = new Map(folded);
  for (const { suffix, calls, lexis } of candidates) {
    const { score, isKnown } = lexis;
    // Names that are plainly literals say nothing about how values at this place come and go.
    if (isKnown && score < -2.4) continue;
    const key = familyKey(suffix, lexis.family);
    addFamily(families, key, familyOfOne(lexis, calls));
  }
  return families;
}

/** The family that a single segment makes. */
export function familyOfOne({ family, isKnown }: Lexis, calls: number): Family {
  return {
    distinct: 1,
    once: calls === 1 ? 1 : 0,
    calls,
    unknown: isKnown ? 0 : 1,
    files: family === "file" ? 1 : 0,
  };
}

export function addFamily(families: Map<string, Family>, key: string, more: Family): void {
  const known = families.get(key);
  families.set(key, {
    distinct: (known?.distinct ?? 0) + more.distinct,
    once: (known?.once ?? 0) + more.once,
    calls: (known?.calls ?? 0) + more.calls,
    unknown: (known?.unknown ?? 0) + more.unknown,
    files: (known?.files ?? 0) + more.files,
  });
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
  { calls, lexis }: Pick<Candidate, "calls" | "lexis">,
): number {
  if (family === undefined || family.distinct < 3) {
    return calls >= 8 ? -Math.min(2, Math.log(calls / 4)) : 0;
  }
  const novelty = family.once / family.calls;
  const weight = Math.min(1, family.distinct / 8);
  const score = Math.max(-4, Math.min(3, 1.6 * Math.log((novelty + 0.02) / 0.12))) * weight;
  // Few people or countries come again and again, but nobody writes twenty literals without a meaning.
  const many = family.unknown > 8 ? Math.min(3, Math.log2(family.unknown / 8)) : 0;
  const all = many + (score < 0 ? score * (1 - (0.75 * family.unknown) / family.distinct) : score);
  if (!lexis.isKnown) return all;
  // A literal beside many values is called about as often as all of them together.
  const isBusy = calls >= 5 && calls * family.distinct > 3 * family.calls;
  return Math.min(all, lexis.family === "kebab" ? 1.2 : 0.5) - (isBusy ? 1.5 : 0);
}
