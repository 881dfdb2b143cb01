import type { RiskReport } from "../reporting/risk-report.ts";
import type { Finding } from "../risk/finding.ts";
import type { FindingChange } from "../risk/finding-change.ts";
import type { ScorePoint } from "../risk/finding-store.ts";
import type { Counterfactual } from "../risk/fix.ts";

/** What the console needs of risk: findings to work through, and what they add up to. */
export interface RiskDesk {
  findings(): readonly Finding[];
  finding(id: string): Finding | undefined;
  /** Resolves once it is saved; findings that do not exist are left out of the answer. */
  change(ids: readonly string[], change: FindingChange, by: string): Promise<readonly Finding[]>;
  /** The fixes that lower the total most: of everything, or of one endpoint. */
  counterfactual(endpointId?: string): Counterfactual;
  /** How the score of an endpoint moved, or the sum of all for `*`; oldest first. */
  history(subject: string): Promise<readonly ScorePoint[]>;
  report(): Promise<RiskReport>;
}
