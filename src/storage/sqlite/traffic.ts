import type { RecordedDecision, TrafficStore } from "../../console/traffic-store.ts";
import type { Incident } from "../../model/incident.ts";
import type { RecordedExchange } from "../../model/recorded-exchange.ts";
import type { Database } from "./database.ts";
import { listDecisions } from "./list-decisions.ts";
import { recordBatch } from "./record-batch.ts";
import { deleteOlderThan, trimToSize } from "./retention.ts";

const minuteMs = 60_000;

/** A periodic retention makes some room ahead, so that `record` seldom has to. */
const retainedShare = 0.9;

/** Keeps recorded exchanges, decisions and incidents within the limits of age and size. */
export function createTrafficStore(database: Database): TrafficStore {
  let bytesMax = Number.POSITIVE_INFINITY;

  return {
    ...createReads(database),

    async record(batch) {
      database.write("record traffic", () => recordBatch(database, batch));
      // Should this fail, the batch is kept all the same; to record it again does no harm.
      await trimToSize(database, bytesMax, 1);
    },

    async enforceRetention(limits) {
      bytesMax = limits.bytesMax;
      const aged = await deleteOlderThan(database, limits.nowMs - limits.ageMs);
      const trimmed = await trimToSize(database, bytesMax, retainedShare);
      return {
        exchanges: aged.exchanges + trimmed.exchanges,
        decisions: aged.decisions + trimmed.decisions,
      };
    },
  };
}

type Reads = Omit<TrafficStore, "record" | "enforceRetention">;

function createReads(database: Database): Reads {
  const find = (sql: string, id: string): unknown =>
    database.read("read recorded traffic", () => {
      const json = database.statement(sql).get(id)?.["json"];
      return json === undefined ? undefined : JSON.parse(String(json));
    });
  const list = (sql: string, ...values: (string | number)[]): unknown[] =>
    database.read("list recorded traffic", () =>
      database
        .statement(sql)
        .all(...values)
        .map(({ json }) => JSON.parse(String(json)) as unknown),
    );

  return {
    async findDecision(id) {
      const sql = "SELECT json FROM decisions WHERE id = ?";
      return find(sql, id) as RecordedDecision | undefined;
    },

    async findExchange(id) {
      const sql = "SELECT json FROM exchanges WHERE id = ?";
      return find(sql, id) as RecordedExchange | undefined;
    },

    async findIncident(id) {
      return find("SELECT json FROM incidents WHERE id = ?", id) as Incident | undefined;
    },

    async listDecisions(query) {
      return database.read("list decisions", () => listDecisions(database, query));
    },

    async listExchanges({ endpoint, beforeMs = Number.MAX_SAFE_INTEGER, limit }) {
      const newest = "AND time_ms < ? ORDER BY time_ms DESC LIMIT ?";
      if (endpoint !== undefined) {
        const sql = `SELECT json FROM exchanges WHERE endpoint = ? ${newest}`;
        return list(sql, endpoint, beforeMs, limit) as RecordedExchange[];
      }
      // The index starts with `decided`: one range of it for each of its two values.
      const part = (decided: 0 | 1): string =>
        `SELECT * FROM (SELECT time_ms, json FROM exchanges WHERE decided = ${decided} ${newest})`;
      const sql = `${part(0)} UNION ALL ${part(1)} ORDER BY time_ms DESC LIMIT ?`;
      return list(sql, beforeMs, limit, beforeMs, limit, limit) as RecordedExchange[];
    },

    async listIncidents({ limit }) {
      const sql = "SELECT json FROM incidents ORDER BY last_seen_ms DESC LIMIT ?";
      return list(sql, limit) as Incident[];
    },

    async decisionsPerMinute({ nowMs, minutes }) {
      const last = Math.floor(nowMs / minuteMs) * minuteMs;
      const first = last - (minutes - 1) * minuteMs;
      return database.read("count decisions", () => {
        const rows = database
          .statement("SELECT * FROM decision_minutes WHERE minute_ms BETWEEN ? AND ?")
          .all(first, last);
        const counted = new Map(rows.map((row) => [Number(row["minute_ms"]), row]));
        return Array.from({ length: minutes }, (_, index) => {
          const minute = first + index * minuteMs;
          const row = counted.get(minute);
          return {
            minuteMs: minute,
            allowed: Number(row?.["allowed"] ?? 0),
            blocked: Number(row?.["blocked"] ?? 0),
          };
        });
      });
    },
  };
}
