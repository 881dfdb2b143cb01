import type { Awaitable } from "../protection.ts";

/** How much of something a key may use: `amount` each `periodMs`, and up to `burst` at once. */
export interface Quota {
  readonly amount: number;
  readonly periodMs: number;
  /** At least 1; usually no more than `amount`. */
  readonly burst: number;
}

/** What a quota said to a wish. */
export interface Taken {
  readonly isAllowed: boolean;
  /** Whole units that could be taken at once now. */
  readonly remaining: number;
  /** Until the same wish would be allowed; 0 when it is. Infinity for more than the burst. */
  readonly retryAfterMs: number;
  /** Until the whole burst is there again. */
  readonly resetMs: number;
}

/**
 * The few numbers that gateway workers must agree on: in shared memory on one machine, in Redis or
 * Valkey across machines. Keys may come from clients; a store hashes them and bounds its memory.
 */
export interface CounterStore {
  /**
   * Takes `amount` under the quota, all or nothing, by the generic cell rate algorithm (ITU-T I.371):
   * one number a key, exact to the microsecond, no window to reset.
   */
  take(key: string, quota: Quota, amount: number, nowMs: number): Awaitable<Taken>;
  /** Takes `amount` whatever the quota says: for what is known only afterwards, such as bytes sent. */
  charge(key: string, quota: Quota, amount: number, nowMs: number): Awaitable<void>;
  /**
   * Adds `amount` (0 only reads) and returns the count over the last `windowMs`: the current window
   * and the share of the one before that still lies within. Counts up to 65,535.
   */
  count(key: string, windowMs: number, amount: number, nowMs: number): Awaitable<number>;
}
