import { once } from "node:events";
import type { Writable } from "node:stream";

/** Writes lines no faster than they are taken. */
export interface LineOutput {
  /** False once the reader of the output went away. */
  write(line: string): Promise<boolean>;
}

export function createLineOutput(stream: Writable): LineOutput {
  let isGone = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    isGone = true;
  });
  return {
    async write(line) {
      if (isGone || stream.destroyed) return false;
      if (!stream.write(`${line}\n`)) {
        await Promise.race([once(stream, "drain"), once(stream, "close")]).catch(() => undefined);
      }
      return !isGone;
    },
  };
}
