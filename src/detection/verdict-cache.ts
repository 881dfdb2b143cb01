import type { Field } from "../model/field.ts";

/** Remembers, across exchanges, which values were found clean. */
export interface VerdictCache {
  isKnownClean(field: Field, hash: number): boolean;
  /** Notes a clean value: the first time only that something like it was seen. */
  addClean(field: Field, hash: number): void;
}

/**
 * Builds a cache with a place for each hash, of a power of two of at least `entriesMax`: a value
 * takes the place of whatever was there, so that a flood of new values costs no more than their
 * being looked at. The value itself is kept, and compared, only once it comes back: most never do.
 * Values are kept apart by where they stood and whether they were decoded, not by name: what a
 * detector says of a value may not depend on the field's name alone.
 */
export function createVerdictCache(entriesMax: number): VerdictCache {
  const size = 2 ** Math.ceil(Math.log2(Math.max(1, entriesMax)));
  const hashes = new Int32Array(size);
  const values: string[] = new Array<string>(size).fill("");

  return {
    isKnownClean(field, hash) {
      const key = keyOf(field, hash);
      const slot = slotOf(key, size);
      return hashes[slot] === key && values[slot] === field.value;
    },
    addClean(field, hash) {
      const key = keyOf(field, hash);
      const slot = slotOf(key, size);
      if (hashes[slot] === key) values[slot] = copyOf(field.value);
      else values[slot] = "";
      hashes[slot] = key;
    },
  };
}

function slotOf(key: number, size: number): number {
  return (key ^ (key >>> 15)) & (size - 1);
}

/** For one value, different in each place. */
function keyOf({ part, location, decoding }: Field, hash: number): number {
  const place = part === "name" ? 6 : places[location];
  return hash ^ Math.imul(decoding === undefined ? place : place + 8, 0x9e37_79b1);
}

const places = { path: 1, query: 2, header: 3, cookie: 4, body: 5 } as const;

/** A slice of a body keeps all of it alive: what is remembered must stand on its own. */
function copyOf(value: string): string {
  return ` ${value}`.slice(1);
}
