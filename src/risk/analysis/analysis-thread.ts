import { parentPort, workerData } from "node:worker_threads";
import { assessWorkloads } from "../components/assess-workloads.ts";
import { lintSpecification } from "../lint/lint-specification.ts";
import type { AnalysisAnswer, AnalysisRequest } from "./analysis-messages.ts";

/* One analysis in a thread of its own, which can be ended when it takes too long. */
parentPort?.postMessage(await answerOf(workerData as AnalysisRequest));

async function answerOf(request: AnalysisRequest): Promise<AnalysisAnswer> {
  try {
    return request.kind === "lint"
      ? { lint: await lintSpecification(request.root, request.source) }
      : { workloads: await assessWorkloads(request.workloads, request.sources) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
