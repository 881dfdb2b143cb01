import { mkdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Keeps when each key of a file was last used. */
export interface KeyUse {
  note(id: string, timeMs: number): void;
}

const NOTE_EVERY_MS = 60_000;

/** The directory beside a file of keys in which an empty file of each key's id has its last use as time. */
export function keyUseDirectoryOf(file: string): string {
  return `${file}.used`;
}

/**
 * Notes uses to the minute, in the background: the time of a file is all that is written, so that
 * any number of workers may do so at once. Uses of another time than now are recordings.
 */
export function createKeyUse(file: string, now: () => number): KeyUse {
  const noted = new Map<string, number>();
  return {
    note(id, timeMs) {
      if (Math.abs(now() - timeMs) > NOTE_EVERY_MS) return;
      const before = noted.get(id);
      if (before !== undefined && timeMs - before < NOTE_EVERY_MS) return;
      noted.set(id, timeMs);
      // When the disk is full or read-only, the last use stays unknown; requests go on.
      void touch(keyUseDirectoryOf(file), id, timeMs).catch(() => undefined);
    },
  };
}

async function touch(directory: string, id: string, timeMs: number): Promise<void> {
  const path = join(directory, id);
  const time = timeMs / 1_000;
  try {
    await utimes(path, time, time);
  } catch {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await writeFile(path, "", { mode: 0o600 });
    await utimes(path, time, time);
  }
}
