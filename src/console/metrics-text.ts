import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Metric } from "./backend.ts";

/** Text for Prometheus: the installation's metrics and those of the process. */
export class MetricsText {
  readonly #processMetrics = new Registry();
  readonly contentType: string = this.#processMetrics.contentType;

  constructor() {
    collectDefaultMetrics({ register: this.#processMetrics });
  }

  async of(metrics: readonly Metric[]): Promise<string> {
    const registry = new Registry();
    const known = new Map<string, Counter | Gauge>();
    for (const metric of metrics) {
      const { name, help, value, labels = {} } = metric;
      const configuration = { name, help, labelNames: Object.keys(labels), registers: [registry] };
      const isCounter = name.endsWith("_total");
      const series =
        known.get(name) ?? (isCounter ? new Counter(configuration) : new Gauge(configuration));
      known.set(name, series);
      series.inc(labels, value);
    }
    return `${await registry.metrics()}${await this.#processMetrics.metrics()}`;
  }
}
