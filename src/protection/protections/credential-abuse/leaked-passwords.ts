import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Range files kept in memory; each has some 30 KiB. */
const rangesMax = 64;
const prefixLength = 5;

/** Passwords that are known to attackers, by hash prefix as published by Have I Been Pwned. */
export interface LeakedPasswords {
  /** Whether the password is in the list; false when its range cannot be read. */
  has(password: string): Promise<boolean>;
}

/** Reads range files from a directory when they are asked for. */
export function openLeakedPasswords(directory: string): LeakedPasswords {
  const ranges = new Map<string, Promise<string>>();
  const rangeOf = (prefix: string): Promise<string> => {
    const known = ranges.get(prefix);
    if (known !== undefined) return known;
    const [oldest] = ranges.keys();
    if (ranges.size >= rangesMax && oldest !== undefined) ranges.delete(oldest);
    const read = readRange(directory, prefix);
    ranges.set(prefix, read);
    return read;
  };
  return {
    async has(password) {
      const hash = createHash("sha1").update(password).digest("hex").toUpperCase();
      const range = await rangeOf(hash.slice(0, prefixLength));
      return range.includes(`\n${hash.slice(prefixLength)}:`);
    },
  };
}

async function readRange(directory: string, prefix: string): Promise<string> {
  for (const name of [prefix, `${prefix}.txt`]) {
    try {
      return `\n${(await readFile(join(directory, name), "utf8")).toUpperCase()}`;
    } catch {
      // The other spelling, or a range that was never downloaded.
    }
  }
  return "";
}
