import { isBlank, isDigit, isWordPart, isWordStart } from "./characters.ts";
import { reservedWords, statementWords } from "./words-table.ts";

const wordLengthMax = 16;
/** Words that continue an operand although they are not reserved everywhere. */
const continuingWords: ReadonlySet<string> = new Set([
  "glob",
  "match",
  "similar",
  "sounds",
  "isnull",
  "notnull",
  "contains",
  "overlaps",
  "mod",
  "collate",
  "lock",
  "go",
]);

const sqlWords: ReadonlySet<string> = new Set([
  ...reservedWords,
  ...statementWords,
  ...continuingWords,
  "binary",
  "prior",
]);

/** Whether what stands at an offset can go on behind an operand: an operator, a closer, a word of SQL. */
export function canContinue(text: string, from: number): boolean {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  if (at >= text.length) return false;
  const code = text.charCodeAt(at);
  if (isDigit(code) || code === 0x27 || code === 0x22) return false;
  return !isWordStart(code) || isSqlWordAt(text, at);
}

/** Whether a value is words of prose from the start: one word, a blank, and another that is not SQL's. */
export function beginsAsProse(text: string): boolean {
  let at = 0;
  while (isBlank(text.charCodeAt(at))) at++;
  if (!isWordStart(text.charCodeAt(at)) || isSqlWordAt(text, at)) return false;
  while (isWordPart(text.charCodeAt(at))) at++;
  if (!isBlank(text.charCodeAt(at))) return false;
  while (isBlank(text.charCodeAt(at))) at++;
  return isWordStart(text.charCodeAt(at)) && !isSqlWordAt(text, at);
}

function isSqlWordAt(text: string, start: number): boolean {
  let end = start;
  while (isWordPart(text.charCodeAt(end))) end++;
  // Names may run on behind what looks like their end: `not.a.word`, `goto label:`.
  if (end - start > wordLengthMax) return false;
  return text.charCodeAt(end) === 0x3a || sqlWords.has(text.slice(start, end).toLowerCase());
}
