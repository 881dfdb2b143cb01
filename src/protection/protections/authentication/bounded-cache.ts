/** Remembers values up to a total weight; what was not asked for lately is forgotten first. */
export interface BoundedCache<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value, weight: number): void;
}

interface Entry<Value> {
  readonly value: Value;
  readonly weight: number;
}

/**
 * Builds a cache of two generations of half the weight each: when the younger one is full it
 * becomes the older one, which is dropped, so that a flood of new values costs no more than a refill.
 */
export function createBoundedCache<Value>(weightMax: number): BoundedCache<Value> {
  let younger = new Map<string, Entry<Value>>();
  let older = new Map<string, Entry<Value>>();
  let weightYounger = 0;

  function add(key: string, entry: Entry<Value>): void {
    if (weightYounger + entry.weight > weightMax / 2) {
      older = younger;
      younger = new Map();
      weightYounger = 0;
    }
    weightYounger += entry.weight - (younger.get(key)?.weight ?? 0);
    younger.set(key, entry);
  }

  return {
    get(key) {
      const found = younger.get(key);
      if (found !== undefined) return found.value;
      const old = older.get(key);
      if (old !== undefined) add(key, old);
      return old?.value;
    },
    set(key, value, weight) {
      add(key, { value, weight });
    },
  };
}
