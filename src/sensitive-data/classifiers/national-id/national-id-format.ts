/** How one country's identification number looks. */
export interface NationalIdFormat {
  /** ISO 3166 code. */
  readonly country: string;
  readonly name: string;
  /** Lengths of the number without separators. */
  readonly lengths: readonly number[];
  /** Names of fields that hold it, in the country's words. */
  readonly keys: ReadonlySet<string>;
  /**
   * Whether its structure alone tells it: check characters and dates that fewer than one in a
   * thousand other values of its form pass. The others also need a telling key.
   */
  readonly isDistinct: boolean;
  /** Looks at the number in upper case without separators. */
  isValid(compact: string): boolean;
}
