import { isBlank, isDigit, isWordPart, isWordStart } from "./characters.ts";
import { type Grammar, Reading } from "./reading.ts";
import { readTail } from "./tail.ts";

/** A place within a value where SQL seems to go on, read from there. */
export interface EmbeddedReading {
  readonly reading: Reading;
  readonly start: number;
  readonly isComplete: boolean;
}

const anchorWords: ReadonlySet<string> = new Set([
  "or",
  "and",
  "xor",
  "union",
  "waitfor",
  "having",
]);
/** All readings of one value together may look at so many times its length. */
const workFactorMax = 4;
const workFloor = 4096;

/**
 * Finds `or 1=1`, `union select 1` or `;drop table` behind text that is no SQL, as in
 * `https://host/?id=1 or 1=1`, where no place in a statement explains the whole value.
 */
export function* readEmbedded(text: string, grammar: Grammar): Generator<EmbeddedReading> {
  let workLeft = workFloor + workFactorMax * text.length;
  let at = 1;
  while (workLeft > 0) {
    const start = nextAnchor(text, at);
    if (start < 0) return;
    const reading = new Reading(text, start, 0, grammar);
    const isComplete = readTail(reading) === "complete";
    yield { reading, start, isComplete };
    workLeft -= Math.max(32, reading.lexer.end - start);
    at = Math.max(start + 2, reading.lexer.previousEnd);
  }
}

/** The offset of the next semicolon or joining word with something other than a word behind it. */
function nextAnchor(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x3b) {
      if (isLetterAt(text, at)) return at;
    } else if (isAnchorLetter(code) && !isWordPart(text.charCodeAt(at - 1))) {
      const end = wordEnd(text, at);
      if (end - at <= 7 && isAnchor(text, at, end)) return at;
      at = end - 1;
    }
  }
  return -1;
}

/** `o`, `a`, `x`, `u`, `w`, `h`: the first letters of the anchor words. */
function isAnchorLetter(code: number): boolean {
  const lower = code | 0x20;
  return (
    lower === 0x6f ||
    lower === 0x61 ||
    lower === 0x78 ||
    lower === 0x75 ||
    lower === 0x77 ||
    lower === 0x68
  );
}

function isAnchor(text: string, start: number, end: number): boolean {
  const word = text.slice(start, end).toLowerCase();
  if (!anchorWords.has(word)) return false;
  if (word === "union" || word === "waitfor") return true;
  const next = skipBlanks(text, end);
  const code = text.charCodeAt(next);
  // In prose a word follows, and behind that word another one: `and the others`.
  if (!isWordStart(code)) return isDigit(code) || "'\"(-!~@/".includes(text.charAt(next));
  const after = text.charCodeAt(skipBlanks(text, wordEnd(text, next)));
  return after === 0x28 || after === 0x3d;
}

/** `;drop`, `; waitfor`: a letter follows the semicolon, at once or behind blanks. */
function isLetterAt(text: string, semicolon: number): boolean {
  return isWordStart(text.charCodeAt(skipBlanks(text, semicolon + 1)));
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
