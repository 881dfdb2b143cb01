/** Upper bounds of the latency histogram in milliseconds; one more bucket takes the rest. */
export const latencyBoundsMs: readonly number[] = [
  0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000,
];

const latencyNames: readonly string[] = [...latencyBoundsMs, "inf"].map((le) => `latency_le_${le}`);

/** Values that go down too: they end with the worker that counted them. */
const gaugeNames = [
  "connectionsOpen",
  "exchangesOpen",
  "upstreamConnectionsOpen",
  "heldBytes",
  "counterStoresAway",
] as const;

const totalNames = [
  "requests",
  "responses1xx",
  "responses2xx",
  "responses3xx",
  "responses4xx",
  "responses5xx",
  "blocked",
  "wouldBlock",
  "refusedStrict",
  "upgrades",
  "clientAborts",
  "upstreamErrors",
  "upstreamTimeouts",
  "upstreamOverloads",
  "upstreamRetries",
  "connectionsAccepted",
  "connectionsRefused",
  "timeouts",
  "requestBytes",
  "responseBytes",
  "bodiesUninspected",
  "bodyBytesUninspected",
  "guardFailures",
  "internalErrors",
  "recordsSent",
  "recordsShed",
  "recordsSampledOut",
  "latencySumMs",
] as const;

export type CounterName = (typeof totalNames)[number] | (typeof gaugeNames)[number];

/** Every counter of the gateway, in the order of a worker's row. */
const counterNames: readonly string[] = [...totalNames, ...gaugeNames, ...latencyNames];

const indexes: Readonly<Record<CounterName, number>> = Object.fromEntries(
  counterNames.map((name, index) => [name, index]),
) as Record<CounterName, number>;
const latencyStart = totalNames.length + gaugeNames.length;
const rowBytes = counterNames.length * Float64Array.BYTES_PER_ELEMENT;

/** Memory for the counters of all workers: one row each, so that no two threads write one place. */
export function createCounterMemory(workers: number): SharedArrayBuffer {
  return new SharedArrayBuffer(workers * rowBytes);
}

/** One worker's counters. */
export class GatewayCounters {
  readonly #row: Float64Array;

  constructor(memory: SharedArrayBuffer, worker: number) {
    this.#row = new Float64Array(memory, worker * rowBytes, counterNames.length);
  }

  add(name: CounterName, amount = 1): void {
    const index = indexes[name];
    this.#row[index] = (this.#row[index] ?? 0) + amount;
  }

  value(name: CounterName): number {
    return this.#row[indexes[name]] ?? 0;
  }

  addLatency(durationMs: number): void {
    let bucket = 0;
    while (bucket < latencyBoundsMs.length && durationMs > (latencyBoundsMs[bucket] ?? 0))
      bucket += 1;
    const index = latencyStart + bucket;
    this.#row[index] = (this.#row[index] ?? 0) + 1;
    this.add("latencySumMs", durationMs);
  }

  /** Forgets the gauges of a worker that is gone; its totals stay. */
  clearGauges(): void {
    for (const name of gaugeNames) this.#row[indexes[name]] = 0;
  }
}

/** The sum over all workers, by name. */
export function sumCounters(memory: SharedArrayBuffer): Record<string, number> {
  const all = new Float64Array(memory);
  const sums: Record<string, number> = {};
  counterNames.forEach((name, column) => {
    let sum = 0;
    for (let at = column; at < all.length; at += counterNames.length) sum += all[at] ?? 0;
    sums[name] = sum;
  });
  return sums;
}
