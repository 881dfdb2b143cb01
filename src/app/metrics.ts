import type { Metric } from "../console/backend.ts";
import type { Inventory } from "../discovery/inventory.ts";
import { latencyBoundsMs } from "../sources/gateway/gateway-counters.ts";
import type { LearningCounts } from "./learning-path.ts";

export interface MetricSources {
  /** The gateway's counters by name, summed over workers. */
  readonly gateway: Readonly<Record<string, number>>;
  readonly learning: LearningCounts;
  readonly inventory: ReturnType<Inventory["counts"]>;
  readonly workersListening: number;
}

const gauges = new Set([
  "connectionsOpen",
  "exchangesOpen",
  "upstreamConnectionsOpen",
  "heldBytes",
  "counterStoresAway",
]);

/** Everything that `/metrics` says of a running installation. */
export function metricsOf(sources: MetricSources): readonly Metric[] {
  const { learning, inventory } = sources;
  return [
    ...gatewayMetrics(sources.gateway),
    gauge(
      "workers_listening",
      "Gateway workers that accept connections.",
      sources.workersListening,
    ),
    counter("learning_exchanges", "Exchanges that the learning path took in full.", learning.taken),
    counter("learning_counted", "Exchanges of which only the count was learned.", learning.counted),
    counter("exchanges_recorded", "Exchanges written to the store.", learning.recorded),
    counter("exchanges_unrecorded", "Learned from, over the recording rate.", learning.unrecorded),
    counter("records_lost", "Exchanges and decisions the store refused.", learning.lost),
    gauge("inventory_endpoints", "Endpoints in the inventory.", inventory.endpoints),
    gauge("inventory_hosts", "Hosts in the inventory.", inventory.hosts),
    ...Object.entries(inventory.ignored).map(([reason, value]) => ({
      ...counter("inventory_ignored", "Exchanges that taught nothing, by reason.", value),
      labels: { reason },
    })),
  ];
}

function gatewayMetrics(counters: Readonly<Record<string, number>>): readonly Metric[] {
  const { latencySumMs = 0, ...others } = counters;
  const plain = Object.entries(others).filter(([name]) => !name.startsWith("latency_le_"));
  return [
    ...plain.map(([name, value]) =>
      gauges.has(name)
        ? gauge(`gateway_${snakeCase(name)}`, `Gateway: ${words(name)}.`, value)
        : counter(`gateway_${snakeCase(name)}`, `Gateway: ${words(name)}.`, value),
    ),
    ...latencyMetrics(counters, latencySumMs),
  ];
}

/** Cumulative buckets, as Prometheus histograms have them. */
function latencyMetrics(counters: Readonly<Record<string, number>>, sumMs: number): Metric[] {
  const name = "merlon_gateway_exchange_duration_ms";
  const help = "From a request's first byte to its response's last, in milliseconds.";
  let count = 0;
  const buckets = [...latencyBoundsMs.map(String), "inf"].map((bound) => {
    count += counters[`latency_le_${bound}`] ?? 0;
    const le = bound === "inf" ? "+Inf" : bound;
    return { name: `${name}_bucket`, help, value: count, labels: { le } };
  });
  return [
    ...buckets,
    { name: `${name}_sum`, help, value: sumMs },
    { name: `${name}_count`, help, value: count },
  ];
}

function counter(name: string, help: string, value: number): Metric {
  return { name: `merlon_${name}_total`, help, value };
}

function gauge(name: string, help: string, value: number): Metric {
  return { name: `merlon_${name}`, help, value };
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]|\d+xx/g, (part) => `_${part.toLowerCase()}`);
}

function words(name: string): string {
  return snakeCase(name).replaceAll("_", " ");
}
