/** A weakness taken away everywhere on one host, and what that does to the sum of all scores. */
export interface Fix {
  readonly factor: string;
  readonly host: string;
  readonly remedy: string;
  readonly endpoints: number;
  /** By how much the total falls when it comes after the fixes before it in the list. */
  readonly gain: number;
}

export interface Counterfactual {
  /** Sum of the scores of all endpoints. */
  readonly total: number;
  /** The same after all fixes. */
  readonly totalAfter: number;
  /** The set of (at most) three that lowers the total most, the strongest first. */
  readonly fixes: readonly Fix[];
}
