/** Two numbers that stand for a key, different in every installation so that nobody can aim at a cell. */
export interface KeyHash {
  readonly high: number;
  readonly low: number;
}

/**
 * Hashes a key with two 32-bit multiplicative mixes (as MurmurHash3 does) under a secret seed. Not
 * cryptographic: two keys that share a cell share a limit, which the seed makes impossible to plan.
 */
export function hashKey(key: string, seed: KeyHash): KeyHash {
  let high = seed.high | 0;
  let low = seed.low | 0;
  for (let index = 0; index < key.length; index += 1) {
    const code = key.charCodeAt(index);
    high = Math.imul(high ^ code, 0x85ebca6b);
    high = (high << 13) | (high >>> 19);
    low = Math.imul(low ^ code, 0xc2b2ae35);
    low = (low << 15) | (low >>> 17);
  }
  high = mix(high ^ key.length);
  low = mix(low ^ high);
  return { high: mix(high ^ low), low };
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) | 0;
}
