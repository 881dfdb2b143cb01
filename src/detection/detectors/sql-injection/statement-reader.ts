import type { Reading } from "./reading.ts";
import { tokenKind } from "./token.ts";
import { statementWords } from "./words-table.ts";

/** What a statement says: broken, only words that could be prose, surely SQL, or surely harm. */
export type StatementStrength = "none" | "words" | "statement" | "changing" | "dangerous";

/** Reads one kind of statement, with the reader at its first word. */
export type StatementReader = (reading: Reading) => StatementStrength;

/** Whether the reader is at a word that begins a statement. */
export function isAtStatement(reading: Reading): boolean {
  return reading.kind === tokenKind.word && statementWords.has(reading.word);
}

/** What may follow a statement that the value leaves to the surrounding one: `and (1=1`. */
export function isContinuation(reading: Reading): boolean {
  return reading.isAtEnd || reading.isWord("and") || reading.isWord("or") || reading.isWord("end");
}

/** Skips to the end of a statement whose rest does not matter; true when it held more than words. */
export function skipStatement(reading: Reading): boolean {
  let isHard = false;
  while (!reading.isAtEnd && reading.kind !== tokenKind.semicolon) {
    if (reading.kind !== tokenKind.word) isHard = true;
    if (reading.lexer.unclosed) break;
    reading.advance();
  }
  return isHard;
}
