import type { EndpointProfile } from "../model/endpoint.ts";
import type { Specification } from "../specifications/specification.ts";
import { EndpointRegistry } from "./endpoint-registry.ts";
import { defaultInventoryLimits, type InventoryOptions } from "./inventory-options.ts";
import type { InventoryPart } from "./inventory-store.ts";
import { createLearner, hostOf, isEvidence, type LearnRecord } from "./learn-exchange.ts";
import type { IgnoredReason, LearnResult } from "./learn-result.ts";
import { countCalls } from "./steps/traffic.ts";

/** All endpoints with what was learned of each. */
export interface Inventory {
  learn(record: LearnRecord): LearnResult;
  endpoints(): Iterable<EndpointProfile>;
  endpoint(id: string): EndpointProfile | undefined;
  /** The endpoint that a request belongs to, if one is known; learns nothing. */
  endpointOf(
    method: string,
    host: string,
    path: string,
    operation?: string,
  ): { readonly id: string; readonly key: string } | undefined;
  recordAttack(endpointId: string): void;
  /** Counts exchanges of which only this much is known, because the learning path shed them. */
  countLight(count: {
    readonly method: string;
    readonly host: string;
    readonly path: string;
    readonly status: number;
    readonly timeMs: number;
    readonly count: number;
  }): void;
  addSpecification(specification: Specification): void;
  /** What changed since the last time, to be saved. */
  takeChanges(): readonly InventoryPart[];
  restore(parts: readonly InventoryPart[]): void;
  counts(): InventoryCounts;
}

interface InventoryCounts {
  readonly endpoints: number;
  readonly hosts: number;
  /** How many exchanges taught nothing, and why. */
  readonly ignored: Readonly<Partial<Record<IgnoredReason, number>>>;
}

/** Creates an empty inventory; all its bounds are in `InventoryLimits`. */
export function createInventory(options: InventoryOptions = {}): Inventory {
  const limits = { ...defaultInventoryLimits, ...options.limits };
  const registry = new EndpointRegistry(limits, options.now);
  const ignored: Partial<Record<IgnoredReason, number>> = {};

  return {
    learn: createLearner(registry, limits, (reason, found) => {
      ignored[reason] = (ignored[reason] ?? 0) + 1;
      return { ...registry.referenceTo(found?.entry), isNew: false, ignored: reason };
    }),

    endpoints: () => registry.profiles(),
    endpoint: (id) => registry.profile(id),

    endpointOf(method, host, path, operation) {
      const found = registry.find({ method, host: hostOf(host) ?? "", path, operation });
      const reference = registry.referenceTo(found?.entry);
      if (reference.endpointId === undefined) return undefined;
      return { id: reference.endpointId, key: reference.endpointKey };
    },

    recordAttack(endpointId) {
      registry.countAttack(endpointId);
    },

    countLight({ method, host, path, status, timeMs, count }) {
      const seen = { method, host: hostOf(host) ?? "", path };
      const creates = seen.host !== "" && isEvidence(method, status);
      if (creates) registry.observe(seen);
      const found = creates ? registry.findOrCreate(seen, { style: "rest" }) : registry.find(seen);
      if (found === undefined || typeof found === "string") return;
      countCalls(found.entry.traffic, { timeMs, status, calls: count });
      registry.touch(found.entry, timeMs);
    },

    addSpecification: (specification) => registry.addSpecification(specification),
    takeChanges: () => registry.takeChanges(),
    restore: (parts) => registry.restore(parts),
    counts: () => ({ ...registry.counts(), ignored: { ...ignored } }),
  };
}
