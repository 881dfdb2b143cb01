import type { CounterName, GatewayCounters } from "./gateway-counters.ts";

const byClass: readonly (CounterName | undefined)[] = [
  undefined,
  "responses1xx",
  "responses2xx",
  "responses3xx",
  "responses4xx",
  "responses5xx",
];

/** Counts the end of an exchange: what the client got (0 for nothing) and how long it took. */
export function countExchange(
  counters: GatewayCounters,
  ended: {
    readonly status: number;
    readonly durationMs: number;
    readonly requestBytes: number;
    readonly responseBytes: number;
  },
): void {
  counters.add("exchangesOpen", -1);
  const name = byClass[Math.floor(ended.status / 100)];
  if (name !== undefined) counters.add(name);
  counters.add("requestBytes", ended.requestBytes);
  counters.add("responseBytes", ended.responseBytes);
  counters.addLatency(ended.durationMs);
}
