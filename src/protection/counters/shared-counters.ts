import { chargeCell, stepCell } from "./cell-rate.ts";
import type { CounterStore, Quota, Taken } from "./counter-store.ts";
import { hashKey, type KeyHash } from "./key-hash.ts";
import { addToWindow } from "./sliding-window.ts";

/** Key, value, and the time in milliseconds after which the cell says nothing any more. */
const WORDS_PER_CELL = 3;
const SEED_WORDS = 1;
const BYTES_PER_WORD = 8;
/** Cells that a key may be in; when all are taken the one that ends first gives way. */
const WAYS = 8;
/** Owner of a cell between two keys; lasts for two stores. */
const CHANGING = -1n;
/** Looks at a cell that is being changed before it is taken: a thread may have ended amid it. */
const ATTEMPTS_BEFORE_FORCE = 10_000;

/** Memory for `cells` counters, a power of two of at least 8, to share between threads: 24 bytes each. */
export function createCounterCells(cells: number): SharedArrayBuffer {
  const memory = new SharedArrayBuffer((SEED_WORDS + cells * WORDS_PER_CELL) * BYTES_PER_WORD);
  crypto.getRandomValues(new Uint32Array(2)).forEach((random, index) => {
    new Uint32Array(memory)[index] = random;
  });
  return memory;
}

/**
 * Counters in shared memory, exact between threads by compare-and-exchange. A full table forgets the
 * counters that would have ended first; it never grows and never waits.
 */
export class SharedCounters implements CounterStore {
  readonly #words: BigInt64Array;
  readonly #seed: KeyHash;
  readonly #cellMask: number;
  /** Living counters that gave way to others, in this thread. */
  evicted = 0;

  constructor(memory: SharedArrayBuffer) {
    this.#words = new BigInt64Array(memory);
    const [high = 0, low = 0] = new Uint32Array(memory, 0, 2);
    this.#seed = { high, low };
    this.#cellMask = (this.#words.length - SEED_WORDS) / WORDS_PER_CELL - 1;
  }

  take(key: string, quota: Quota, amount: number, nowMs: number): Taken {
    const cell = this.#cellOf(key, nowMs);
    for (;;) {
      const before = Atomics.load(this.#words, cell + 1);
      const { taken, arrivalUs } = stepCell(Number(before), quota, amount, nowMs);
      if (!taken.isAllowed) return taken;
      if (this.#exchange(cell, before, BigInt(arrivalUs), arrivalUs / 1_000)) return taken;
    }
  }

  charge(key: string, quota: Quota, amount: number, nowMs: number): void {
    const cell = this.#cellOf(key, nowMs);
    for (;;) {
      const before = Atomics.load(this.#words, cell + 1);
      const arrivalUs = chargeCell(Number(before), quota, amount, nowMs);
      if (this.#exchange(cell, before, BigInt(arrivalUs), arrivalUs / 1_000)) return;
    }
  }

  count(key: string, windowMs: number, amount: number, nowMs: number): number {
    const cell = this.#cellOf(`${windowMs} ${key}`, nowMs);
    for (;;) {
      const before = Atomics.load(this.#words, cell + 1);
      const { value, count } = addToWindow(before, windowMs, amount, nowMs);
      if (amount === 0) return count;
      if (this.#exchange(cell, before, value, nowMs + 2 * windowMs)) return count;
    }
  }

  #exchange(cell: number, before: bigint, after: bigint, untilMs: number): boolean {
    if (Atomics.compareExchange(this.#words, cell + 1, before, after) !== before) return false;
    Atomics.store(this.#words, cell + 2, BigInt(Math.ceil(untilMs)));
    return true;
  }

  /** The index of the key's first word; a cell is taken over when the key has none. */
  #cellOf(key: string, nowMs: number): number {
    const { high, low } = hashKey(key, this.#seed);
    const name = nameOf(high, low);
    for (let attempt = 0; ; attempt += 1) {
      const cell = this.#find(name, low, nowMs, attempt < ATTEMPTS_BEFORE_FORCE);
      if (cell < 0) continue;
      const owner = Atomics.load(this.#words, cell);
      if (owner === name) return cell;
      // Nobody may see the cell under its new name with the old value, hence the step between.
      if (Atomics.compareExchange(this.#words, cell, owner, CHANGING) !== owner) continue;
      if (Number(Atomics.load(this.#words, cell + 2)) > nowMs) this.evicted += 1;
      Atomics.store(this.#words, cell + 1, 0n);
      Atomics.store(this.#words, cell + 2, BigInt(Math.ceil(nowMs)));
      Atomics.store(this.#words, cell, name);
      return cell;
    }
  }

  /** The key's cell, or the one to take over; -1 while another thread is changing one that may be it. */
  #find(name: bigint, low: number, nowMs: number, waits: boolean): number {
    let oldest = -1;
    let oldestUntilMs = Infinity;
    for (let way = 0; way < WAYS; way += 1) {
      const cell = SEED_WORDS + ((low + way) & this.#cellMask) * WORDS_PER_CELL;
      const owner = Atomics.load(this.#words, cell);
      if (owner === name) return cell;
      if (owner === CHANGING && waits) return -1;
      const untilMs = owner === 0n ? 0 : Number(Atomics.load(this.#words, cell + 2));
      // Among those that say nothing any more the first one will do, so that lookups stay short.
      const rank = untilMs <= nowMs ? 0 : untilMs;
      if (rank < oldestUntilMs) {
        oldest = cell;
        oldestUntilMs = rank;
      }
    }
    return oldest;
  }
}

/** The key's name in its cell: neither empty nor changing. */
function nameOf(high: number, low: number): bigint {
  const name = (BigInt(high) << 32n) | BigInt(low >>> 0);
  return name === 0n || name === CHANGING ? 1n : name;
}
