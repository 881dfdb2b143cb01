import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { hasCorpora, readCorpora } from "../accuracy/corpora.ts";
import { type FuzzFinding, inputMsMax } from "./fuzz-round.ts";
import type { FuzzReport, FuzzWork } from "./fuzz-worker.ts";
import { seedTexts } from "./seeds-table.ts";

/**
 * `node bench/fuzz/run.ts --inputs 10000000 --seed 1`: mutated requests through decoders, detectors
 * and protections. Fails on an exception, an input beyond the time bound, or a heap that grows.
 */
const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    threads: { type: "string", default: String(availableParallelism()) },
  },
});
const inputs = Number(values.inputs);
const threads = Number(values.threads);
const inputsPerRound = 20_000;
/** What a thread's heap may grow by between its second round and its last. */
const heapGrowthBytesMax = 64 * 2 ** 20;
const corpusTextsMax = 20_000;

const findings: FuzzFinding[] = [];
const heaps: number[][] = [];
let done = 0;
let slowestMs = 0;

const texts = startingTexts();
console.log(`${texts.length} texts to start from, ${threads} threads, seed ${values.seed}`);
await Promise.all(Array.from({ length: threads }, (_unused, thread) => runThread(thread)));
for (const { kind, what, text, seed, nth } of findings) {
  console.log(
    `${kind} (seed ${seed}, input ${nth}): ${what}\n  ${JSON.stringify(text.slice(0, 300))}`,
  );
}
const growth = heaps.map((heap) => (heap.at(-1) ?? 0) - (heap[1] ?? heap[0] ?? 0));
const grown = growth.filter((bytes) => bytes > heapGrowthBytesMax);
console.log(
  `${done} inputs, ${findings.length} findings, slowest ${slowestMs.toFixed(1)} of ${inputMsMax} ms, ` +
    `heap grew by ${growth.map((bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`).join(", ")}`,
);
if (findings.length > 0 || grown.length > 0) process.exitCode = 1;

function runThread(thread: number): Promise<void> {
  const work: FuzzWork = {
    texts,
    inputs: Math.ceil(inputs / threads),
    inputsPerRound,
    firstSeed: Number(values.seed) * 1_000_003 + thread,
    seedStep: threads,
  };
  const heap: number[] = [];
  heaps.push(heap);
  const worker = new Worker(new URL("./fuzz-worker.ts", import.meta.url), { workerData: work });
  worker.on("message", (report: FuzzReport) => {
    heap.push(report.heapBytes);
    findings.push(...report.findings);
    done += report.inputs;
    slowestMs = Math.max(slowestMs, report.slowestMs);
    if (heap.length % 10 === 1) console.log(`${done} inputs, ${findings.length} findings`);
  });
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => resolve());
  });
}

/** The texts of the table, and payloads of the corpora where they are, evenly spread. */
function startingTexts(): readonly string[] {
  if (!hasCorpora()) return seedTexts;
  const payloads = readCorpora().flatMap(({ payload }) => payload ?? []);
  const step = Math.max(1, Math.floor(payloads.length / corpusTextsMax));
  return [...seedTexts, ...payloads.filter((_payload, index) => index % step === 0)];
}
