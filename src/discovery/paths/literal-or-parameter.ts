import type { Candidate } from "./candidate.ts";
import { type Family, familiesOf, familyKey, familyScore } from "./candidate-families.ts";
import { isWebAsset, type SegmentFamily } from "./segment-lexis.ts";
import type { SegmentReader } from "./segment-reader.ts";
import { continuationScore, sharedContinuationsOf } from "./shared-continuations.ts";
import { apiVerbs } from "./vocabulary-table.ts";
import { isPlural } from "./word-forms.ts";

/** What is known of values at the same place: those known by their form, or a specification's. */
export interface SlotEvidence {
  readonly calls: number;
  readonly documented: boolean;
  /** Its specification goes on with another parameter, and with no literal. */
  readonly leadsOnlyToValues: boolean;
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
  /** Values folded into the slots: by the key of their family, and how many by suffix. */
  readonly folded: Folded;
  readonly read: SegmentReader;
}

interface Folded {
  readonly families: ReadonlyMap<string, Family>;
  readonly values: ReadonlyMap<string, number>;
}

/** Shares of the spellings among literals of several words, and how many were seen. */
export interface Spelling {
  readonly count: number;
  readonly shares: Readonly<Partial<Record<SegmentFamily, number>>>;
}

/** Judges segments at one place: above zero a value of a parameter, below zero a literal. */
export function createJudge(
  place: Place,
  all: readonly Candidate[],
): (candidate: Candidate) => number {
  // A documented literal says nothing about the rest.
  const candidates = all.filter(({ documented }) => !documented);
  const families = familiesOf(candidates, place.folded.families);
  const shared = sharedContinuationsOf(candidates, place.read);
  const placeScore = placeScoreOf(place);
  const documented = documentedCompanyOf(place, candidates);
  const judgeAlone = (candidate: Candidate): number => {
    const { lexis } = candidate;
    const family = families.get(familyKey(candidate.suffix, lexis.family));
    return (
      lexis.score +
      placeScore +
      spellingScore(lexis.family, place.spelling) +
      (lexis.family === "version" ? versionScore(candidate.stem, place, families) : 0) +
      (isLoadedByPages(candidate) ? -4 : 0) +
      familyScore(family, candidate) +
      slotScore(place.slots.get(candidate.suffix), candidate, place) +
      documentedScore(candidate, documented) +
      alikeScore(candidate, place.slots.get(candidate.suffix)) +
      continuationScore(candidate, shared, { ...lexis, isCommon: (family?.unknown ?? 0) >= 8 })
    );
  };
  const company = companyOf(candidates, judgeAlone, place.folded);
  return (candidate) => judgeAlone(candidate) + companyScore(candidate, company, place);
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
  folded: Folded,
): ReadonlyMap<string, Company> {
  const company = new Map<string, Company>();
  for (const [suffix, values] of folded.values) company.set(suffix, { values, literals: 0 });
  for (const candidate of candidates) {
    const of = company.get(candidate.suffix) ?? { values: 0, literals: 0 };
    company.set(candidate.suffix, of);
    if (judge(candidate) > 0) of.values += 1;
    else if (!candidate.lexis.isKnown) of.literals += 1;
  }
  return company;
}

/** What stands among many values and means nothing to an API is a value as well. */
function companyScore(
  { stem, suffix, lexis }: Candidate,
  company: ReadonlyMap<string, Company>,
  { previousIsParameter }: Place,
): number {
  const of = company.get(suffix);
  if (of === undefined || of.values < 4 || of.values * 2 < of.literals) return 0;
  const isProven = of.values >= 10 && of.values > 4 * of.literals;
  // Values behind a parameter refute what was subtracted for standing there.
  const refuted = previousIsParameter && of.values >= 8 ? 2 : 0;
  const { score, isKnown } = lexis;
  if (!isKnown) return refuted + (score > -1.5 ? 2 : 1.2);
  // Categories and topics are called by words that APIs know too, but never by verbs.
  const isNoun = /^[a-z]+$/.test(stem) && !apiVerbs.has(stem);
  return isNoun && isProven ? 1.2 : 0;
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
  const { continuations, methods } = candidate;
  if (slot === undefined || (slot.calls === 0 && !slot.documented)) return 0;
  let score = slot.documented ? 2 : 0.8;
  // What was subtracted for standing behind another parameter is refuted by values that do.
  if (place.previousIsParameter || place.depth === 0) score += 1;
  if (slot.calls < 10 && !slot.documented) return score;
  if (continuations.size > 0) {
    const alike = goesOnAlike(candidate, slot);
    return score + (alike ? 2.5 : slot.documented ? -3 : -1.5);
  }
  return [...methods].some((method) => !slot.methods.has(method)) ? score - 1 : score;
}

/** Per suffix of a documented parameter, how many segments may be values of it. */
interface DocumentedCompany {
  known: number;
  unknown: number;
}

function documentedCompanyOf(
  { slots }: Place,
  candidates: readonly Candidate[],
): ReadonlyMap<string, DocumentedCompany> {
  const companies = new Map<string, DocumentedCompany>();
  for (const [suffix, slot] of slots) {
    if (!slot.documented) continue;
    const company: DocumentedCompany = { known: 0, unknown: 0 };
    for (const candidate of candidates) {
      if (candidate.suffix !== suffix || !mayBeValueOf(slot, candidate)) continue;
      company[candidate.lexis.isKnown ? "known" : "unknown"] += 1;
    }
    companies.set(suffix, company);
  }
  return companies;
}

function goesOnAlike(candidate: Candidate, slot: SlotEvidence): boolean {
  if (alikeScore(candidate, slot) > 0) return true;
  return [...candidate.continuations].some((next) => slot.continuations.has(next));
}

/** Continuations of a segment from which on they are told to be values of the next parameter. */
const continuationsMin = 2;

/** What goes on with values just as the documented parameter does is a value of it. */
function alikeScore(
  { leadsToValue, continuations, stem }: Candidate,
  slot: SlotEvidence | undefined,
): number {
  if (slot?.leadsOnlyToValues !== true || apiVerbs.has(stem)) return 0;
  return leadsToValue || continuations.size >= continuationsMin ? 4 : 0;
}

function mayBeValueOf(slot: SlotEvidence, { methods, continuations }: Candidate): boolean {
  return (
    [...methods].every((method) => slot.methods.has(method)) &&
    [...continuations].every((next) => slot.continuations.has(next))
  );
}

/**
 * Beside a documented parameter one undocumented literal is likely a shadow endpoint; the more
 * there are that could be values of it, the more likely all of them are. Verbs never are.
 */
function documentedScore(
  candidate: Candidate,
  companies: ReadonlyMap<string, DocumentedCompany>,
): number {
  const company = companies.get(candidate.suffix);
  if (company === undefined) return 0;
  const { isKnown } = candidate.lexis;
  if (isKnown && apiVerbs.has(candidate.stem)) return 0;
  const alike = isKnown ? company.known : company.unknown + company.known;
  return Math.min(2.5, 0.8 * Math.max(0, alike - 1));
}
