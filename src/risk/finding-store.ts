import type { Finding } from "./finding.ts";

export type { Finding } from "./finding.ts";

/** A score at the time it changed. */
export interface ScorePoint {
  /** Endpoint id, or `*` for the sum over all endpoints. */
  readonly subject: string;
  readonly timeMs: number;
  readonly score: number;
}

/** Where findings and the history of scores outlive a restart. */
export interface FindingStore {
  loadFindings(): Promise<readonly Finding[]>;
  /** Writes findings by id; `undefined` deletes. All of them are kept, or none. */
  saveFindings(changes: ReadonlyMap<string, Finding | undefined>): Promise<void>;
  /** Adds points; one of the same subject and time replaces the other. */
  addScores(points: readonly ScorePoint[]): Promise<void>;
  /** The newest points of a subject, at most `limit`, oldest first. */
  listScores(query: {
    readonly subject: string;
    readonly limit: number;
  }): Promise<readonly ScorePoint[]>;
  /** The newest point of every subject. */
  latestScores(): Promise<readonly ScorePoint[]>;
  /** Deletes points before an instant, except each subject's newest. */
  deleteScoresBefore(timeMs: number): Promise<void>;
}
