import { randomBytes } from "node:crypto";
import type { CounterStore } from "./counters/counter-store.ts";
import { createCounterCells, SharedCounters } from "./counters/shared-counters.ts";

/** What protections have of the installation they run in; it outlives any policy. */
export interface Installation {
  /** Keys the digests that stand for credentials; the same in every worker of an installation. */
  readonly digestKey: Uint8Array;
  /** What gateways agree on: in this machine's memory, or in a store that several machines share. */
  readonly counters: CounterStore;
  /** This machine's own, for when the shared store is away; the same object when there is none. */
  readonly localCounters: CounterStore;
  /** A secret that the configuration names but does not hold: an environment variable. */
  secretOf(name: string): string | undefined;
  /**
   * What must survive a changed policy (fetched keys, seen nonces), by a key that names everything
   * it depends on. At most 256 are kept; the one asked for longest ago goes first.
   */
  keep<Kept extends object>(key: string, create: () => Kept): Kept;
}

const KEPT_MAX = 256;
/** Of an installation that is given none: tests, recorded traffic, a single embedded guard. */
const COUNTER_CELLS_ALONE = 16_384;

/** Builds an installation; without a key its digests hold as long as the process. */
export function createInstallation(
  options: {
    readonly digestKey?: Uint8Array;
    readonly counters?: CounterStore;
    readonly localCounters?: CounterStore;
    readonly secretOf?: (name: string) => string | undefined;
  } = {},
): Installation {
  const { digestKey = randomBytes(32), secretOf = () => undefined } = options;
  const localCounters =
    options.localCounters ?? new SharedCounters(createCounterCells(COUNTER_CELLS_ALONE));
  const kept = new Map<string, object>();
  return {
    digestKey,
    counters: options.counters ?? localCounters,
    localCounters,
    secretOf,
    keep<Kept extends object>(key: string, create: () => Kept): Kept {
      // A key belongs to the one protection that made it, hence to one type.
      const value = (kept.get(key) as Kept | undefined) ?? create();
      kept.delete(key);
      kept.set(key, value);
      const [oldest] = kept.keys();
      if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
      return value;
    },
  };
}
