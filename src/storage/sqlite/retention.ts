import { setImmediate } from "node:timers/promises";
import { type Database, walBytesMax } from "./database.ts";

export interface Deleted {
  readonly exchanges: number;
  readonly decisions: number;
}

/** Rows or pages that go in one transaction: few enough that the process answers in between. */
const chunkRows = 500;
const chunkPages = 2_000;

/** Of each kind the newest survive until nothing else is left: no kind can push out another. */
const keptRows = 1_000;

/** Deletes everything recorded before an instant. */
export async function deleteOlderThan(database: Database, beforeMs: number): Promise<Deleted> {
  const old = "AND time_ms < ? ORDER BY time_ms";
  let exchanges = 0;
  for (const decided of [0, 1]) {
    const where = `decided = ${decided} ${old}`;
    exchanges += await repeatedly(() => deleteExchanges(database, where, [beforeMs]));
  }
  const decisions = await repeatedly(() => deleteDecisions(database, `TRUE ${old}`, [beforeMs]));
  database.write("delete old traffic", () => {
    database.statement("DELETE FROM decision_minutes WHERE minute_ms < ?").run(beforeMs);
    database.statement("DELETE FROM incidents WHERE last_seen_ms < ?").run(beforeMs);
  });
  return { exchanges, decisions };
}

/**
 * Brings the file with its log under `bytesMax` by deleting the least useful rows, and on until
 * only `share` of the room is in use. Freed pages are written anew by what comes next; a file that
 * is itself too long is cut.
 */
export async function trimToSize(
  database: Database,
  bytesMax: number,
  share: number,
): Promise<Deleted> {
  const deleted = { exchanges: 0, decisions: 0, incidents: 0 };
  const pagesMax = pagesMaxOf(database, bytesMax);
  if (usedPagesOf(database) > pagesMax) {
    for (const { kind, remove } of trimSteps) {
      deleted[kind] += await repeatedly(() =>
        usedPagesOf(database) > pagesMax * share ? remove(database) : 0,
      );
    }
  }
  await shrinkFile(database, pagesMax);
  return deleted;
}

interface TrimStep {
  readonly kind: keyof Deleted | "incidents";
  /** Deletes up to a chunk of the oldest; 0 when this step has nothing left to give. */
  readonly remove: (database: Database) => number;
}

/** What goes first when there is no room: the less a person will look for it, the sooner. */
const trimSteps: readonly TrimStep[] = [
  ...[0, 1].map(
    (decided): TrimStep => ({
      kind: "exchanges",
      remove: (database) =>
        deleteExchanges(
          database,
          `decided = ${decided} AND time_ms < (
             SELECT time_ms FROM exchanges WHERE decided = ${decided}
             ORDER BY time_ms DESC LIMIT 1 OFFSET ${keptRows}
           ) ORDER BY time_ms`,
        ),
    }),
  ),
  {
    kind: "decisions",
    remove: (database) =>
      deleteDecisions(
        database,
        `time_ms < (SELECT time_ms FROM decisions ORDER BY time_ms DESC LIMIT 1 OFFSET ${keptRows})
         ORDER BY time_ms`,
      ),
  },
  ...[0, 1].map(
    (decided): TrimStep => ({
      kind: "exchanges",
      remove: (database) => deleteExchanges(database, `decided = ${decided} ORDER BY time_ms`),
    }),
  ),
  {
    kind: "decisions",
    remove: (database) => deleteDecisions(database, "TRUE ORDER BY time_ms"),
  },
  { kind: "incidents", remove: deleteIncidents },
];

async function repeatedly(remove: () => number): Promise<number> {
  let total = 0;
  for (let rows = remove(); rows > 0; rows = remove()) {
    total += rows;
    await setImmediate();
  }
  return total;
}

function deleteExchanges(database: Database, where: string, values: number[] = []): number {
  const chosen = `SELECT seq FROM exchanges WHERE ${where} LIMIT ${chunkRows}`;
  return database.write("delete exchanges", () => {
    const sql = `DELETE FROM exchanges WHERE seq IN (${chosen})`;
    return Number(database.statement(sql).run(...values).changes);
  });
}

function deleteDecisions(database: Database, where: string, values: number[] = []): number {
  const chosen = `FROM decisions WHERE ${where} LIMIT ${chunkRows}`;
  return database.write("delete decisions", () => {
    database
      .statement(
        `DELETE FROM decision_detectors WHERE (detector, time_ms, seq) IN (
           SELECT detector.value, chosen.time_ms, chosen.seq
           FROM (SELECT seq, time_ms, detectors ${chosen}) AS chosen
           JOIN json_each(chosen.detectors) AS detector
         )`,
      )
      .run(...values);
    const sql = `DELETE FROM decisions WHERE seq IN (SELECT seq ${chosen})`;
    return Number(database.statement(sql).run(...values).changes);
  });
}

function deleteIncidents(database: Database): number {
  return database.write("delete incidents", () => {
    const sql = `DELETE FROM incidents WHERE id IN (
      SELECT id FROM incidents ORDER BY last_seen_ms LIMIT ${chunkRows}
    )`;
    return Number(database.statement(sql).run().changes);
  });
}

/** How long the file may be: the log beside it has its own allowance, at most half of all. */
function pagesMaxOf(database: Database, bytesMax: number): number {
  const fileBytesMax = Math.max(bytesMax - walBytesMax, bytesMax / 2);
  return Math.floor(fileBytesMax / database.pragma("page_size"));
}

function usedPagesOf(database: Database): number {
  return database.pragma("page_count") - database.pragma("freelist_count");
}

async function shrinkFile(database: Database, pagesMax: number): Promise<void> {
  const excessPages = database.pragma("page_count") - pagesMax;
  if (excessPages <= 0) return;

  for (let pages = excessPages; pages > 0; pages -= chunkPages) {
    const chunk = Math.min(pages, chunkPages);
    database.read("shrink the file", () => database.exec(`PRAGMA incremental_vacuum(${chunk})`));
    await setImmediate();
  }
  // The file itself only becomes shorter when the log is written back.
  database.read("shrink the file", () => database.exec("PRAGMA wal_checkpoint(TRUNCATE)"));
}
