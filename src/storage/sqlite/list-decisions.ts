import type { DecisionQuery, RecordedDecision } from "../../console/traffic-store.ts";
import type { Database } from "./database.ts";

/** Decisions that fit the query, newest first; each filter has an index in the order of time. */
export function listDecisions(database: Database, query: DecisionQuery): RecordedDecision[] {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, ...bound: (string | number)[]): void => {
    conditions.push(condition);
    values.push(...bound);
  };

  // A detector's decisions are walked in its own index, everything else in that of `decisions`.
  const byDetector = query.detector !== undefined;
  const time = byDetector ? "t.time_ms" : "d.time_ms";
  if (query.detector !== undefined) add("t.detector = ?", query.detector);
  if (query.client !== undefined) add("d.client = ?", query.client);
  if (query.endpoint !== undefined) add("d.endpoint = ?", query.endpoint);
  if (query.action !== undefined) add("d.action = ?", query.action);
  if (query.wouldBe !== undefined) add("d.would_be = ?", query.wouldBe);
  if (query.beforeMs !== undefined && query.beforeId !== undefined) {
    add(`(${time}, d.id) < (?, ?)`, query.beforeMs, query.beforeId);
  } else if (query.beforeMs !== undefined) {
    add(`${time} < ?`, query.beforeMs);
  }

  const from = byDetector
    ? "decision_detectors t CROSS JOIN decisions d ON d.seq = t.seq"
    : "decisions d";
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  return database
    .statement(
      `SELECT d.json AS json FROM ${from} ${where} ORDER BY ${time} DESC, d.id DESC LIMIT ?`,
    )
    .all(...values, query.limit)
    .map(({ json }) => JSON.parse(String(json)) as RecordedDecision);
}
