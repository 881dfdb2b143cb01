import type { Detection } from "./detection.ts";

/** Off: not run. Observe: run and reported. Enforce: run and acted upon. */
export type Mode = "off" | "observe" | "enforce";

/** The names of Envoy's ext_proc. */
export type Phase = "request-headers" | "request-body" | "response-headers" | "response-body";

/** What one protection wanted, and under which mode. */
export interface ProtectionVerdict {
  readonly protection: string;
  readonly mode: Exclude<Mode, "off">;
  readonly phase: Phase;
  readonly action: "allow" | "block";
  readonly status?: number;
  readonly reason?: string;
}

/** What was done with an exchange and why. Made for every exchange with a detection or a block. */
export interface Decision {
  /** The exchange's id; the client gets it with a refusal. */
  readonly id: string;
  readonly timeMs: number;
  readonly client: string;
  readonly method: string;
  readonly host: string;
  /** Raw path without query. */
  readonly path: string;
  /** What was done. */
  readonly action: "allow" | "block";
  /** What would have been done had every protection been enforced. */
  readonly wouldBe: "allow" | "block";
  /** Status the client got from Merlon when blocked, or would have got. */
  readonly status?: number;
  /** Sum over detections: low 1, medium 3, high 5. */
  readonly score: number;
  readonly detections: readonly Detection[];
  readonly verdicts: readonly ProtectionVerdict[];
  /** Ids of the exceptions that kept a detection from counting. */
  readonly exceptions: readonly string[];
  /** What those exceptions let pass; neither in `detections` nor in `score`. */
  readonly excepted?: readonly Detection[];
}
