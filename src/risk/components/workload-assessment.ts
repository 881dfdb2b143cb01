import type { MatchedVulnerability } from "./vulnerability.ts";

/** What is known to be wrong with the software behind a host and path prefix. */
export interface WorkloadAssessment {
  readonly name: string;
  /** `shop.example/api/v2`: a host with a path prefix, or a prefix alone. */
  readonly serves: string;
  readonly owner?: string;
  /** Files that the components were read from. */
  readonly sources: readonly string[];
  readonly components: number;
  /** Worst first. */
  readonly vulnerabilities: readonly MatchedVulnerability[];
}
