/** One request of a benchmark, and which operation it was; noise has none. */
export interface LabelledRequest {
  readonly timeMs: number;
  readonly method: string;
  readonly host: string;
  /** Path and query. */
  readonly target: string;
  readonly status: number;
  readonly user: string;
  readonly operation?: TrueOperation;
}

export interface TrueOperation {
  readonly method: string;
  readonly template: string;
  readonly shadow: boolean;
  readonly deprecated: boolean;
}

export interface GroundTruth {
  readonly name: string;
  readonly requests: readonly LabelledRequest[];
  /** The specification as its owner knows it. */
  readonly documented: readonly Omit<TrueOperation, "shadow">[];
}
