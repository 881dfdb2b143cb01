import type { Specification } from "../../specifications/specification.ts";
import type { AskedWorkload, VulnerabilitySources } from "../components/assess-workloads.ts";
import type { WorkloadAssessment } from "../components/workload-assessment.ts";
import type { LintResult } from "../lint/lint-result.ts";
import { runAnalysis } from "./run-analysis.ts";

export interface AnalysedKnowledge {
  readonly lint: readonly LintResult[];
  readonly workloads: readonly WorkloadAssessment[];
  /** What could not be analysed, and why, in sentences for people. */
  readonly problems: readonly string[];
}

/** Lints specifications and looks up components, one after the other, each in a thread. */
export async function analyseKnowledge(asked: {
  readonly specifications: readonly Specification[];
  readonly workloads: readonly AskedWorkload[];
  readonly sources: VulnerabilitySources;
}): Promise<AnalysedKnowledge> {
  const lint: LintResult[] = [];
  const problems: string[] = [];
  let workloads: readonly WorkloadAssessment[] = [];
  for (const { source, document } of asked.specifications) {
    if (document?.format !== "openapi") continue;
    const answer = await runAnalysis({ kind: "lint", source, root: document.root });
    if ("lint" in answer) lint.push(...answer.lint);
    else if ("problem" in answer) problems.push(`${source} could not be linted: ${answer.problem}`);
  }
  if (asked.workloads.length > 0) {
    const { workloads: list, sources } = asked;
    const answer = await runAnalysis({ kind: "workloads", workloads: list, sources });
    if ("workloads" in answer) workloads = answer.workloads;
    else if ("problem" in answer)
      problems.push(`components could not be looked up: ${answer.problem}`);
  }
  return { lint, workloads, problems };
}
