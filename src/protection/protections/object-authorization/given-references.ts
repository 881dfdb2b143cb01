import { isOwnId, isWrapper, kindOfCollection, kindOfReference } from "./object-kind.ts";
import { isId } from "./object-reference.ts";

/** One object that an answer names. */
export interface GivenReference {
  readonly kind: string;
  readonly id: string;
  /** Named beside what was asked for (`sellerId` of a product): knowing it is no right to use it. */
  readonly isMention: boolean;
}

/** Read of one answer at most. */
const referencesMax = 256;
const nodesMax = 5_000;
const depthMax = 12;

/** A part of the answer, and what a bare `id` in it is of. */
interface Part {
  readonly value: unknown;
  readonly kind: string | undefined;
  /** Within another object, whose id is not what was asked for. */
  readonly isMention: boolean;
  readonly depth: number;
}

/** The objects that a JSON answer names. `own` is the collection that the request asked. */
export function referencesInAnswer(
  answer: unknown,
  host: string,
  own: string | undefined,
): readonly GivenReference[] {
  const found: GivenReference[] = [];
  const waiting: Part[] = [{ value: answer, kind: own, isMention: false, depth: 0 }];
  for (let read = 0; read < nodesMax && found.length < referencesMax; read += 1) {
    const part = waiting.pop();
    if (part === undefined) break;
    const { value, kind, isMention, depth } = part;
    if (typeof value !== "object" || value === null || depth > depthMax) continue;
    if (Array.isArray(value)) {
      for (const item of value) waiting.push({ value: item, kind, isMention, depth: depth + 1 });
    } else {
      readMembers(part, value, { host, own, found, waiting });
    }
  }
  return found;
}

interface Reading {
  readonly host: string;
  readonly own: string | undefined;
  readonly found: GivenReference[];
  readonly waiting: Part[];
}

function readMembers(part: Part, object: object, { host, own, found, waiting }: Reading): void {
  for (const [name, member] of Object.entries(object)) {
    if (typeof member === "object") {
      waiting.push(partWithin(part, name, member, own));
      continue;
    }
    const isOwn = isOwnId(name);
    const kind = isOwn ? part.kind : kindOfReference(name);
    const id = String(member);
    if (kind === undefined || !isId(id)) continue;
    // `orderId` in an order is as good as its `id`.
    const isMention = isOwn ? part.isMention : part.isMention || kind !== own;
    found.push({ kind: `${host} ${kind}`, id, isMention });
  }
}

function partWithin(part: Part, name: string, value: unknown, own: string | undefined): Part {
  const kind = kindOfCollection(name);
  const depth = part.depth + 1;
  if (isWrapper(kind)) return { ...part, value, depth };
  return { value, kind, isMention: kind !== own, depth };
}
