import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { MerlonError } from "../../model/merlon-error.ts";

/** A data directory that one process alone writes to. */
export interface DirectoryLock {
  release(): void;
}

/**
 * Takes the directory for this process, creating it when it is missing. The lock is SQLite's own on
 * an empty file, so the system lets it go however the process ends. Readers are not kept out.
 * Throws ERR_STORAGE_FAILED when another Merlon has it or the directory cannot be used.
 */
export function lockDirectory(directory: string): DirectoryLock {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const connection = new DatabaseSync(join(directory, "lock.sqlite"));
    connection.exec("BEGIN EXCLUSIVE");
    return { release: () => connection.close() };
  } catch (cause) {
    const isTaken = cause instanceof Error && cause.message.includes("locked");
    throw new MerlonError(
      "ERR_STORAGE_FAILED",
      isTaken
        ? `another Merlon uses ${directory}`
        : `cannot use ${directory}: ${cause instanceof Error ? cause.message : "unknown"}`,
      {
        cause,
        fix: isTaken
          ? "Stop it, or give this one a directory of its own with --data."
          : "Give a directory that Merlon may write to with --data.",
      },
    );
  }
}
