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

/** What these refuse is not as it should be, and yet nobody need mean harm by it. */
const notHostile: ReadonlySet<string> = new Set([
  "contracts",
  "graphql-limits",
  "leak-protection",
  "rate-limits",
]);

/**
 * Whether a decision speaks of an attack: refused in fact, or wanted refused by a protection that
 * looks for harm. A call that only breaks its description teaches like any other, or whatever nobody
 * documented would never be found.
 */
export function isHostile({
  action,
  wouldBe,
  verdicts,
}: Pick<Decision, "action" | "wouldBe" | "verdicts">): boolean {
  if (action === "block") return true;
  const refusing = verdicts.filter((verdict) => verdict.action === "block");
  return wouldBe === "block" && !(refusing.length > 0 && refusing.every(isWithoutHarm));
}

function isWithoutHarm({ protection }: ProtectionVerdict): boolean {
  return notHostile.has(protection);
}
