import { readFileSync, statSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { MerlonError } from "../../../model/merlon-error.ts";

/** What stands in a file, read anew in the background when the file changed. */
export interface WatchedFile<Content> {
  current(): Content;
}

/** How long a change may go unnoticed. */
const LOOK_EVERY_MS = 2_000;
const FILE_BYTES_MAX = 33_554_432;

/**
 * Reads a JSON file at once, and throws ERR_CONFIG_INVALID when it cannot be used. A later version
 * that cannot be used leaves the one before in force.
 */
export function watchJsonFile<Content>(
  path: string,
  options: {
    /** Undefined for what is not of the right form. */
    readonly read: (value: unknown) => Content | undefined;
    readonly setting: string;
    readonly now: () => number;
  },
): WatchedFile<Content> {
  const { read, setting, now } = options;
  let content = firstContent(path, read, setting);
  let version = versionOf(statSync(path));
  let lookedMs = now();
  let isLooking = false;

  async function look(): Promise<void> {
    isLooking = true;
    try {
      const found = await stat(path);
      if (versionOf(found) === version || found.size > FILE_BYTES_MAX) return;
      const newer = read(JSON.parse(await readFile(path, "utf8")));
      if (newer !== undefined) content = newer;
      version = versionOf(found);
    } catch {
      // Gone or half written: what was read before holds, and the next look may find it whole.
    } finally {
      isLooking = false;
    }
  }

  return {
    current() {
      if (!isLooking && now() - lookedMs >= LOOK_EVERY_MS) {
        lookedMs = now();
        void look();
      }
      return content;
    },
  };
}

function firstContent<Content>(
  path: string,
  read: (value: unknown) => Content | undefined,
  setting: string,
): Content {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new MerlonError("ERR_CONFIG_INVALID", `${setting}: cannot read ${path} as JSON`, {
      cause,
      fix: "name a readable JSON file",
    });
  }
  const content = read(value);
  if (content !== undefined) return content;
  throw new MerlonError("ERR_CONFIG_INVALID", `${setting}: ${path} has another form`, {
    fix: "see docs/reference/protections/authentication.md for the form of the file",
  });
}

function versionOf({ mtimeMs, size, ino }: { mtimeMs: number; size: number; ino: number }): string {
  return `${mtimeMs} ${size} ${ino}`;
}
