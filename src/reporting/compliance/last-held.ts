import type { Finding, FindingEvent } from "../../risk/finding.ts";

/** Instants of one stretch in which a finding was open; without an end it still is. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The last instant, from `sinceMs` to `nowMs`, at which none of these findings was open; undefined
 * when there is none. Told from the histories of the findings, so nothing else has to be kept.
 */
export function lastHeldMs(
  findings: readonly Finding[],
  { sinceMs, nowMs }: { readonly sinceMs: number; readonly nowMs: number },
): number | undefined {
  const stretches = findings
    .flatMap(({ history }) => openStretches(history))
    .toSorted((a, b) => b.toMs - a.toMs);
  let heldMs = nowMs;
  for (const { fromMs, toMs } of stretches) {
    // Sorted by end: what ends before leaves a gap in which everything held.
    if (toMs < heldMs) break;
    heldMs = Math.min(heldMs, fromMs - 1);
  }
  return heldMs < sinceMs ? undefined : heldMs;
}

const opening: ReadonlySet<FindingEvent["what"]> = new Set([
  "found",
  "reopened",
  "acceptance-ended",
]);
const closing: ReadonlySet<FindingEvent["what"]> = new Set([
  "fixed",
  "no-longer-observed",
  "accepted",
]);

function openStretches(history: readonly FindingEvent[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let fromMs: number | undefined;
  for (const { timeMs, what } of history) {
    if (opening.has(what)) fromMs ??= timeMs;
    else if (closing.has(what) && fromMs !== undefined) {
      stretches.push({ fromMs, toMs: timeMs });
      fromMs = undefined;
    }
  }
  if (fromMs !== undefined) stretches.push({ fromMs, toMs: Number.POSITIVE_INFINITY });
  return stretches;
}
