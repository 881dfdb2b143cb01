import type { Leaf } from "./leaf.ts";
import type { ValueShape } from "./value-shape.ts";

/** Where a value of a class stands in a longer text: UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly confidence: number;
}

/**
 * Recognises one class of sensitive data in a named value. Pure, linear in the length of the
 * value; runs on the learning path, for every leaf of a sampled body.
 */
export interface Classifier {
  /** Permanent kebab-case name of the class: `email`, `payment-card`. */
  readonly class: string;
  /** What it recognises, in one sentence, for docs and console. */
  readonly summary: string;
  /** How a recorded value of the class is hidden; see redaction. */
  readonly hiding: "fingerprint" | "mask" | "keep";
  /** What stands for a value of the class when it is hidden by a mask; `<class>` unless told. */
  mask?(value: string): string;
  /** The cheap look that rules nearly all values out. */
  mayMatch(shape: ValueShape): boolean;
  /** How sure it is that the whole value is of the class, 0 (no) to 1. */
  classify(leaf: Leaf): number;
  /** The cheap look before `find`; always looked through when missing. */
  mayHold?(shape: ValueShape): boolean;
  /** Values of the class inside a longer text, in order and without overlap; only classes that structure alone tells. */
  find?(text: string): readonly Span[];
}
