import { countIn } from "./counts.ts";
import { hashOf } from "./distinct-counter.ts";

/** Texts that clients showed, with how often and whether by more than one of them. */
export interface Witnessed {
  readonly counts: Map<string, number>;
  /** Hash of the one client that showed it, or -1 when several did. */
  readonly clients: Map<string, number>;
}

/** Clients of an endpoint from which on a single one is not believed. */
const clientsMin = 4;
const severalClients = -1;
const lengthMax = 200;

export function createWitnessed(): Witnessed {
  return { counts: new Map(), clients: new Map() };
}

/** Counts a text that a client showed; over the bound, new texts are left out. */
export function witness(state: Witnessed, text: string, client: string, textsMax: number): void {
  if (text === "" || text.length > lengthMax) return;
  countIn(state.counts, text, 1, textsMax);
  if (!state.counts.has(text)) return;
  const hash = hashOf(client);
  const known = state.clients.get(text);
  state.clients.set(text, known === undefined || known === hash ? hash : severalClients);
}

export function mergeWitnessed(into: Witnessed, from: Witnessed, textsMax: number): void {
  for (const [text, count] of from.counts) {
    countIn(into.counts, text, count, textsMax);
    if (!into.counts.has(text)) continue;
    const known = into.clients.get(text);
    const other = from.clients.get(text) ?? severalClients;
    into.clients.set(text, known === undefined || known === other ? other : severalClients);
  }
}

/** Texts to believe, most frequent first: what one client among many invents is left out. */
export function believedOf(state: Witnessed, clients: number): readonly string[] {
  return [...state.counts]
    .filter(([text]) => clients < clientsMin || state.clients.get(text) === severalClients)
    .sort(([, left], [, right]) => right - left)
    .map(([text]) => text);
}
