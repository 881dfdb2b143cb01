import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MerlonError } from "../model/merlon-error.ts";
import type { ApiKeyRecord } from "../protection/protections/authentication/api-key-options.ts";
import { keyUseDirectoryOf } from "../protection/protections/authentication/api-key-use.ts";
import { apiKeyFile } from "../protection/protections/authentication/api-key-verifier.ts";

/** The keys in a file; none when it does not exist. Throws ERR_INPUT_INVALID for another file. */
export function readApiKeys(file: string): readonly ApiKeyRecord[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
    throw new MerlonError("ERR_INPUT_UNREADABLE", `cannot read ${file}`, { cause });
  }
  try {
    return apiKeyFile.parse(JSON.parse(text)).keys;
  } catch (cause) {
    throw new MerlonError("ERR_INPUT_INVALID", `${file} is no file of API keys`, {
      cause,
      fix: "name a file that `merlon keys create` made, or a new one",
    });
  }
}

/** Replaces the file as a whole: a gateway that reads meanwhile sees the old one or the new one. */
export function writeApiKeys(file: string, keys: readonly ApiKeyRecord[]): void {
  const partial = `${file}.${process.pid}.new`;
  writeFileSync(partial, `${JSON.stringify({ keys }, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(partial, file);
}

/** When a key was last used, to the minute; undefined when it never was. */
export function lastUseOf(file: string, id: string): string | undefined {
  try {
    return statSync(join(keyUseDirectoryOf(file), id)).mtime.toISOString();
  } catch {
    return undefined;
  }
}
