import { readFileSync, statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { guessSecret, hmacTokenOf } from "./guess-secret.ts";
import { secretWords } from "./secret-words-table.ts";
import type { AskedToken, JudgedToken } from "./token-audit.ts";

const wordsBytesMax = 64 * 1_048_576;
const foundMax = 64;

const words = [...secretWords, ...wordsOf((workerData as { words?: string }).words)];
/** Secrets that were found before: an issuer signs all its tokens with one. */
const found = new Set<string>();

parentPort?.on("message", ({ id, token }: AskedToken) => {
  const read = hmacTokenOf(token);
  const secret = read && (guessSecret(read, found) ?? guessSecret(read, words));
  if (secret !== undefined && found.size < foundMax) found.add(secret);
  parentPort?.postMessage({ id, isWeak: secret !== undefined } satisfies JudgedToken);
});

function wordsOf(path: string | undefined): readonly string[] {
  if (path === undefined || statSync(path).size > wordsBytesMax) return [];
  return readFileSync(path, "utf8").split(/\r?\n/).filter(Boolean);
}
