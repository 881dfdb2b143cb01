/**
 * Counts distinct texts in bounded memory: keeps the smallest hashes (k minimum values). Exact up
 * to the bound, within about 6 % above it. Mergeable and independent of the order.
 */
export interface DistinctCounter {
  /** Ascending. */
  readonly smallest: number[];
}

/** Hashes kept: 256 numbers, 2 KiB. */
const hashesMax = 256;

export function createDistinctCounter(): DistinctCounter {
  return { smallest: [] };
}

export function countDistinct(counter: DistinctCounter, text: string): void {
  addHash(counter.smallest, hashOf(text));
}

export function mergeDistinct(into: DistinctCounter, from: DistinctCounter): void {
  for (const hash of from.smallest) addHash(into.smallest, hash);
}

export function distinctOf({ smallest }: DistinctCounter): number {
  const largest = smallest.at(-1);
  if (largest === undefined || smallest.length < hashesMax) return smallest.length;
  return Math.round(((hashesMax - 1) * hashSpace) / largest);
}

const hashSpace = 2 ** 32;

/** 32 bits of FNV-1a, mixed; not meant to resist anyone who chooses the texts. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function addHash(smallest: number[], hash: number): void {
  if (smallest.length >= hashesMax && hash >= (smallest.at(-1) ?? 0)) return;
  let [low, high] = [0, smallest.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((smallest[middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  if (smallest[low] === hash) return;
  smallest.splice(low, 0, hash);
  if (smallest.length > hashesMax) smallest.pop();
}
