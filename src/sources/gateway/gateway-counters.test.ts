import { describe, expect, test } from "vitest";
import { createCounterMemory, GatewayCounters, sumCounters } from "./gateway-counters.ts";

describe("the gateway's counters", () => {
  test("are summed over workers, each of which writes its own", () => {
    const memory = createCounterMemory(2);
    new GatewayCounters(memory, 0).add("requests", 3);
    new GatewayCounters(memory, 1).add("requests");

    expect(sumCounters(memory)["requests"]).toBe(4);
  });

  test("put latencies into the first bucket they fit", () => {
    const memory = createCounterMemory(1);
    const counters = new GatewayCounters(memory, 0);
    for (const durationMs of [0.2, 0.5, 7, 99_999]) counters.addLatency(durationMs);

    expect(sumCounters(memory)).toMatchObject({
      "latency_le_0.5": 2,
      latency_le_10: 1,
      latency_le_inf: 1,
    });
  });

  test("keep the totals of a worker that is gone, not what it had open", () => {
    const memory = createCounterMemory(1);
    const counters = new GatewayCounters(memory, 0);
    counters.add("requests");
    counters.add("connectionsOpen");
    counters.clearGauges();

    expect(sumCounters(memory)).toMatchObject({ requests: 1, connectionsOpen: 0 });
  });
});
