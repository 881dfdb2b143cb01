import type { Lexis } from "./segment-lexis.ts";

/** A segment at one place, with everything that passed through it, to be judged. */
export interface Candidate {
  readonly text: string;
  readonly stem: string;
  readonly suffix: string;
  readonly lexis: Lexis;
  readonly calls: number;
  readonly methods: ReadonlySet<string>;
  /** Literal-looking segments that follow directly. */
  readonly continuations: ReadonlySet<string>;
  /** Literal-looking segments one further, behind a literal-looking one. */
  readonly secondContinuations: ReadonlySet<string>;
  /** A value known by its form follows directly. */
  readonly leadsToValue: boolean;
  /** A specification names it as a literal. */
  readonly documented: boolean;
}
