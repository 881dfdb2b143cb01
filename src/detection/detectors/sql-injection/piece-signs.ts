import { isBlank, isDigit, isWordPart, isWordStart } from "./characters.ts";

/** Words that begin a piece of a statement made of words and numbers alone. */
const firstWords: ReadonlySet<string> = new Set(
  "select exec case order limit and or print if".split(" "),
);
/** Words, and beginnings of names of system tables, that tell a piece wherever they stand. */
const tellingBeginnings: readonly string[] = ["union", "waitfor", "sys", "msys", "tabname"];
const wordLengthMax = 8;

/** 1 for characters of which prose, names and addresses consist; a hyphen must stand alone. */
const plainCharacters: Uint8Array = new Uint8Array(128);
for (const character of " \t\r\n,.:!?-0123456789") plainCharacters[character.charCodeAt(0)] = 1;

/**
 * Whether a value has what every piece of a statement has: a sign that is none of prose, or one of
 * few words. Honest values mostly end here, before their tokens are read.
 */
export function mayBePiece(text: string): boolean {
  let start = 0;
  while (isBlank(text.charCodeAt(start))) start++;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80 && isWordStart(code) && code !== 0x5f) {
      const end = wordEnd(text, at);
      if (isTelling(text, at, end, at === start)) return true;
      at = end - 1;
    } else if (!isPlainAt(text, at, code)) {
      return true;
    }
  }
  return false;
}

function isPlainAt(text: string, at: number, code: number): boolean {
  if (code === 0x2d) return text.charCodeAt(at + 1) !== 0x2d;
  // An apostrophe within a word ends no string that the value began.
  if (code === 0x27) return isLetterAt(text, at - 1) && isLetterAt(text, at + 1);
  return plainCharacters[code] === 1;
}

function isTelling(text: string, start: number, end: number, isFirst: boolean): boolean {
  // `1e0union`: behind a number a word needs no space.
  if (isDigit(text.charCodeAt(start - 1)) && end - start > 3) return true;
  const first = initials[text.charCodeAt(start) | 0x20];
  if (first !== 1) return false;
  const word = text.slice(start, Math.min(end, start + wordLengthMax)).toLowerCase();
  if (isFirst && firstWords.has(word)) return true;
  return tellingBeginnings.some((beginning) => word.startsWith(beginning));
}

/** 1 for the first letters of the words above. */
const initials: Uint8Array = new Uint8Array(128);
for (const word of [...firstWords, ...tellingBeginnings]) initials[word.charCodeAt(0)] = 1;

function isLetterAt(text: string, at: number): boolean {
  const lower = text.charCodeAt(at) | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** Behind the letters and digits; an underscore or a dollar sign is looked at by itself. */
function wordEnd(text: string, from: number): number {
  let at = from;
  while (isWordPart(text.charCodeAt(at)) && isPlainPart(text.charCodeAt(at))) at++;
  return at;
}

function isPlainPart(code: number): boolean {
  return code < 0x80 && code !== 0x5f && code !== 0x24;
}
