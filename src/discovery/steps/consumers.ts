import type { Exposure } from "../../model/endpoint.ts";
import { exposureOf } from "../client-exposure.ts";
import type { DiscoveryStep } from "../discovery-step.ts";
import { type Counts, countIn, mergeCounts } from "../sketches/counts.ts";
import {
  countDistinct,
  createDistinctCounter,
  type DistinctCounter,
  distinctOf,
  mergeDistinct,
} from "../sketches/distinct-counter.ts";

interface Consumers {
  readonly clients: DistinctCounter;
  readonly principals: DistinctCounter;
  readonly exposures: Counts<Exposure>;
}

/** Learns who calls: how many clients and principals, and from where on the network. */
export const consumers: DiscoveryStep<Consumers> = {
  name: "consumers",

  create: () => ({
    clients: createDistinctCounter(),
    principals: createDistinctCounter(),
    exposures: new Map(),
  }),

  learn({ exchange, outcome, credentials }, state) {
    // Who is refused is no consumer.
    if (outcome !== "success") return;
    countDistinct(state.clients, exchange.client);
    countIn(state.exposures, exposureOf(exchange.client));
    const principal = credentials[0]?.principal;
    if (principal !== undefined) countDistinct(state.principals, principal);
  },

  merge(into, from) {
    mergeDistinct(into.clients, from.clients);
    mergeDistinct(into.principals, from.principals);
    mergeCounts(into.exposures, from.exposures);
  },

  describe: (state) => ({
    clients: distinctOf(state.clients),
    principals: distinctOf(state.principals),
    exposure: widest(state.exposures),
  }),
};

function widest(exposures: Counts<Exposure>): Exposure {
  for (const exposure of ["internet", "partner", "internal", "loopback"] as const) {
    if (exposures.has(exposure)) return exposure;
  }
  return "unknown";
}
