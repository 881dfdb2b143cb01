import type { Detection } from "./detection.ts";

/** What a protection wants done with an exchange. Only the pipeline acts on it. */
export type Verdict = Allow | Block;

export interface Allow {
  readonly action: "allow";
  /** Detections worth recording although they do not suffice for a block. */
  readonly detections?: readonly Detection[];
  /** In the response-body phase: what the client gets instead, plain and whole. */
  readonly replaceBody?: Uint8Array;
  /** For the operator, when it passes for a reason that must be known, such as an outage. */
  readonly reason?: string;
}

export interface Block {
  readonly action: "block";
  /** HTTP status the client gets: 403 for an attack, 413 for a body over the limit, 429 for a rate. */
  readonly status: number;
  /** For the operator, never for the client. */
  readonly reason: string;
  readonly detections?: readonly Detection[];
  /** Response headers the client needs, such as `retry-after`. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

export const allow: Allow = Object.freeze({ action: "allow" });

export function block(options: Omit<Block, "action">): Block {
  return { action: "block", ...options };
}
