import {
  type Finding,
  type FindingEvent,
  type FindingSeverity,
  type ObservedFinding,
  withEvent,
} from "./finding.ts";
import { applyChange, type FindingChange } from "./finding-change.ts";

/** All findings with what was decided about them, kept in step with what is observed. */
export interface FindingLedger {
  /** Takes a complete assessment: what is in it is there, what is not in it is no longer. */
  reconcile(observed: readonly ObservedFinding[], nowMs: number): void;
  all(): readonly Finding[];
  find(id: string): Finding | undefined;
  /** Applies what a person decided; undefined when there is no such finding. */
  change(id: string, change: FindingChange, by: string, nowMs: number): Finding | undefined;
  /** By endpoint id: factors that a person fixed and that nothing new was seen of. */
  fixedFactors(): ReadonlyMap<string, ReadonlySet<string>>;
  /** What changed since the last time; `undefined` for findings that were dropped. */
  takeChanges(): ReadonlyMap<string, Finding | undefined>;
}

/** Findings kept; over this, the ones fixed longest ago are dropped. */
const findingsMax = 50_000;

const ranks: Readonly<Record<FindingSeverity, number>> = {
  low: 0,
  medium: 1,
  high: 2,
  critical: 3,
};

/** Creates a ledger from what was saved. */
export function createFindingLedger(saved: readonly Finding[] = []): FindingLedger {
  const findings = new Map(saved.map((finding) => [finding.id, finding]));
  const changed = new Map<string, Finding | undefined>();
  const put = (finding: Finding, isWorthSaving: boolean): void => {
    findings.set(finding.id, finding);
    if (isWorthSaving) changed.set(finding.id, finding);
  };

  return {
    reconcile(observed, nowMs) {
      const present = new Set<string>();
      for (const seen of observed) {
        present.add(seen.id);
        const before = findings.get(seen.id);
        const after = before === undefined ? found(seen, nowMs) : stillThere(before, seen, nowMs);
        put(after, before === undefined || isNews(before, after));
      }
      for (const finding of findings.values()) {
        if (present.has(finding.id) || isClosed(finding)) continue;
        put(closed(finding, nowMs), true);
      }
      for (const id of overflowOf(findings)) {
        findings.delete(id);
        changed.set(id, undefined);
      }
    },

    all: () => [...findings.values()],
    find: (id) => findings.get(id),

    change(id, change, by, nowMs) {
      const before = findings.get(id);
      if (before === undefined) return undefined;
      const after = applyChange(before, change, by, nowMs);
      put(after, true);
      return after;
    },

    fixedFactors() {
      const byEndpoint = new Map<string, Set<string>>();
      for (const { state, part, factor, endpointId } of findings.values()) {
        if (state !== "fixed" || part !== undefined) continue;
        const known = byEndpoint.get(endpointId);
        if (known === undefined) byEndpoint.set(endpointId, new Set([factor]));
        else known.add(factor);
      }
      return byEndpoint;
    },

    takeChanges() {
      const taken = new Map(changed);
      changed.clear();
      return taken;
    },
  };
}

function found(seen: ObservedFinding, nowMs: number): Finding {
  return {
    ...seen,
    state: "open",
    firstSeenMs: nowMs,
    lastSeenMs: nowMs,
    reopened: 0,
    history: [{ timeMs: nowMs, what: "found" }],
  };
}

function stillThere(before: Finding, seen: ObservedFinding, nowMs: number): Finding {
  const current: Finding = { ...before, ...seen, lastSeenMs: nowMs };
  const { acceptance } = before;
  if (before.state === "accepted" && acceptance !== undefined) {
    if (nowMs >= acceptance.untilMs)
      return opened(current, { timeMs: nowMs, what: "acceptance-ended" });
    if (ranks[seen.severity] > ranks[acceptance.severity]) {
      const note = `severity rose from ${acceptance.severity} to ${seen.severity}`;
      return opened(current, { timeMs: nowMs, what: "reopened", note });
    }
    return current;
  }
  if (before.state !== "fixed") return current;
  // Counts never fall on their own: what was seen before the fix is no evidence against it.
  const isOldNews = before.fixedSeen !== undefined && seen.seen === before.fixedSeen;
  if (isOldNews) return { ...current, lastSeenMs: before.lastSeenMs };
  return opened(current, { timeMs: nowMs, what: "reopened", note: seen.evidence });
}

function opened(finding: Finding, event: FindingEvent): Finding {
  const { acceptance: _acceptance, fixedSeen: _fixedSeen, ...rest } = finding;
  return {
    ...rest,
    state: "open",
    reopened: finding.reopened + (event.what === "reopened" ? 1 : 0),
    history: withEvent(finding.history, event),
  };
}

/** Fixed, and known to be: a person said so and nothing was left, or it was no longer observed. */
function isClosed({ state, fixedSeen }: Finding): boolean {
  return state === "fixed" && fixedSeen === undefined;
}

function closed(finding: Finding, nowMs: number): Finding {
  const { fixedSeen: _fixedSeen, acceptance: _acceptance, ...rest } = finding;
  if (finding.state === "fixed") return rest;
  const event = { timeMs: nowMs, what: "no-longer-observed" } as const;
  return { ...rest, state: "fixed", points: 0, history: withEvent(finding.history, event) };
}

/** Whether a person would want to find the difference after a restart. */
function isNews(before: Finding, after: Finding): boolean {
  return (
    before.state !== after.state ||
    before.severity !== after.severity ||
    before.points !== after.points ||
    before.endpointScore !== after.endpointScore ||
    before.endpoint !== after.endpoint ||
    before.evidence !== after.evidence
  );
}

function overflowOf(findings: ReadonlyMap<string, Finding>): readonly string[] {
  const excess = findings.size - findingsMax;
  if (excess <= 0) return [];
  return [...findings.values()]
    .sort(
      (a, b) =>
        Number(b.state === "fixed") - Number(a.state === "fixed") || a.lastSeenMs - b.lastSeenMs,
    )
    .slice(0, excess)
    .map(({ id }) => id);
}
