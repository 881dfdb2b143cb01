import { isWebAsset, type Lexis, lexisOf, type SegmentFamily } from "./segment-lexis.ts";
import { apiVerbs } from "./vocabulary-table.ts";
import { isPlural } from "./word-forms.ts";

/** A segment at one place, with everything that passed through it, to be judged. */
export interface Candidate {
  readonly text: string;
  readonly stem: string;
  readonly suffix: string;
  readonly calls: number;
  readonly methods: ReadonlySet<string>;
  /** Literal-looking segments that follow directly. */
  readonly continuations: ReadonlySet<string>;
  /** Literal-looking segments one further, behind a literal-looking one. */
  readonly secondContinuations: ReadonlySet<string>;
  /** A value known by its form follows directly. */
  readonly leadsToValue: boolean;
}

/** What is known of values at the same place: those known by their form, or a specification's. */
export interface SlotEvidence {
  readonly calls: number;
  readonly documented: boolean;
  readonly methods: ReadonlySet<string>;
  readonly continuations: ReadonlySet<string>;
}

/** Where the segments stand. */
export interface Place {
  readonly depth: number;
  /** The literal before; undefined at the root and behind a parameter. */
  readonly previous: string | undefined;
  readonly previousIsParameter: boolean;
  /** How this host writes literals of several words. */
  readonly spelling: Spelling;
  /** By suffix. */
  readonly slots: ReadonlyMap<string, SlotEvidence>;
}

/** Shares of the spellings among literals of several words, and how many were seen. */
export interface Spelling {
  readonly count: number;
  readonly shares: Readonly<Partial<Record<SegmentFamily, number>>>;
}

/** Judges segments at one place: above zero a value of a parameter, below zero a literal. */
export function createJudge(
  place: Place,
  candidates: readonly Candidate[],
): (candidate: Candidate) => number {
  const families = familiesOf(candidates);
  const shared = sharedContinuationsOf(candidates);
  const placeScore = placeScoreOf(place);
  const judgeAlone = (candidate: Candidate): number => {
    const lexis = lexisOf(candidate.stem);
    const family = families.get(familyKey(candidate.suffix, lexis.family));
    return (
      lexis.score +
      placeScore +
      spellingScore(lexis.family, place.spelling) +
      (lexis.family === "version" ? versionScore(candidate.stem, place, families) : 0) +
      (isLoadedByPages(candidate) ? -4 : 0) +
      familyScore(family, candidate, lexis) +
      slotScore(place.slots.get(candidate.suffix), candidate, place) +
      continuationScore(candidate, shared, lexis)
    );
  };
  const company = companyOf(candidates, judgeAlone);
  return (candidate) => judgeAlone(candidate) + companyScore(candidate, company);
}

function isLoadedByPages({ stem, continuations, leadsToValue }: Candidate): boolean {
  return continuations.size === 0 && !leadsToValue && isWebAsset(stem);
}

/** Per suffix, how many segments of no known meaning are values, and how many are not. */
interface Company {
  values: number;
  literals: number;
}

function companyOf(
  candidates: readonly Candidate[],
  judge: (candidate: Candidate) => number,
): ReadonlyMap<string, Company> {
  const company = new Map<string, Company>();
  for (const candidate of candidates) {
    const of = company.get(candidate.suffix) ?? { values: 0, literals: 0 };
    company.set(candidate.suffix, of);
    if (judge(candidate) > 0) of.values += 1;
    else if (!lexisOf(candidate.stem).isKnown) of.literals += 1;
  }
  return company;
}

/** What stands among many values and means nothing to an API is a value as well. */
function companyScore(candidate: Candidate, company: ReadonlyMap<string, Company>): number {
  const of = company.get(candidate.suffix);
  if (of === undefined || of.values < 4 || of.values * 2 < of.literals) return 0;
  const { score, isKnown } = lexisOf(candidate.stem);
  if (!isKnown) return score > -1.5 ? 2 : 1.2;
  // Categories and topics are called by words that APIs know too, but never by verbs.
  const isNoun = /^[a-z]+$/.test(candidate.stem) && !apiVerbs.has(candidate.stem);
  return isNoun && of.values >= 10 && of.values > 4 * of.literals ? 1.2 : 0;
}

interface Family {
  readonly distinct: number;
  readonly once: number;
  readonly calls: number;
  /** Spellings without any word of an API. */
  readonly unknown: number;
}

function familiesOf(candidates: readonly Candidate[]): ReadonlyMap<string, Family> {
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

function familyKey(suffix: string, family: SegmentFamily): string {
  // Numbers at the end, extensions and separators vary within the values of one parameter.
  const group =
    family === "numbered" || family === "file" || family === "dotted" ? "kebab" : family;
  return `${group}${suffix}`;
}

/**
 * The chance that the next segment of this family is one never seen (Good-Turing: the share of
 * those seen once) is high for values and falls to nothing for literals as traffic goes on.
 */
function familyScore(family: Family | undefined, candidate: Candidate, lexis: Lexis): number {
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

function placeScoreOf({ depth, previous, previousIsParameter }: Place): number {
  if (previousIsParameter) return -2.5;
  if (depth === 0 || previous === undefined) return -2.5;
  if (/^(?:v?\d+(?:[._]\d+)*|api|apis|rest)$/i.test(previous)) return -2.5;
  if (/(?:^|[-_])(?:by|with|name|id|slug|username|key|code|token|hash|sha)$/i.test(previous))
    return 1.5;
  return isPlural(previous) ? 1.2 : -0.3;
}

function spellingScore(family: SegmentFamily, { count, shares }: Spelling): number {
  if (count < 6 || !["kebab", "snake", "camel"].includes(family)) return 0;
  const share = shares[family] ?? 0;
  if (share < 0.06) return 1.5;
  return share > 0.3 ? -0.8 : 0;
}

/** `/v1`, `/2.0` are written by programmers near the root; releases of something else are values. */
function versionScore(
  stem: string,
  { depth, previous, previousIsParameter }: Place,
  families: ReadonlyMap<string, Family>,
): number {
  if (previous !== undefined && /^(?:versions|releases|tags|revisions)$/i.test(previous)) return 2;
  if (/\d[._]\d+[._]\d/.test(stem)) return depth <= 1 ? -2 : previousIsParameter ? 4 : 2;
  const distinct = families.get("version")?.distinct ?? 0;
  if (previous !== undefined && isPlural(previous) && distinct >= 4) return 2;
  return depth <= 3 ? -8 : 0;
}

function slotScore(slot: SlotEvidence | undefined, candidate: Candidate, place: Place): number {
  if (slot === undefined || (slot.calls === 0 && !slot.documented)) return 0;
  let score = slot.documented ? 2 : 0.8;
  // What was subtracted for standing behind another parameter is refuted by values that do.
  if (place.previousIsParameter || place.depth === 0) score += 1;
  if (slot.calls < 10) return score;
  if (candidate.continuations.size > 0) {
    const alike = [...candidate.continuations].some((next) => slot.continuations.has(next));
    score += alike ? 2.5 : -1.5;
  } else if ([...candidate.methods].some((method) => !slot.methods.has(method))) score -= 1;
  return score;
}

function continuationScore(
  candidate: Candidate,
  shared: SharedContinuations,
  lexis: Lexis,
): number {
  const [first, weights] = strongest(candidate.continuations, shared.first);
  const [, secondWeights] = strongest(candidate.secondContinuations, shared.second);
  // Values share what follows them; `/cards/{id}` and `/boards/{id}` only share a value.
  const second = secondWeights > 2 ? Math.min(4, 0.7 * (secondWeights - 2)) : 0;
  if (first >= 2) {
    const firstMax = lexis.isKnown ? 2.5 : 6;
    return (
      Math.min(firstMax, 0.8 + 0.4 * (first - 1)) +
      Math.min(4, 0.8 * Math.max(0, weights - 1)) +
      second
    );
  }
  return second + (candidate.leadsToValue && lexis.score < 0.3 ? -1.5 : 0);
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

interface SharedContinuations {
  readonly first: ReadonlyMap<string, number>;
  readonly second: ReadonlyMap<string, number>;
}

/** How many candidates each continuation follows. */
function sharedContinuationsOf(candidates: readonly Candidate[]): SharedContinuations {
  const first = new Map<string, number>();
  const second = new Map<string, number>();
  for (const { continuations, secondContinuations } of candidates) {
    for (const next of literalsOf(continuations)) first.set(next, (first.get(next) ?? 0) + 1);
    for (const next of literalsOf(secondContinuations))
      second.set(next, (second.get(next) ?? 0) + 1);
  }
  return { first, second };
}

/**
 * `/users` and `/repos` may share every user name below them; that makes no values of the two.
 * So where many segments without a meaning follow, only those with one count.
 */
function literalsOf(continuations: ReadonlySet<string>): readonly string[] {
  const scores = [...continuations].map((next) => [next, lexisOf(next).score] as const);
  const unknown = scores.filter(([, score]) => score > -1.5).length;
  return scores.filter(([, score]) => unknown <= 8 || score <= -1.5).map(([next]) => next);
}
