import type { Consumer, Exposure } from "../../model/endpoint.ts";
import { exposureOf } from "../client-exposure.ts";
import { consumerIdOf } from "../credentials.ts";
import type { DiscoveryStep } from "../discovery-step.ts";
import { type Counts, countIn, mergeCounts } from "../sketches/counts.ts";
import {
  countDistinct,
  createDistinctCounter,
  type DistinctCounter,
  distinctOf,
  mergeDistinct,
} from "../sketches/distinct-counter.ts";

interface Use {
  calls: number;
  firstSeenMs: number;
  lastSeenMs: number;
}

interface Consumers {
  readonly clients: DistinctCounter;
  readonly principals: DistinctCounter;
  readonly exposures: Counts<Exposure>;
  /** By kind and id: `client 203.0.113.7`. */
  readonly uses: Map<string, Use>;
}

/** Consumers kept by name; beyond, the one who called least makes room. */
const usesMax = 24;

/** Learns who calls: how many clients and principals, who most, and from where on the network. */
export const consumers: DiscoveryStep<Consumers> = {
  name: "callers",

  create: () => ({
    clients: createDistinctCounter(),
    principals: createDistinctCounter(),
    exposures: new Map(),
    uses: new Map(),
  }),

  learn({ exchange, outcome, credentials }, state) {
    // Who is refused is no consumer.
    if (outcome !== "success") return;
    countDistinct(state.clients, exchange.client);
    countIn(state.exposures, exposureOf(exchange.client));
    noteUse(state.uses, `client ${exchange.client}`, exchange.timeMs);
    const credential = credentials[0];
    if (credential === undefined) return;
    countDistinct(state.principals, credential.principal);
    noteUse(state.uses, `principal ${consumerIdOf(credential)}`, exchange.timeMs);
  },

  merge(into, from) {
    mergeDistinct(into.clients, from.clients);
    mergeDistinct(into.principals, from.principals);
    mergeCounts(into.exposures, from.exposures);
    for (const [key, use] of from.uses) {
      const known = into.uses.get(key);
      if (known === undefined) {
        makeRoom(into.uses);
        into.uses.set(key, use);
        continue;
      }
      known.calls += use.calls;
      known.firstSeenMs = Math.min(known.firstSeenMs, use.firstSeenMs);
      known.lastSeenMs = Math.max(known.lastSeenMs, use.lastSeenMs);
    }
  },

  describe: (state) => ({
    clients: distinctOf(state.clients),
    principals: distinctOf(state.principals),
    exposure: widest(state.exposures),
    consumers: [...state.uses]
      .map(([key, use]) => consumerOf(key, use))
      .sort((left, right) => right.calls - left.calls),
  }),
};

function noteUse(uses: Map<string, Use>, key: string, timeMs: number): void {
  const known = uses.get(key);
  if (known === undefined) {
    makeRoom(uses);
    uses.set(key, { calls: 1, firstSeenMs: timeMs, lastSeenMs: timeMs });
    return;
  }
  known.calls += 1;
  known.firstSeenMs = Math.min(known.firstSeenMs, timeMs);
  known.lastSeenMs = Math.max(known.lastSeenMs, timeMs);
}

function makeRoom(uses: Map<string, Use>): void {
  if (uses.size < usesMax) return;
  let [least, calls] = ["", Number.POSITIVE_INFINITY];
  for (const [key, use] of uses) if (use.calls < calls) [least, calls] = [key, use.calls];
  uses.delete(least);
}

function consumerOf(key: string, use: Use): Consumer {
  const space = key.indexOf(" ");
  const kind = key.startsWith("client") ? "client" : "principal";
  return { kind, id: key.slice(space + 1), ...use };
}

function widest(exposures: Counts<Exposure>): Exposure {
  for (const exposure of ["internet", "partner", "internal", "loopback"] as const) {
    if (exposures.has(exposure)) return exposure;
  }
  return "unknown";
}
