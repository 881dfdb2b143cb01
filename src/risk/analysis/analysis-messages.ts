import type { AskedWorkload, VulnerabilitySources } from "../components/assess-workloads.ts";
import type { WorkloadAssessment } from "../components/workload-assessment.ts";
import type { LintResult } from "../lint/lint-result.ts";

/** One piece of work for the thread of analyses. */
export type AnalysisRequest =
  | {
      readonly kind: "lint";
      readonly source: string;
      readonly root: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: "workloads";
      readonly workloads: readonly AskedWorkload[];
      readonly sources: VulnerabilitySources;
    };

/** What became of it. */
export type AnalysisAnswer =
  | { readonly lint: readonly LintResult[] }
  | { readonly workloads: readonly WorkloadAssessment[] }
  | { readonly problem: string };
