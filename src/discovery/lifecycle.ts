import type { Lifecycle } from "../model/endpoint.ts";
import type { DocumentedOperation } from "../specifications/specification.ts";
import { dormantAfterMs } from "./steps/traffic.ts";

export interface LifecycleEvidence {
  readonly documented: DocumentedOperation | undefined;
  readonly calls: number;
  readonly successes: number;
  readonly lastSeenMs: number;
  readonly wokenMs: number;
  /** Answers that announced the end with a `Deprecation` or `Sunset` header. */
  readonly deprecatedHeaders: number;
  readonly nowMs: number;
}

/** For how long an endpoint called again after a long silence counts as woken. */
const wokenForMs = 7 * 86_400_000;

/** Where an endpoint stands between its specification and its traffic. */
export function lifecycleOf(evidence: LifecycleEvidence): {
  lifecycle: Lifecycle;
  deprecated: boolean;
} {
  const { documented, calls, successes, lastSeenMs, wokenMs, nowMs } = evidence;
  const deprecated = documented?.deprecated === true || evidence.deprecatedHeaders > 0;
  if (calls === 0) return { lifecycle: deprecated ? "deprecated" : "orphan", deprecated };
  // Deprecated and still doing its work: what everybody believes to be gone. What no specification
  // names stays undocumented, as that is the worse news; the mark is beside it.
  if (deprecated && documented !== undefined) {
    return { lifecycle: successes > 0 ? "zombie" : "deprecated", deprecated };
  }
  if (wokenMs > 0 && nowMs - wokenMs < wokenForMs) return { lifecycle: "woken", deprecated };
  if (nowMs - lastSeenMs > dormantAfterMs) return { lifecycle: "dormant", deprecated };
  return { lifecycle: documented === undefined ? "undocumented" : "documented", deprecated };
}
