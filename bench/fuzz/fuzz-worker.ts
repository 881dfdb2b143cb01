import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { type FuzzRound, fuzzRound } from "./fuzz-round.ts";

/** What a thread is told: it runs rounds with the seeds `firstSeed`, `firstSeed + seedStep`, …. */
export interface FuzzWork {
  readonly texts: readonly string[];
  readonly inputs: number;
  readonly inputsPerRound: number;
  readonly firstSeed: number;
  readonly seedStep: number;
}

/** What a thread tells after each round; the heap is measured after a collection. */
export interface FuzzReport extends FuzzRound {
  readonly heapBytes: number;
}

const { texts, inputs, inputsPerRound, firstSeed, seedStep } = workerData as FuzzWork;
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

let seed = firstSeed;
for (let left = inputs; left > 0; left -= inputsPerRound) {
  const round = await fuzzRound(texts, { seed, inputs: Math.min(left, inputsPerRound) });
  collectGarbage();
  const report: FuzzReport = { ...round, heapBytes: process.memoryUsage().heapUsed };
  parentPort?.postMessage(report);
  seed += seedStep;
}
