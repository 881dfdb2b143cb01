import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { MerlonError } from "../../model/merlon-error.ts";
import { migrations } from "./migrations.ts";

/** Where the data lives: a directory of its own, or memory that goes with the process. */
export type SqliteLocation = { readonly directory: string } | { readonly memory: true };

/** The write-ahead log is cut back to this size after a checkpoint. */
export const walBytesMax: number = 4 * 1024 * 1024;

/** Marks the file as ours for file(1) and for whoever opens a foreign database by mistake. */
const applicationId = 0x4d524c4e;
const busyTimeoutMs = 2_000;
const statementsMax = 200;

/** One open SQLite file: prepared statements, transactions, and errors with Merlon's code. */
export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(location: SqliteLocation) {
    this.#connection = guarded("open the database", () => openConnection(location));
  }

  /** A prepared statement, prepared once for each text. */
  statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;

    // Texts are few and fixed; the bound only guards against a caller that builds them from data.
    if (this.#statements.size >= statementsMax) this.#statements.clear();
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  exec(sql: string): void {
    this.#connection.exec(sql);
  }

  /** The single number that a PRAGMA answers. */
  pragma(name: "page_count" | "freelist_count" | "page_size" | "user_version"): number {
    return Number(this.statement(`PRAGMA ${name}`).get()?.[name] ?? 0);
  }

  /** Runs reads; failures become ERR_STORAGE_FAILED. */
  read<T>(what: string, work: () => T): T {
    return guarded(what, work);
  }

  /** Runs writes in one transaction: all of them are kept, or none. */
  write<T>(what: string, work: () => T): T {
    return guarded(what, () => {
      this.#connection.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        this.#connection.exec("COMMIT");
        return result;
      } catch (error) {
        // A full disk has already rolled back; a second ROLLBACK would hide the reason.
        if (this.#connection.isTransaction) this.#connection.exec("ROLLBACK");
        throw error;
      }
    });
  }

  /**
   * Like `write`, and on the disk before it returns. For the rare writes that must outlive a
   * power cut too: passwords, secrets, the policy. Traffic only has to outlive the process.
   */
  writeDurably<T>(what: string, work: () => T): T {
    this.#connection.exec("PRAGMA synchronous = FULL");
    try {
      return this.write(what, work);
    } finally {
      this.#connection.exec("PRAGMA synchronous = NORMAL");
    }
  }

  close(): void {
    this.#statements.clear();
    if (this.#connection.isOpen) this.#connection.close();
  }
}

function openConnection(location: SqliteLocation): DatabaseSync {
  const connection = new DatabaseSync(
    "directory" in location ? preparedFile(location.directory) : ":memory:",
    { enableForeignKeyConstraints: true, timeout: busyTimeoutMs },
  );
  try {
    // Only takes effect on an empty file, hence before anything else.
    connection.exec("PRAGMA auto_vacuum = INCREMENTAL");
    connection.exec("PRAGMA journal_mode = WAL");
    // In WAL mode NORMAL keeps every commit across a kill of the process; a power cut can cost
    // the last ones but never the file's integrity. FULL would sync the disk for each batch.
    connection.exec("PRAGMA synchronous = NORMAL");
    connection.exec(`PRAGMA journal_size_limit = ${walBytesMax}`);
    connection.exec("PRAGMA trusted_schema = OFF");
    connection.enableDefensive?.(true);
    migrate(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Creates directory and file closed to other users; SQLite gives its log files the same rights. */
function preparedFile(directory: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, "merlon.db");
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  return file;
}

function migrate(connection: DatabaseSync): void {
  connection.exec("BEGIN IMMEDIATE");
  try {
    const version = Number(connection.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
    if (version > migrations.length) {
      throw new MerlonError(
        "ERR_STORAGE_FAILED",
        `the database has schema version ${version}, this Merlon knows ${migrations.length}`,
        { fix: "start the Merlon version that wrote it, or choose another data directory" },
      );
    }
    for (const migration of migrations.slice(version)) connection.exec(migration);
    connection.exec(`PRAGMA user_version = ${migrations.length}`);
    connection.exec(`PRAGMA application_id = ${applicationId}`);
    connection.exec("COMMIT");
  } catch (error) {
    if (connection.isTransaction) connection.exec("ROLLBACK");
    throw error;
  }
}

function guarded<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof MerlonError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new MerlonError("ERR_STORAGE_FAILED", `could not ${what}: ${reason}`, {
      fix: "check free space and access rights of the data directory",
      cause: error,
    });
  }
}
