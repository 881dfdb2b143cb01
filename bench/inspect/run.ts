import { createEngine } from "../../src/engine.ts";
import type { HttpRequest } from "../../src/model/exchange.ts";
import { type Workload, workloadsOf } from "./workloads.ts";

/**
 * `node bench/inspect/run.ts [seconds]`: microseconds a request through decoding and all
 * detectors. Cold is a fresh engine's first request after other code warmed up; warm has seen
 * others of its kind, but no request twice.
 */
const secondsPerWorkload = Number(process.argv[2] ?? "2");
const batch = 256;
const coldEngines = 60;

console.log(
  `${"request".padEnd(40)}${["mean", "p50", "p99", "cold p50", "aim"].map((name) => `${name} µs`.padStart(12)).join("")}${"a second".padStart(12)}`,
);
const random = randomFrom(20_261_124);
// Interleaved, so that a busy machine slows all of them alike.
const workloads = workloadsOf(random);
for (const workload of workloads) measureWarm(workload, 0.3);
const warm = workloads.map((workload) => measureWarm(workload, secondsPerWorkload));
workloads.forEach((workload, index) => {
  print(workload, warm[index] ?? [], measureCold(workload));
});
console.log(`resident memory ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`);

function measureWarm(workload: Workload, seconds: number): number[] {
  const engine = createEngine();
  const durationsUs: number[] = [];
  let spentMs = 0;
  while (spentMs < seconds * 1000) {
    const requests = Array.from({ length: batch }, () => workload.next());
    for (const request of requests) {
      const startedNs = process.hrtime.bigint();
      engine.inspect(request);
      const tookUs = Number(process.hrtime.bigint() - startedNs) / 1000;
      durationsUs.push(tookUs);
      spentMs += tookUs / 1000;
    }
  }
  return durationsUs.sort((a, b) => a - b);
}

function measureCold(workload: Workload): number {
  const durationsUs: number[] = [];
  for (let count = 0; count < coldEngines; count++) {
    const request: HttpRequest = workload.next();
    const engine = createEngine();
    const startedNs = process.hrtime.bigint();
    engine.inspect(request);
    durationsUs.push(Number(process.hrtime.bigint() - startedNs) / 1000);
  }
  return durationsUs.sort((a, b) => a - b)[coldEngines / 2] ?? 0;
}

function print({ name, aimUs }: Workload, sortedUs: readonly number[], coldUs: number): void {
  const at = (part: number): number => sortedUs[Math.floor(sortedUs.length * part)] ?? 0;
  const mean = sortedUs.reduce((sum, value) => sum + value, 0) / sortedUs.length;
  const columns = [mean, at(0.5), at(0.99), coldUs].map((value) => value.toFixed(1).padStart(12));
  const aim = (aimUs === undefined ? "" : String(aimUs)).padStart(12);
  const rate = Math.round(1e6 / mean).toLocaleString("en");
  console.log(`${name.padEnd(40)}${columns.join("")}${aim}${rate.padStart(12)}`);
}

/** A small generator of random numbers, the same in every run (Lehmer, 31 bits). */
function randomFrom(seed: number): () => number {
  let state = seed % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
