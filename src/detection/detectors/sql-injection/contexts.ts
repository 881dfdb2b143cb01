import { readEmbedded } from "./embedded.ts";
import { readExpression } from "./expression.ts";
import { beginsAsProse, canContinue } from "./first-look.ts";
import { operandKind } from "./operand.ts";
import { readQuery } from "./query.ts";
import { type Grammar, Reading } from "./reading.ts";
import { readStatements } from "./statement.ts";
import { isAtStatement } from "./statement-reader.ts";
import { readTail } from "./tail.ts";
import { tokenKind } from "./token.ts";

/** Where in a statement the value is taken to stand. */
type Context = "unquoted" | "quoted" | "statement" | "embedded";

/** A finished reading of the value in one context. */
export interface ContextReading {
  readonly context: Context;
  readonly reading: Reading;
  /** Where the part begins that would be read as SQL. */
  readonly start: number;
  readonly isComplete: boolean;
}

/** Words that begin a statement even before a parenthesis. */
const callableStatements: ReadonlySet<string> = new Set(["select", "exec", "execute"]);

const grammar: Grammar = { readExpression, readQuery };
const noBreakouts: readonly number[] = [];
const singleQuote = 0x27;
const doubleQuote = 0x22;
const backtick = 0x60;
const quotes: readonly number[] = [singleQuote, doubleQuote, backtick];

type Visit = (contextReading: ContextReading) => void;

/** Reads from each place within a value where SQL seems to go on. */
export function readEmbeddedIn(text: string, visit: Visit): void {
  readEmbedded(text, grammar, (embedded) => visit({ context: "embedded", ...embedded }));
}

/** Reads a value as the continuation of a statement, once for each place where it could stand. */
export function readInContexts(text: string, visit: Visit): void {
  if (!beginsAsProse(text)) visit(readUnquoted(text));
  for (const quote of quotes) {
    for (const at of breakoutsOf(text, quote)) {
      if (canContinue(text, at + 1)) visit(readQuoted(text, at, quote));
    }
  }
}

/** The value stands where a number, a column or a whole list does: `where id = VALUE`. */
function readUnquoted(text: string): ContextReading {
  const reading = new Reading(text, 0, 0, grammar);
  const { start } = reading.lexer;
  const isCall = reading.lexer.isBeforeParenthesis() && !callableStatements.has(reading.word);
  if (isAtStatement(reading) && !isCall) {
    const isRead = readStatements(reading);
    const isComplete = isRead && (reading.isAtEnd || readTail(reading) === "complete");
    return { context: "statement", reading, start, isComplete };
  }
  reading.startsWithCall = reading.kind === tokenKind.word && reading.lexer.isBeforeParenthesis();
  if (isOperandStart(reading)) {
    const before = reading.tokens;
    const operand = readExpression(reading);
    // Reserved words begin a tail, not an operand: `or 1=1`, `union select 1`.
    if (operand === operandKind.none && reading.tokens > before) {
      return { context: "unquoted", reading, start, isComplete: false };
    }
  }
  return { context: "unquoted", reading, start, isComplete: readTail(reading) === "complete" };
}

function isOperandStart(reading: Reading): boolean {
  const { kind, lexer } = reading;
  if (kind === tokenKind.arithmetic)
    return lexer.code === 0x2d || lexer.code === 0x2b || lexer.code === 0x7e || lexer.code === 0x21;
  return kind !== tokenKind.logical && kind !== tokenKind.comparison;
}

/** The value stands in a string or quoted name, which it ends at `at`. */
function readQuoted(text: string, at: number, quote: number): ContextReading {
  const reading = new Reading(text, at + 1, quote, grammar);
  return { context: "quoted", reading, start: at, isComplete: readTail(reading) === "complete" };
}

/**
 * The quotes at which a string around the value can end: the first that is not doubled, and,
 * for databases where a backslash escapes, the first that is not escaped either.
 */
function breakoutsOf(text: string, quote: number): readonly number[] {
  const mark = String.fromCharCode(quote);
  const first = text.indexOf(mark);
  if (first < 0) return noBreakouts;
  const breakouts: number[] = [];
  for (let at = first; at >= 0; at = text.indexOf(mark, at + 1)) {
    const isEscaped = text.charCodeAt(at - 1) === 0x5c;
    if (text.charCodeAt(at + 1) === quote) {
      at++;
      // To MySQL the backslash takes the first of the two, and the second ends the string.
      if (isEscaped && breakouts.length === 0) breakouts.push(at);
      continue;
    }
    if (!isEscaped || breakouts.length === 0) breakouts.push(at);
    if (!isEscaped) break;
  }
  return breakouts;
}
