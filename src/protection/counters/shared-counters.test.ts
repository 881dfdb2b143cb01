import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stepCell } from "./cell-rate.ts";
import { testCounterStore } from "./counter-store-contract.ts";
import { createCounterCells, SharedCounters } from "./shared-counters.ts";

testCounterStore("counters in shared memory", async () => ({
  store: new SharedCounters(createCounterCells(1_024)),
  close: () => undefined,
}));

const day = { amount: 1, periodMs: 86_400_000, burst: 1_000 };

const taker = `
const { parentPort, workerData } = require("node:worker_threads");
import(workerData.module).then(({ SharedCounters }) => {
  const counters = new SharedCounters(workerData.memory);
  let taken = 0;
  for (let wish = 0; wish < 1000; wish += 1) {
    if (counters.take("key", workerData.quota, 1, 1000).isAllowed) taken += 1;
  }
  parentPort.postMessage(taken);
});`;

function takeInThread(memory: SharedArrayBuffer): Promise<number> {
  const module = new URL("./shared-counters.ts", import.meta.url).href;
  const worker = new Worker(taker, { eval: true, workerData: { module, memory, quota: day } });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

describe("shared counters", () => {
  test("threads that take at the same time get exactly the burst together", async () => {
    const memory = createCounterCells(64);
    const taken = await Promise.all([1, 2, 3].map(() => takeInThread(memory)));

    expect(taken.reduce((sum, one) => sum + one, 0)).toBe(1_000);
  });

  test("a full table forgets what ends first, and says how often", () => {
    const counters = new SharedCounters(createCounterCells(8));
    const quota = { amount: 1, periodMs: 1_000, burst: 100 };
    counters.take("long", quota, 50, 0);
    for (let key = 0; key < 20; key += 1) counters.take(`short ${key}`, quota, 1, 0);

    expect(counters.evicted).toBe(13);
    expect(counters.take("long", quota, 51, 0).isAllowed).toBe(false);
  });

  test("what has ended makes room without being counted as forgotten", () => {
    const counters = new SharedCounters(createCounterCells(8));
    const quota = { amount: 1, periodMs: 1_000, burst: 1 };
    for (let key = 0; key < 100; key += 1) counters.take(`key ${key}`, quota, 1, key * 2_000);

    expect(counters.evicted).toBe(0);
  });

  test("no sequence of wishes gets more than burst and rate allow", () => {
    const wishes = fc.array(fc.tuple(fc.nat(3_000), fc.integer({ min: 1, max: 5 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(wishes, (steps) => {
        const quota = { amount: 7, periodMs: 1_000, burst: 5 };
        let arrivalUs = 0;
        let nowMs = 1_000_000;
        let taken = 0;
        for (const [pauseMs, amount] of steps) {
          nowMs += pauseMs;
          const step = stepCell(arrivalUs, quota, amount, nowMs);
          arrivalUs = step.arrivalUs;
          if (step.taken.isAllowed) taken += amount;
          const allowed = quota.burst + ((nowMs - 1_000_000) * quota.amount) / quota.periodMs;
          expect(taken).toBeLessThanOrEqual(allowed + 0.01);
        }
      }),
    );
  });
});
