import type { EventQuery, EventStore } from "../../discovery/event-store.ts";
import type { InventoryEvent } from "../../model/inventory-event.ts";
import type { Database } from "./database.ts";

/** Events kept; the oldest are deleted beyond. */
const eventsMax = 20_000;

/** Keeps the change history of the inventory. */
export function createEventStore(database: Database): EventStore {
  return {
    async appendEvents(events) {
      if (events.length === 0) return;
      database.write("save inventory events", () => {
        for (const event of events) insert(database, event);
        database
          .statement(
            `DELETE FROM inventory_events WHERE id IN (
               SELECT id FROM inventory_events ORDER BY time_ms DESC, id DESC LIMIT -1 OFFSET ?)`,
          )
          .run(eventsMax);
      });
    },

    async listEvents(query) {
      return database.read("read inventory events", () => list(database, query));
    },
  };
}

function insert(database: Database, event: InventoryEvent): void {
  database
    .statement(
      `INSERT OR IGNORE INTO inventory_events (id, time_ms, endpoint, kind, is_initial, json)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(
      event.id,
      event.timeMs,
      event.endpointId,
      event.kind,
      event.isInitial ? 1 : 0,
      JSON.stringify(event),
    );
}

function list(database: Database, query: EventQuery): InventoryEvent[] {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, ...bound: (string | number)[]): void => {
    conditions.push(condition);
    values.push(...bound);
  };
  if (query.endpoint !== undefined) add("endpoint = ?", query.endpoint);
  if (query.kind !== undefined) add("kind = ?", query.kind);
  if (query.newsOnly === true) add("is_initial = 0");
  if (query.beforeMs !== undefined) {
    add("(time_ms, id) < (?, ?)", query.beforeMs, query.beforeId ?? "");
  }
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  return database
    .statement(`SELECT json FROM inventory_events ${where} ORDER BY time_ms DESC, id DESC LIMIT ?`)
    .all(...values, query.limit)
    .map(({ json }) => JSON.parse(String(json)) as InventoryEvent);
}
