import { privilegedWords, secretWords } from "./privileged-names-table.ts";

/** Longer names are no words that a binder of an application knows. */
const nameCharsMax = 64;

/** Whether a property of this name would decide what its sender may do, owns or has paid. */
export function isPrivilegedName(name: string): boolean {
  return hasWord(name, privilegedWords);
}

/** Whether a property of this name holds what should not leave the server: `passwordHash`. */
export function isSecretName(name: string): boolean {
  return hasWord(name, secretWords);
}

function hasWord(name: string, words: ReadonlySet<string>): boolean {
  if (name.length > nameCharsMax) return false;
  if (words.has(name.toLowerCase())) return true;
  return wordsOf(name).some((word) => words.has(word));
}

/** `isAdmin`, `is_admin`, `is-admin` and `user[isAdmin]` alike: `is`, `admin`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/^is(?=[a-z]{4})/, "is ")
    .split(/[^a-z0-9]+/);
}
