import type { RecordedDecision, TrafficBatch } from "../../console/traffic-store.ts";
import type { Decision } from "../../model/decision.ts";
import type { RecordedExchange } from "../../model/recorded-exchange.ts";
import type { Database } from "./database.ts";

const minuteMs = 60_000;

/** Writes one batch with its indexes and minute counts; the caller holds the transaction. */
export function recordBatch(database: Database, batch: TrafficBatch): void {
  const decided = new Set(batch.decisions.map(({ id }) => id));
  for (const exchange of batch.exchanges) {
    recordExchange(database, exchange, decided.has(exchange.id));
  }

  const endpoints = new Map(batch.exchanges.map(({ id, endpoint }) => [id, endpoint]));
  const minutes = new Map<number, { allowed: number; blocked: number }>();
  for (const decision of batch.decisions) {
    const endpoint = decision.endpoint ?? endpoints.get(decision.id);
    const recorded = endpoint === undefined ? decision : { ...decision, endpoint };
    if (!recordDecision(database, recorded)) continue;

    const minute = Math.floor(decision.timeMs / minuteMs) * minuteMs;
    const counts = minutes.get(minute) ?? { allowed: 0, blocked: 0 };
    counts[decision.action === "block" ? "blocked" : "allowed"] += 1;
    minutes.set(minute, counts);
  }

  for (const [minute, { allowed, blocked }] of minutes) {
    database
      .statement(
        `INSERT INTO decision_minutes (minute_ms, allowed, blocked) VALUES (?, ?, ?)
         ON CONFLICT (minute_ms) DO UPDATE
         SET allowed = allowed + excluded.allowed, blocked = blocked + excluded.blocked`,
      )
      .run(minute, allowed, blocked);
  }
  for (const incident of batch.incidents) {
    database
      .statement("INSERT OR REPLACE INTO incidents (id, last_seen_ms, json) VALUES (?, ?, ?)")
      .run(incident.id, incident.lastSeenMs, JSON.stringify(incident));
  }
}

function recordExchange(database: Database, exchange: RecordedExchange, decided: boolean): void {
  database
    .statement(
      `INSERT INTO exchanges (id, time_ms, endpoint, decided, json) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
    )
    .run(
      exchange.id,
      exchange.timeMs,
      exchange.endpoint ?? null,
      decided ? 1 : 0,
      JSON.stringify(exchange),
    );
}

/** False when it was recorded before: then nothing may be counted twice. */
function recordDecision(database: Database, decision: RecordedDecision): boolean {
  const detectors = detectorsOf(decision);
  const { changes, lastInsertRowid } = database
    .statement(
      `INSERT INTO decisions (id, time_ms, client, endpoint, action, would_be, detectors, json)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    )
    .run(
      decision.id,
      decision.timeMs,
      decision.client,
      decision.endpoint ?? null,
      decision.action,
      decision.wouldBe,
      JSON.stringify(detectors),
      JSON.stringify(decision),
    );
  if (Number(changes) === 0) return false;

  for (const detector of detectors) {
    database
      .statement("INSERT INTO decision_detectors (detector, time_ms, seq) VALUES (?, ?, ?)")
      .run(detector, decision.timeMs, lastInsertRowid);
  }
  return true;
}

/** What the list can be filtered by: who saw something, and which protection wanted to block. */
function detectorsOf(decision: Decision): string[] {
  const blocking = decision.verdicts.filter(({ action }) => action === "block");
  return [
    ...new Set([
      ...decision.detections.map(({ detector }) => detector),
      ...blocking.map(({ protection }) => protection),
    ]),
  ];
}
