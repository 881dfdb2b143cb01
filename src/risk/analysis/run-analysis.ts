import { Worker } from "node:worker_threads";
import type { AnalysisAnswer, AnalysisRequest } from "./analysis-messages.ts";

// Published as JavaScript, developed as TypeScript.
const entry = new URL(
  import.meta.url.endsWith(".ts") ? "./analysis-thread.ts" : "./analysis-thread.js",
  import.meta.url,
);

/** A specification made to be slow must not keep a core for ever. */
const timeMsMax: Readonly<Record<AnalysisRequest["kind"], number>> = {
  lint: 120_000,
  workloads: 300_000,
};
const heapMbMax = 1_024;

/** Does one analysis in a thread of its own; a problem is an answer too. Never rejects. */
export async function runAnalysis(request: AnalysisRequest): Promise<AnalysisAnswer> {
  const worker = new Worker(entry, {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: heapMbMax },
    // Flags of the process, such as a loader's, are not for every thread.
    execArgv: [],
  });
  const limitMs = timeMsMax[request.kind];
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<AnalysisAnswer>((resolve) => {
      const failed = (problem: string): void => resolve({ problem });
      timer = setTimeout(() => failed(`took longer than ${limitMs / 1_000} s`), limitMs);
      worker.once("message", (answer: AnalysisAnswer) => resolve(answer));
      worker.once("error", (error) => failed(error instanceof Error ? error.message : "failed"));
      worker.once("exit", () => failed("ended without an answer"));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
