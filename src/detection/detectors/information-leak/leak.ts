import type { Confidence } from "../../../model/detection.ts";

/** What kind of thing a response gives away. */
export type LeakKind =
  | "sql-error"
  | "stack-trace"
  | "program-error"
  | "source-code"
  | "directory-listing"
  | "secret"
  | "system-file"
  | "shell-output"
  | "debug-page";

/** A part of a response that no client is meant to see. */
export interface Leak {
  readonly kind: LeakKind;
  readonly confidence: Confidence;
  /** UTF-16 offsets in the response's text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** What it is, in a few words, without its content. */
  readonly what: string;
}

/** What is known of the response besides its text. */
export interface ResponseFacts {
  readonly status: number;
  readonly mediaType: string | undefined;
}
