import { creationWeight, isWeighed, KindOfObjects, type ObjectEntry } from "./kind-of-objects.ts";

/** What an object is to a principal, as far as is known. */
export type Standing = "own" | "public" | "unknown" | "foreign";

/** How somebody came to an object. */
export type Giving = "created" | "listed" | "used";

/** What the graph says of a use of somebody else's object. */
export interface Judgement {
  /** The exchange in which the object's owner was given it. */
  readonly ownerExchange: string;
  readonly confidence: "low" | "medium" | "high";
  /** Objects of the kind that belong to one principal alone, of those looked at; 0 to 1. */
  readonly exclusiveShare: number;
  /** How many were looked at. */
  readonly objects: number;
}

/** Objects remembered at a time; the ones used longest ago are forgotten first. */
const objectsMaxDefault = 200_000;
const kindsMax = 2_000;
/** Somebody who was given so many things of another is of the same household, team or company. */
const sharedThingsMin = 2;
/** So many things of others are no mistake. */
const triesOfPattern = 3;

/**
 * Who was given which object: a graph from principals to objects, learned from successful answers.
 * Bounded in every direction; forgetting an object only means that nothing is said about it.
 */
export class OwnershipGraph {
  readonly #objectsMax: number;
  #objects = new Map<string, ObjectEntry>();
  #older = new Map<string, ObjectEntry>();
  readonly #kinds = new Map<string, KindOfObjects>();

  constructor(objectsMax: number = objectsMaxDefault) {
    this.#objectsMax = objectsMax;
  }

  get objects(): number {
    return this.#objects.size + this.#older.size;
  }

  /** The principal was given the object: it created it, or an answer to it named it. */
  give(kind: string, id: string, principal: string, exchange: string, how: Giving): void {
    // Whoever takes what is not its own does not come to own things by taking them.
    if (how === "used" && this.#kinds.get(kind)?.isStranger(principal) === true) return;
    const weight = how === "created" ? creationWeight : 1;
    const key = `${kind} ${id}`;
    const entry = this.#entryOf(key);
    if (how === "used") this.#kindOf(kind)?.noteUse(principal, entry === undefined);
    if (entry !== undefined) {
      this.#kinds.get(kind)?.give(entry, principal, exchange, weight);
      return;
    }
    this.#keep(key, this.#kindOf(kind)?.add(principal, exchange, weight));
  }

  /** An answer about something else named the object to the principal. */
  mention(kind: string, id: string, principal: string): void {
    const key = `${kind} ${id}`;
    const entry = this.#entryOf(key);
    if (entry !== undefined) this.#kinds.get(kind)?.mention(entry, principal);
    else this.#keep(key, this.#kindOf(kind)?.addMentioned(principal));
  }

  /** Whether objects of this kind are known to belong to one principal as a rule. */
  isPrivate(kind: string): boolean {
    return this.#kinds.get(kind)?.exclusiveShare() !== undefined;
  }

  standingOf(kind: string, id: string, principal: string): Standing {
    const entry = this.#entryOf(`${kind} ${id}`);
    if (entry === undefined) return "unknown";
    if (entry.isPublic) return "public";
    if (entry.holders.includes(principal)) return "own";
    return this.#kinds.get(kind)?.mayUse(entry, principal) === false ? "foreign" : "unknown";
  }

  /** Whether somebody's being given the object again would change nothing. */
  isSettledFor(kind: string, id: string, principal: string): boolean {
    const entry = this.#entryOf(`${kind} ${id}`);
    if (entry === undefined || !entry.isMetAgain) return false;
    return entry.isPublic || isWeighed(entry, principal);
  }

  /**
   * What is to be said of a use by somebody who was not given the object; undefined for nothing.
   * `tries` are the objects of others that the principal asked for before.
   */
  judge(kind: string, id: string, principal: string, tries: number): Judgement | undefined {
    const entry = this.#entryOf(`${kind} ${id}`);
    const objects = this.#kinds.get(kind);
    if (entry === undefined || objects === undefined) return undefined;
    if (objects.mayUse(entry, principal)) return undefined;
    const share = objects.exclusiveShare();
    if (share === undefined || objects.hasManyStrangers(principal)) return undefined;
    const owner = objects.ownerOf(entry);
    if (owner === undefined) return undefined;
    if (objects.sharedThings(owner.principal, principal) >= sharedThingsMin) return undefined;
    const certainty = {
      exclusiveShare: share.exclusive,
      holders: objects.narrowHolders(entry),
      weight: owner.weight,
      isSettled: objects.isSettled(),
      tries,
    };
    return {
      ownerExchange: owner.exchange,
      confidence: objects.isBroad(principal) ? "low" : confidenceOf(certainty),
      exclusiveShare: share.exclusive,
      objects: share.objects,
    };
  }

  /** The principal used an object that is known to be its own, or everybody's. */
  noteUse(kind: string, principal: string): void {
    this.#kinds.get(kind)?.noteUse(principal, false);
  }

  /** The principal used an object although nobody gave it. */
  noteStranger(kind: string, principal: string): void {
    this.#kinds.get(kind)?.noteStranger(principal);
  }

  #keep(key: string, entry: ObjectEntry | undefined): void {
    if (entry === undefined) return;
    this.#objects.set(key, entry);
    if (this.#objects.size < this.#objectsMax / 2) return;
    this.#older = this.#objects;
    this.#objects = new Map();
  }

  #entryOf(key: string): ObjectEntry | undefined {
    const entry = this.#objects.get(key);
    if (entry !== undefined) return entry;
    const older = this.#older.get(key);
    if (older !== undefined) {
      this.#older.delete(key);
      this.#objects.set(key, older);
    }
    return older;
  }

  #kindOf(kind: string): KindOfObjects | undefined {
    const known = this.#kinds.get(kind);
    if (known !== undefined || this.#kinds.size >= kindsMax) return known;
    const created = new KindOfObjects();
    this.#kinds.set(kind, created);
    return created;
  }
}

interface Certainty {
  readonly exclusiveShare: number;
  readonly holders: number;
  readonly weight: number;
  readonly isSettled: boolean;
  readonly tries: number;
}

/**
 * As long as not everything is known, a use of something that nobody was seen to create may be its
 * true owner's first one; a use of a third thing that others have is not.
 */
function confidenceOf({
  exclusiveShare,
  holders,
  weight,
  isSettled,
  tries,
}: Certainty): Judgement["confidence"] {
  const isSure = weight >= creationWeight || tries >= triesOfPattern || (isSettled && weight >= 2);
  if (holders > 3 || !isSure) return "low";
  if (exclusiveShare >= 0.9 && holders === 1 && weight >= creationWeight) return "high";
  return exclusiveShare >= 0.7 ? "medium" : "low";
}
