import type { Field } from "../model/field.ts";

/** Remembers, across exchanges, which short values were found clean. */
export interface VerdictCache {
  isKnownClean(field: Field): boolean;
  addClean(field: Field): void;
}

/**
 * Builds a cache of two generations of at most `entriesMax` values each: when the younger one is
 * full it becomes the older one, which is dropped, so that a flood of new values costs no more
 * than a refill. Values are kept apart by where they stood and whether they were decoded, not by
 * name: what a detector says of a short value may not depend on the field's name alone.
 */
export function createVerdictCache(entriesMax: number): VerdictCache {
  const shelves = new Map<string, Shelf>();

  return {
    isKnownClean: (field) => shelfOf(shelves, field).has(field.value),
    addClean: (field) => shelfOf(shelves, field).add(field.value, entriesMax),
  };
}

interface Shelf {
  has(value: string): boolean;
  add(value: string, entriesMax: number): void;
}

function shelfOf(shelves: Map<string, Shelf>, field: Field): Shelf {
  const keys = field.decoding === undefined ? plainKeys : decodedKeys;
  const key = keys[field.part === "name" ? "name" : field.location];
  let shelf = shelves.get(key);
  if (shelf === undefined) {
    shelf = createShelf();
    shelves.set(key, shelf);
  }
  return shelf;
}

/** Keys are looked up, not built, for every value. */
const plainKeys = {
  path: "path",
  query: "query",
  header: "header",
  cookie: "cookie",
  body: "body",
  name: "name",
};
const decodedKeys = {
  path: "path+",
  query: "query+",
  header: "header+",
  cookie: "cookie+",
  body: "body+",
  name: "name+",
};

function createShelf(): Shelf {
  let younger = new Set<string>();
  let older = new Set<string>();

  return {
    has: (value) => younger.has(value) || older.has(value),
    add(value, entriesMax) {
      if (younger.size >= entriesMax) {
        older = younger;
        younger = new Set();
      }
      younger.add(value);
    },
  };
}
