import { isBlank, isDigit, isWordPart, isWordStart } from "./characters.ts";
import { type Grammar, Reading } from "./reading.ts";
import { readTail } from "./tail.ts";
import { statementWords } from "./words-table.ts";

/** A place within a value where SQL seems to go on, read from there. */
export interface EmbeddedReading {
  readonly reading: Reading;
  readonly start: number;
  readonly isComplete: boolean;
}

/** The word that makes an anchor, by the code of its first letter. */
const anchorWords: readonly (string | undefined)[] = Array.from({ length: 128 }, (_, code) =>
  ["or", "and", "xor", "union", "waitfor", "having"].find((word) => word.charCodeAt(0) === code),
);

const anchorLetters: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) =>
  code >= 0x41 && anchorWords[code | 0x20] !== undefined ? 1 : 0,
);
/** All readings of one value together may look at so many times its length. */
const workFactorMax = 4;
const workFloor = 4096;

/**
 * Finds `or 1=1`, `union select 1` or `;drop table` behind text that is no SQL, as in
 * `https://host/?id=1 or 1=1`, where no place in a statement explains the whole value.
 */
export function readEmbedded(
  text: string,
  grammar: Grammar,
  visit: (embedded: EmbeddedReading) => void,
): void {
  let workLeft = workFloor + workFactorMax * text.length;
  let at = 1;
  while (workLeft > 0) {
    const start = nextAnchor(text, at);
    if (start < 0) return;
    const reading = new Reading(text, start, 0, grammar);
    const isComplete = readTail(reading) === "complete";
    visit({ reading, start, isComplete });
    workLeft -= Math.max(32, reading.lexer.end - start);
    at = Math.max(start + 2, reading.lexer.previousEnd);
  }
}

/** The offset of the next semicolon or joining word with something other than a word behind it. */
function nextAnchor(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x3b) {
      if (isStatementAt(text, at + 1)) return at;
      continue;
    }
    // Most of these letters stand within a word.
    if (anchorLetters[code] !== 1 || isWordPart(text.charCodeAt(at - 1))) continue;
    const word = anchorWords[code | 0x20];
    if (word === undefined || !isWordAt(text, at, word)) continue;
    if (isAnchor(text, at + word.length, word)) return at;
  }
  return -1;
}

function isWordAt(text: string, at: number, word: string): boolean {
  for (let index = 1; index < word.length; index++) {
    if ((text.charCodeAt(at + index) | 0x20) !== word.charCodeAt(index)) return false;
  }
  return !isWordPart(text.charCodeAt(at + word.length));
}

function isAnchor(text: string, end: number, word: string): boolean {
  if (word === "waitfor") return true;
  const next = skipBlanks(text, end);
  if (word === "union") return isUnionAt(text, next);
  const code = text.charCodeAt(next);
  // In prose a word follows, and behind that word another one: `and the others`.
  if (!isWordStart(code)) return isDigit(code) || "'\"(-!~@/".includes(text.charAt(next));
  const after = text.charCodeAt(skipBlanks(text, wordEnd(text, next)));
  return after === 0x28 || after === 0x3d;
}

/** `union select`, `union all`, `union(`, or a comment between them: a query follows. */
function isUnionAt(text: string, at: number): boolean {
  if (!isWordStart(text.charCodeAt(at))) return true;
  const word = text.slice(at, Math.min(wordEnd(text, at), at + 9)).toLowerCase();
  return word === "select" || word === "all" || word === "distinct" || word === "values";
}

/** `;drop`, `; waitfor`, `;sleep(5)`: a statement or a call follows the semicolon. */
function isStatementAt(text: string, at: number): boolean {
  const start = skipBlanks(text, at);
  const code = text.charCodeAt(start);
  if (!isWordStart(code)) return code === 0x28 || code === 0x2f;
  const end = wordEnd(text, start);
  if (text.charCodeAt(end) === 0x28) return true;
  return end - start <= 12 && statementWords.has(text.slice(start, end).toLowerCase());
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text.charCodeAt(at))) at++;
  return at;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (isWordPart(text.charCodeAt(at))) at++;
  return at;
}
