import { randomFillSync } from "node:crypto";

/** Digits of a time-ordered id: Crockford's base 32, without letters that people confuse. */
const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

const TIME_DIGITS = 9;
const RANDOM_DIGITS = 13;

/** Random bytes are drawn for this many ids at a time: one call each would cost more than the id. */
const IDS_PER_DRAW = 256;

/**
 * Makes ids that sort by time (45 bits of milliseconds) and that nobody can guess from another
 * (65 bits of randomness).
 */
export function createExchangeIds(now: () => number): () => string {
  const random = new Uint8Array(IDS_PER_DRAW * RANDOM_DIGITS);
  let used = random.length;
  let timeMs = -1;
  let prefix = "";

  return () => {
    const currentMs = now();
    if (currentMs !== timeMs) {
      timeMs = currentMs;
      prefix = timeDigitsOf(currentMs);
    }
    if (used === random.length) {
      randomFillSync(random);
      used = 0;
    }
    let id = prefix;
    for (const end = used + RANDOM_DIGITS; used < end; used += 1) {
      id += DIGITS[(random[used] ?? 0) & 31];
    }
    return id;
  };
}

function timeDigitsOf(timeMs: number): string {
  let left = Math.floor(timeMs);
  let digits = "";
  for (let count = 0; count < TIME_DIGITS; count += 1) {
    digits = `${DIGITS[left % 32]}${digits}`;
    left = Math.floor(left / 32);
  }
  return digits;
}
