import type { Decoding, FieldLocation } from "./field.ts";

export type Confidence = "low" | "medium" | "high";

/** What a detector saw in one field. It says nothing of what should be done. */
export interface Detection {
  /** The detector's permanent kebab-case id. */
  readonly detector: string;
  readonly confidence: Confidence;
  readonly location: FieldLocation;
  readonly name: string;
  readonly part: "value" | "name";
  /** The part of the value that decided, at most 256 characters. */
  readonly evidence: string;
  /** Where the evidence stands in the decoded value: UTF-16 offsets, end exclusive. */
  readonly span: { readonly start: number; readonly end: number };
  /** The decoded value around the evidence, at most 1,024 characters. */
  readonly value: string;
  /** From the wire to the decoded value, outermost first. */
  readonly steps: readonly { readonly decoding: Decoding; readonly value: string }[];
  /** One sentence a backend developer understands: which interpreter, which part, why not honest. */
  readonly explanation: string;
}

const ranks: Readonly<Record<Confidence, number>> = { low: 1, medium: 2, high: 3 };

export function isAtLeast(confidence: Confidence, least: Confidence): boolean {
  return ranks[confidence] >= ranks[least];
}
