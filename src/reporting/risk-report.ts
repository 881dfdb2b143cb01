import type { Endpoint } from "../model/endpoint.ts";
import type { WorkloadAssessment } from "../risk/components/workload-assessment.ts";
import type { Finding } from "../risk/finding.ts";
import type { ScorePoint } from "../risk/finding-store.ts";
import type { Counterfactual } from "../risk/fix.ts";

/** Everything that a report says, in whatever format it is written. */
export interface RiskReport {
  /** Merlon's own version. */
  readonly version: string;
  readonly generatedMs: number;
  /** What was looked at: files, or the data directory of an installation. */
  readonly subject: string;
  /** Since when findings are kept; what is said of earlier times is not known. */
  readonly sinceMs: number;
  /** Riskiest first. */
  readonly endpoints: readonly Endpoint[];
  readonly findings: readonly Finding[];
  readonly fixes: Counterfactual;
  readonly workloads: readonly WorkloadAssessment[];
  /** Sum of all scores over time, oldest first. */
  readonly history: readonly ScorePoint[];
}

const ranks: Readonly<Record<Finding["severity"], number>> = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
};

/** The order to work in: what is worst first, and within that what adds most to a score. */
export function byUrgency(left: Finding, right: Finding): number {
  return (
    ranks[left.severity] - ranks[right.severity] ||
    right.points - left.points ||
    right.endpointScore - left.endpointScore ||
    left.id.localeCompare(right.id)
  );
}
