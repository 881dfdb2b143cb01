import type { Lifecycle, LifecycleEvidence } from "../model/endpoint.ts";
import type { DocumentedOperation } from "../specifications/specification.ts";
import { dormantAfterMs } from "./steps/traffic.ts";

export interface LifecycleFacts {
  readonly documented: DocumentedOperation | undefined;
  readonly calls: number;
  readonly successes: number;
  readonly lastSeenMs: number;
  readonly wokenMs: number;
  /** Last call before the silence that ended at `wokenMs`. */
  readonly silentSinceMs?: number;
  /** Answers that announced the end with a `Deprecation` or `Sunset` header. */
  readonly deprecatedHeaders: number;
  /** The date of the last `Sunset` header. */
  readonly sunsetMs?: number;
  readonly nowMs: number;
}

export interface LifecycleStatement {
  readonly lifecycle: Lifecycle;
  readonly deprecated: boolean;
  readonly lifecycleEvidence: LifecycleEvidence;
}

/** For how long an endpoint called again after a long silence counts as woken. */
const wokenForMs = 7 * 86_400_000;
const dayMs = 86_400_000;

/** Where an endpoint stands between its specification and its traffic. */
export function lifecycleOf(facts: LifecycleFacts): LifecycleStatement {
  const { documented, deprecatedHeaders, sunsetMs } = facts;
  const deprecated = documented?.deprecated === true || deprecatedHeaders > 0;
  const { lifecycle, reason, ...dates } = standOf(facts, deprecated);
  return {
    lifecycle,
    deprecated,
    lifecycleEvidence: {
      reason,
      ...dates,
      ...(sunsetMs === undefined ? {} : { sunsetMs }),
    },
  };
}

function standOf(
  facts: LifecycleFacts,
  deprecated: boolean,
): LifecycleEvidence & { readonly lifecycle: Lifecycle } {
  const { documented, calls, successes, lastSeenMs, wokenMs, nowMs } = facts;
  if (calls === 0) {
    return deprecated
      ? { lifecycle: "deprecated", reason: "Deprecated in the specification, never called." }
      : { lifecycle: "orphan", reason: "In the specification, never called." };
  }
  // Deprecated and still doing its work: what everybody believes to be gone. What no specification
  // names stays undocumented, as that is the worse news; the mark is beside it.
  if (deprecated && documented !== undefined) {
    const why = documented.deprecated
      ? "Deprecated in the specification"
      : "Announced as deprecated by its own answers";
    return successes > 0
      ? { lifecycle: "zombie", reason: `${why}, and answered ${successes} calls with success.` }
      : { lifecycle: "deprecated", reason: `${why}; ${calls} calls, none of them successful.` };
  }
  if (wokenMs > 0 && nowMs - wokenMs < wokenForMs) return wokenStand(facts);
  if (nowMs - lastSeenMs > dormantAfterMs) {
    const days = Math.floor((nowMs - lastSeenMs) / dayMs);
    return {
      lifecycle: "dormant",
      reason: `No call for ${days} days, after ${calls} calls.`,
      silentSinceMs: lastSeenMs,
    };
  }
  return documented === undefined
    ? { lifecycle: "undocumented", reason: `Answered ${successes} calls, in no specification.` }
    : { lifecycle: "documented", reason: "In the specification, and called." };
}

function wokenStand({
  wokenMs,
  silentSinceMs,
}: LifecycleFacts): LifecycleEvidence & { readonly lifecycle: Lifecycle } {
  if (silentSinceMs === undefined) {
    return { lifecycle: "woken", reason: "Called again after a long silence.", wokenMs };
  }
  const days = Math.floor((wokenMs - silentSinceMs) / dayMs);
  return {
    lifecycle: "woken",
    reason: `Called again after ${days} days of silence.`,
    silentSinceMs,
    wokenMs,
  };
}
