/** One object and who was given it. */
export interface ObjectEntry {
  /** In the order in which they were given it. */
  readonly holders: string[];
  /** The exchanges in which the first ones were. */
  readonly exchanges: string[];
  /** How sure it is that the first ones own it: 3 for a creator, 2 when it was given again, else 1. */
  readonly weights: number[];
  /** Who only saw it named in something else. */
  readonly mentionedTo: string[];
  /** So many hold it that it is nobody's own. */
  isPublic: boolean;
  isMetAgain: boolean;
}

/** Who an object belongs to, and how that is known. */
interface Owner {
  readonly principal: string;
  readonly exchange: string;
  readonly weight: number;
}

/** Share of objects that belong to one principal alone, of so many that were looked at. */
interface ExclusiveShare {
  readonly exclusive: number;
  readonly objects: number;
}

/** An object with more holders is public. */
const holdersMax = 12;
const weighedHolders = 3;
export const creationWeight = 3;
/** What is named to more than so many is known widely, and no longer meant for whoever saw it. */
const mentionsMax = 2;
/** Objects that are looked at to judge a kind; the latest ones met again. */
const sampleMax = 1_024;
/** What must be known of a kind before anything is said. */
const sampleMin = 30;
const principalsMin = 5;
/** Below this share of objects of one alone, the kind is shared or public. */
const exclusiveShareMin = 0.5;
/** A principal that shares things with so many others of the kind looks after them: support, sales. */
const broadDegreeMin = 10;
/** When more are broad than this share, they are no staff: the kind is public. */
const broadShareMax = 0.2;
/** More strangers than this share of all, and the kind is not what it seems. */
const strangersShareMax = 0.1;
const strangersAlwaysAllowed = 3;
const principalsMax = 20_000;
const pairsMax = 200_000;
/** Uses that are looked back on to see whether everything is known by now. */
const usesMax = 1_024;
/** As long as more principals than this share come with objects that nobody saw before, it is not. */
const novelShareMax = 0.03;
/** The share is counted anew after so many changes. */
const changesBetweenCounts = 64;

/** Whether the principal holds the object, and nothing but its creation could make it surer. */
export function isWeighed({ holders, weights }: ObjectEntry, principal: string): boolean {
  const place = holders.indexOf(principal);
  if (place < 0) return false;
  return place >= weighedHolders || (weights[place] ?? 0) >= creationWeight - 1;
}

/** What is learned of one kind of objects, such as the orders of an API. */
export class KindOfObjects {
  /** Principal → others with whom it holds objects of this kind. */
  readonly #degrees = new Map<string, number>();
  /** Two principals → objects that both hold. */
  readonly #pairs = new Map<string, number>();
  readonly #strangers = new Set<string>();
  readonly #sample: ObjectEntry[] = [];
  /** Who used what was known, and who something that nobody had seen before; the latest ones. */
  readonly #uses: { readonly principal: string; readonly isNovel: boolean }[] = [];
  #used = 0;
  #met = 0;
  #broad = 0;
  #share: ExclusiveShare | undefined;
  #changes = 0;

  add(owner: string, exchange: string, weight: number): ObjectEntry {
    this.#meet(owner);
    return {
      holders: [owner],
      exchanges: [exchange],
      weights: [weight],
      mentionedTo: [],
      isPublic: false,
      isMetAgain: false,
    };
  }

  /** An object of which nothing is known but that it was named. */
  addMentioned(principal: string): ObjectEntry {
    return {
      holders: [],
      exchanges: [],
      weights: [],
      mentionedTo: [principal],
      isPublic: false,
      isMetAgain: false,
    };
  }

  mention({ mentionedTo }: ObjectEntry, principal: string): void {
    if (mentionedTo.length > mentionsMax || mentionedTo.includes(principal)) return;
    mentionedTo.push(principal);
  }

  give(entry: ObjectEntry, principal: string, exchange: string, weight: number): void {
    this.#meet(principal);
    const place = entry.holders.indexOf(principal);
    if (place >= 0 && place < weighedHolders) {
      const known = entry.weights[place] ?? 0;
      // However often it is seen with it, only its creator is sure to own it.
      entry.weights[place] = Math.max(known, weight, Math.min(known + weight, creationWeight - 1));
    }
    if (!entry.isMetAgain && entry.holders.length > 0) {
      entry.isMetAgain = true;
      this.#sample[this.#met % sampleMax] = entry;
      this.#met += 1;
      this.#changes += 1;
    }
    if (entry.isPublic || place >= 0) return;
    this.#changes += 1;
    for (const holder of entry.holders) this.#pair(holder, principal);
    entry.holders.push(principal);
    if (entry.exchanges.length < weighedHolders) {
      entry.exchanges.push(exchange);
      entry.weights.push(weight);
    }
    if (entry.holders.length > holdersMax) entry.isPublic = true;
  }

  /** Whether the principal may use it as far as is known, which includes that nothing is. */
  mayUse({ holders, mentionedTo, isPublic }: ObjectEntry, principal: string): boolean {
    if (isPublic || holders.length === 0 || holders.includes(principal)) return true;
    return mentionedTo.length <= mentionsMax && mentionedTo.includes(principal);
  }

  noteUse(principal: string, isNovel: boolean): void {
    this.#uses[this.#used % usesMax] = { principal, isNovel };
    this.#used += 1;
  }

  /** Whether what its principals use is known as a rule: then what nobody gave is truly foreign. */
  isSettled(): boolean {
    const all = new Set<string>();
    const novel = new Set<string>();
    for (const { principal, isNovel } of this.#uses) {
      all.add(principal);
      if (isNovel) novel.add(principal);
    }
    return novel.size <= Math.max(1, all.size * novelShareMax);
  }

  isStranger(principal: string): boolean {
    return this.#strangers.has(principal);
  }

  noteStranger(principal: string): void {
    if (this.#strangers.size < principalsMax) this.#strangers.add(principal);
  }

  /** Undefined as long as too little is known, or when the kind is shared or public. */
  exclusiveShare(): ExclusiveShare | undefined {
    const objects = this.#sample.length;
    if (objects < sampleMin || this.#degrees.size < principalsMin) return undefined;
    if (this.#changes >= changesBetweenCounts || this.#share === undefined) {
      this.#changes = 0;
      const alone = this.#sample.filter(
        (entry) => !entry.isPublic && this.narrowHolders(entry) <= 1,
      ).length;
      this.#share = { exclusive: alone / objects, objects };
    }
    return this.#share.exclusive < exclusiveShareMin ? undefined : this.#share;
  }

  /** Whether so many principals use what nobody gave them that this must be ordinary. */
  hasManyStrangers(principal: string): boolean {
    const allowed = Math.max(strangersAlwaysAllowed, this.#degrees.size * strangersShareMax);
    const others = this.#strangers.size - (this.#strangers.has(principal) ? 1 : 0);
    return others >= allowed;
  }

  /** A principal that looks after others' objects, as long as few do. */
  isBroad(principal: string): boolean {
    if (this.#broad > Math.max(1, this.#degrees.size * broadShareMax)) return false;
    return (this.#degrees.get(principal) ?? 0) >= broadDegreeMin;
  }

  /** Holders that do not look after everybody's. */
  narrowHolders({ holders }: ObjectEntry): number {
    return holders.filter((holder) => !this.isBroad(holder)).length;
  }

  /** The first holder that is no broad one. */
  ownerOf(entry: ObjectEntry): Owner | undefined {
    const index = entry.holders.findIndex((holder) => !this.isBroad(holder));
    const principal = entry.holders[index];
    if (principal === undefined) return undefined;
    return {
      principal,
      exchange: entry.exchanges[index] ?? entry.exchanges[0] ?? "",
      weight: entry.weights[index] ?? 1,
    };
  }

  /** Objects that both hold. */
  sharedThings(one: string, other: string): number {
    return this.#pairs.get(pairOf(one, other)) ?? 0;
  }

  #meet(principal: string): void {
    if (this.#degrees.has(principal) || this.#degrees.size >= principalsMax) return;
    this.#degrees.set(principal, 0);
  }

  #pair(one: string, other: string): void {
    const pair = pairOf(one, other);
    const known = this.#pairs.get(pair);
    if (known === undefined) {
      this.#widen(one);
      this.#widen(other);
    }
    // Used again, hence forgotten last.
    this.#pairs.delete(pair);
    this.#pairs.set(pair, (known ?? 0) + 1);
    const [oldest] = this.#pairs.keys();
    if (this.#pairs.size > pairsMax && oldest !== undefined) this.#pairs.delete(oldest);
  }

  #widen(principal: string): void {
    const degree = this.#degrees.get(principal);
    if (degree === undefined) return;
    this.#degrees.set(principal, degree + 1);
    if (degree + 1 === broadDegreeMin) this.#broad += 1;
  }
}

/** The same for both directions: who shares with me, I share with. */
function pairOf(one: string, other: string): string {
  return one < other ? `${one}\n${other}` : `${other}\n${one}`;
}
