import type { Finding, FindingStore, ScorePoint } from "../../risk/finding-store.ts";
import type { Database } from "./database.ts";

/** Keeps findings with what people decided about them, and how scores moved. */
export function createFindingStore(database: Database): FindingStore {
  return {
    async loadFindings() {
      return database.read("read the findings", () =>
        database
          .statement("SELECT json FROM findings ORDER BY id")
          .all()
          .map((row) => JSON.parse(String(row["json"])) as Finding),
      );
    },

    async saveFindings(changes) {
      if (changes.size === 0) return;
      // What a person decided must outlive a power cut too.
      database.writeDurably("save the findings", () => {
        for (const [id, finding] of changes) {
          if (finding === undefined) {
            database.statement("DELETE FROM findings WHERE id = ?").run(id);
          } else {
            database
              .statement("INSERT OR REPLACE INTO findings (id, json) VALUES (?, ?)")
              .run(id, JSON.stringify(finding));
          }
        }
      });
    },

    async addScores(points) {
      if (points.length === 0) return;
      database.write("save the scores", () => {
        for (const { subject, timeMs, score } of points) {
          database
            .statement("INSERT OR REPLACE INTO scores (subject, time_ms, score) VALUES (?, ?, ?)")
            .run(subject, timeMs, score);
        }
      });
    },

    async listScores({ subject, limit }) {
      return database.read("read the scores", () =>
        database
          .statement(
            `SELECT subject, time_ms, score FROM scores WHERE subject = ?
             ORDER BY time_ms DESC LIMIT ?`,
          )
          .all(subject, limit)
          .map(pointOf)
          .reverse(),
      );
    },

    async latestScores() {
      return database.read("read the scores", () =>
        database
          .statement("SELECT subject, max(time_ms) AS time_ms, score FROM scores GROUP BY subject")
          .all()
          .map(pointOf),
      );
    },

    async deleteScoresBefore(timeMs) {
      database.write("delete old scores", () => {
        database
          .statement(
            `DELETE FROM scores WHERE time_ms < ? AND EXISTS (
               SELECT 1 FROM scores AS newer
               WHERE newer.subject = scores.subject AND newer.time_ms > scores.time_ms)`,
          )
          .run(timeMs);
      });
    },
  };
}

function pointOf(row: Record<string, unknown>): ScorePoint {
  return {
    subject: String(row["subject"]),
    timeMs: Number(row["time_ms"]),
    score: Number(row["score"]),
  };
}
