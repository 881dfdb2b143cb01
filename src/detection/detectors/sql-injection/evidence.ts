/** What a reading of a value can show, with how much it says about intent. */
const evidenceWeights = {
  /** `or 1=1`: a condition that no column takes part in. */
  "constant-condition": { weight: 5, max: 6 },
  /** `or 1`, `or true`, `and 'a'`: a constant in the place of a condition. */
  "literal-condition": { weight: 1, max: 2 },
  /** `1 or 1`: the constant that was there already. */
  "repeated-literal": { weight: 2, max: 2 },
  "column-condition": { weight: 1, max: 2 },
  /** `1 or name='x'`: a bare constant joined with a condition. */
  "constant-and-condition": { weight: 2, max: 2 },
  /** `7 order by 3`: behind a value and not by itself. */
  "order-behind-value": { weight: 1, max: 1 },
  "union-query": { weight: 6, max: 6 },
  "union-of-names": { weight: 4, max: 4 },
  "union-start": { weight: 2, max: 2 },
  subquery: { weight: 4, max: 5 },
  "subquery-of-names": { weight: 2, max: 2 },
  /** Functions that wait, read files, call out or raise errors with data in them. */
  "dangerous-call": { weight: 4, max: 6 },
  /** Functions that look into the database or spell out a value character by character. */
  "probing-call": { weight: 2.5, max: 5 },
  "common-call": { weight: 0.5, max: 1 },
  "server-variable": { weight: 2, max: 4 },
  "system-table": { weight: 3, max: 3 },
  "stacked-statement": { weight: 4, max: 5 },
  /** Waits, runs programs, reads or writes files, shuts down. */
  "dangerous-statement": { weight: 6, max: 6 },
  /** Changes data or tables. */
  "changing-statement": { weight: 6, max: 6 },
  "statement-of-names": { weight: 1, max: 1 },
  "order-by-position": { weight: 2, max: 2 },
  clause: { weight: 0.5, max: 1 },
  "where-clause": { weight: 1, max: 1 },
  "null-list": { weight: 2, max: 2 },
  "case-expression": { weight: 2, max: 2 },
  "conditional-comment": { weight: 3, max: 3 },
  "inline-comment": { weight: 1, max: 1 },
  truncation: { weight: 2, max: 2 },
  /** `)` closes what the surrounding statement opened. */
  "closed-parenthesis": { weight: 1, max: 1 },
  /** The value ends the string it stands in, and what follows is SQL to its end. */
  breakout: { weight: 3, max: 3 },
  "breakout-arithmetic": { weight: 3, max: 3 },
  "breakout-left-open": { weight: 1, max: 1 },
  /** It ends the string, adds a condition, and leaves the statement's own quote dangling. */
  "breakout-of-condition": { weight: 2, max: 2 },
} as const;

export type EvidenceKind = keyof typeof evidenceWeights;

/** What was seen in one reading, and where the strongest of it stands. */
export class Evidence {
  readonly #sums = new Map<EvidenceKind, number>();
  #total = 0;
  #strongest: EvidenceKind | undefined;
  #start = 0;
  #end = 0;

  add(kind: EvidenceKind, start: number, end: number): void {
    const { weight, max } = evidenceWeights[kind];
    const before = this.#sums.get(kind) ?? 0;
    const after = Math.min(max, before + weight);
    this.#sums.set(kind, after);
    this.#total += after - before;
    if (this.#strongest === undefined || weight > evidenceWeights[this.#strongest].weight) {
      this.#strongest = kind;
      this.#start = start;
      this.#end = end;
    }
  }

  has(kind: EvidenceKind): boolean {
    return this.#sums.has(kind);
  }

  get total(): number {
    return this.#total;
  }

  get strongest(): EvidenceKind | undefined {
    return this.#strongest;
  }

  get strongestWeight(): number {
    return this.#strongest === undefined ? 0 : evidenceWeights[this.#strongest].weight;
  }

  /** Where the strongest evidence starts. */
  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }
}
