/** How often each key was seen. */
export type Counts<Key = string> = Map<Key, number>;

/** Counts a key; over the bound, new keys are left out. */
export function countIn<Key>(
  counts: Counts<Key>,
  key: Key,
  by: number = 1,
  keysMax: number = Number.POSITIVE_INFINITY,
): void {
  const known = counts.get(key);
  if (known === undefined && counts.size >= keysMax) return;
  counts.set(key, (known ?? 0) + by);
}

export function mergeCounts<Key>(
  into: Counts<Key>,
  from: Counts<Key>,
  keysMax: number = Number.POSITIVE_INFINITY,
): void {
  for (const [key, count] of from) countIn(into, key, count, keysMax);
}

/** For the model and JSON; keys in order of first sight. */
export function recordOf(counts: Counts<string | number>): Readonly<Record<string, number>> {
  return Object.fromEntries(counts);
}
