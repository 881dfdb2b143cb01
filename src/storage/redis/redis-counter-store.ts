import { createHash } from "node:crypto";
import { Redis } from "ioredis";
import { MerlonError } from "../../model/merlon-error.ts";
import type { CounterStore, Quota, Taken } from "../../protection/counters/counter-store.ts";
import { chargeScript, countScript, takeScript } from "./counter-scripts.ts";

export interface RedisCounterOptions {
  /** `redis://` or `rediss://` with credentials, host, port and database. */
  readonly url: string;
  /** Before every key, so that installations can share a server. */
  readonly keyPrefix: string;
  /** Longest wait for an answer, in milliseconds; after it the limit's own policy speaks. */
  readonly timeoutMs: number;
  /** Told when the server goes away and when it is back. */
  readonly onChange?: (isAway: boolean) => void;
}

/** The commands that the scripts add. */
interface Scripts {
  merlonTake(key: string, ...numbers: readonly number[]): Promise<[number, number, number, number]>;
  merlonCharge(key: string, ...numbers: readonly number[]): Promise<number>;
  merlonCount(key: string, ...numbers: readonly number[]): Promise<number>;
}

const reconnectMsMax = 2_000;
/** A digest stands for longer keys: no client decides how much memory a key takes. */
const keyLengthMax = 256;
const never = -1;

/**
 * Counters in Redis or Valkey, one atomic script a wish. While the server is away every call rejects
 * at once with ERR_STORAGE_FAILED; it is asked again as soon as it is back. `nowMs` is the caller's
 * clock: limits over several gateways are as exact as their clocks agree.
 */
export class RedisCounterStore implements CounterStore {
  readonly #redis: Redis & Scripts;
  readonly #onChange: ((isAway: boolean) => void) | undefined;
  #isAway = false;

  constructor({ url, keyPrefix, timeoutMs, onChange }: RedisCounterOptions) {
    this.#onChange = onChange;
    const redis = new Redis(url, {
      keyPrefix,
      commandTimeout: timeoutMs,
      connectTimeout: Math.max(timeoutMs, 1_000),
      enableOfflineQueue: false,
      enableAutoPipelining: true,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(50 * attempt, reconnectMsMax),
      scripts: {
        merlonTake: { lua: takeScript, numberOfKeys: 1 },
        merlonCharge: { lua: chargeScript, numberOfKeys: 1 },
        merlonCount: { lua: countScript, numberOfKeys: 1 },
      },
    });
    // Each failed call says it too; without a listener the library writes to stderr.
    redis.on("error", () => undefined);
    redis.on("ready", () => this.#turn(false));
    redis.on("close", () => this.#turn(true));
    this.#redis = redis as Redis & Scripts;
  }

  /** Resolves once the server answers; rejects when it does not within the time. */
  async ready(): Promise<void> {
    if (this.#redis.status === "ready") return;
    await new Promise<void>((resolve) => this.#redis.once("ready", () => resolve()));
  }

  async take(key: string, quota: Quota, amount: number, nowMs: number): Promise<Taken> {
    const { amount: units, periodMs, burst } = quota;
    const [isAllowed, remaining, retryAfterMs, resetMs] = await this.#ask(() =>
      this.#redis.merlonTake(shortened(key), units, periodMs, burst, amount, nowMs),
    );
    return {
      isAllowed: isAllowed === 1,
      remaining,
      retryAfterMs: retryAfterMs === never ? Infinity : retryAfterMs,
      resetMs,
    };
  }

  async charge(key: string, quota: Quota, amount: number, nowMs: number): Promise<void> {
    const { amount: units, periodMs, burst } = quota;
    await this.#ask(() =>
      this.#redis.merlonCharge(shortened(key), units, periodMs, burst, amount, nowMs),
    );
  }

  async count(key: string, windowMs: number, amount: number, nowMs: number): Promise<number> {
    return await this.#ask(() =>
      this.#redis.merlonCount(shortened(`${windowMs} ${key}`), windowMs, amount, nowMs),
    );
  }

  close(): void {
    this.#redis.disconnect();
  }

  async #ask<Answer>(command: () => Promise<Answer>): Promise<Answer> {
    if (this.#redis.status !== "ready") throw away();
    try {
      return await command();
    } catch (cause) {
      throw away(cause);
    }
  }

  #turn(isAway: boolean): void {
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    this.#onChange?.(isAway);
  }
}

function shortened(key: string): string {
  if (key.length <= keyLengthMax) return key;
  return createHash("sha256").update(key).digest("base64url");
}

function away(cause?: unknown): MerlonError {
  return new MerlonError("ERR_STORAGE_FAILED", "the counter store does not answer", { cause });
}
