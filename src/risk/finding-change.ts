import { type Finding, withEvent } from "./finding.ts";

/** What a person decides about a finding; what is missing stays as it is. */
export interface FindingChange {
  readonly state?: Finding["state"];
  /** Why it is accepted or counts as fixed. */
  readonly reason?: string;
  /** Until when it is accepted; required with `state: accepted`. */
  readonly untilMs?: number;
  /** Empty: nobody any more. */
  readonly owner?: string;
  /** 0: no date any more. */
  readonly dueMs?: number;
}

/** How long an acceptance may last: a risk that is borne is looked at again once a year. */
export const acceptanceMsMax: number = 366 * 86_400_000;

/** Applies a change that was checked before; keeps who did it and when. */
export function applyChange(
  finding: Finding,
  change: FindingChange,
  by: string,
  nowMs: number,
): Finding {
  const withState = change.state === undefined ? finding : stated(finding, change, by, nowMs);
  return planned(withState, change, by, nowMs);
}

function stated(finding: Finding, change: FindingChange, by: string, nowMs: number): Finding {
  const { acceptance: _acceptance, fixedSeen: _fixedSeen, ...rest } = finding;
  const { reason = "", untilMs = nowMs } = change;
  const about = { timeMs: nowMs, by, ...(reason === "" ? {} : { note: reason }) };
  switch (change.state) {
    case "accepted":
      return {
        ...rest,
        state: "accepted",
        acceptance: { reason, by, sinceMs: nowMs, untilMs, severity: finding.severity },
        history: withEvent(finding.history, { ...about, what: "accepted" }),
      };
    case "fixed":
      return {
        ...rest,
        state: "fixed",
        fixedSeen: finding.seen,
        history: withEvent(finding.history, { ...about, what: "fixed" }),
      };
    default:
      return {
        ...rest,
        state: "open",
        history: withEvent(finding.history, { ...about, what: "reopened" }),
      };
  }
}

function planned(finding: Finding, change: FindingChange, by: string, nowMs: number): Finding {
  let { owner, dueMs, history } = finding;
  if (change.owner !== undefined && change.owner !== (owner ?? "")) {
    owner = change.owner === "" ? undefined : change.owner;
    history = withEvent(history, { timeMs: nowMs, what: "assigned", by, note: owner ?? "nobody" });
  }
  if (change.dueMs !== undefined && change.dueMs !== (dueMs ?? 0)) {
    dueMs = change.dueMs === 0 ? undefined : change.dueMs;
    const note = dueMs === undefined ? "no date" : new Date(dueMs).toISOString().slice(0, 10);
    history = withEvent(history, { timeMs: nowMs, what: "due", by, note });
  }
  const { owner: _owner, dueMs: _dueMs, ...rest } = finding;
  return {
    ...rest,
    ...(owner === undefined ? {} : { owner }),
    ...(dueMs === undefined ? {} : { dueMs }),
    history,
  };
}
