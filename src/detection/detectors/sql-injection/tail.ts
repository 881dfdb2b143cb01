import {
  readComparison,
  readComparisonRest,
  readExpression,
  readLogicalRest,
  readSum,
} from "./expression.ts";
import { type Operand, operandKind } from "./operand.ts";
import { readAlias, readClauses, readDirection, readName } from "./query.ts";
import type { Reading } from "./reading.ts";
import { readStatements } from "./statement.ts";
import { isAtStatement } from "./statement-reader.ts";
import { tokenKind } from "./token.ts";

/** How far a reading got: to the end of the value, or to something that is no SQL. */
export type TailOutcome = "complete" | "broken";

const joiningWords: ReadonlySet<string> = new Set(["and", "or", "xor"]);
const comparingWords: ReadonlySet<string> = new Set([
  "like",
  "ilike",
  "rlike",
  "regexp",
  "glob",
  "is",
  "in",
  "between",
  "not",
  "similar",
  "sounds",
]);
const closingWords: ReadonlySet<string> = new Set(["end", "then", "else"]);

/**
 * Reads what follows an operand that the surrounding statement and the value have made
 * together, up to the end of the value: closing parentheses, further conditions, clauses,
 * set operations, further statements.
 */
export function readTail(reading: Reading): TailOutcome {
  let nulls = 0;
  while (!reading.isAtEnd) {
    if (reading.isClosedByContext) return "broken";
    const tokens = reading.tokens;
    const isComma = reading.kind === tokenKind.comma;
    if (!readStep(reading)) return "broken";
    if (reading.tokens === tokens) return "broken";
    nulls = isComma && isNullBefore(reading) ? nulls + 1 : nulls;
    if (nulls === 2) reading.evidence.add("null-list", reading.lexer.start, reading.lexer.start);
  }
  return "complete";
}

function isNullBefore(reading: Reading): boolean {
  const { text, previousEnd } = reading.lexer;
  return text.slice(previousEnd - 4, previousEnd).toLowerCase() === "null";
}

function readStep(reading: Reading): boolean {
  const { lexer, evidence } = reading;
  switch (lexer.kind) {
    case tokenKind.close:
      evidence.add("closed-parenthesis", lexer.start, lexer.end);
      reading.advance();
      return true;
    case tokenKind.logical:
      reading.logicalSteps++;
      return readJoined(reading);
    case tokenKind.comparison:
      reading.logicalSteps++;
      return readCompared(reading);
    case tokenKind.arithmetic:
      reading.arithmeticSteps++;
      reading.advance();
      return readSum(reading) !== operandKind.none;
    case tokenKind.comma:
      return readCommaItem(reading);
    case tokenKind.semicolon:
      reading.logicalSteps++;
      return readStatements(reading);
    case tokenKind.open:
      return readInlineQuery(reading);
    case tokenKind.postfix:
      reading.advance();
      return readSum(reading) !== operandKind.none;
    case tokenKind.word:
      return readWordStep(reading);
    default:
      return false;
  }
}

/** Reads `or …` behind an operand that the surrounding statement has begun. */
function readJoined(reading: Reading): boolean {
  const { start } = reading.lexer;
  return readLogicalRest(reading, operandKind.opaque, start) !== operandKind.none;
}

/** Reads `= 1`, `like 'a'` behind an operand that the surrounding statement has begun. */
function readCompared(reading: Reading): boolean {
  const { start } = reading.lexer;
  const isQuoted = reading.lexer.contextQuote !== 0;
  const context: Operand = isQuoted ? operandKind.constant : operandKind.column;
  const compared = readComparisonRest(reading, context, start);
  if (compared === operandKind.none) return false;
  // `'x'='y'` within the string's own quotes; a number's other side may be any column.
  if (compared === operandKind.constantComparison) {
    reading.evidence.add("literal-condition", start, reading.lexer.previousEnd);
    reading.evidence.add("literal-condition", start, reading.lexer.previousEnd);
  }
  return true;
}

function readCommaItem(reading: Reading): boolean {
  reading.advance();
  if (readExpression(reading) === operandKind.none) return false;
  readDirection(reading);
  return true;
}

/** `1 (select …)`: tools put a query behind a condition without any operator. */
function readInlineQuery(reading: Reading): boolean {
  const { selectItems } = reading;
  if (readExpression(reading) === operandKind.none) return false;
  return reading.selectItems > selectItems;
}

function readWordStep(reading: Reading): boolean {
  const { word } = reading;
  reading.logicalSteps++;
  if (joiningWords.has(word)) return readJoined(reading);
  if (comparingWords.has(word)) {
    if (word === "in" && !reading.lexer.isBeforeParenthesis()) return readSearchMode(reading);
    return readCompared(reading);
  }
  if (word === "as") return readAs(reading);
  if (word === "asc" || word === "desc") {
    readDirection(reading);
    return true;
  }
  if (word === "div" || word === "mod" || word === "collate") {
    reading.advance();
    return readSum(reading) !== operandKind.none;
  }
  if (closingWords.has(word)) return readCaseRest(reading);
  if (isAtStatement(reading) && word !== "lock") {
    // SQL Server needs no semicolon, but behind a word it is prose: `they call a friend`.
    return !isBehindWord(reading) && readStatements(reading);
  }
  return readClauseStep(reading);
}

function isBehindWord({ lexer }: Reading): boolean {
  const last = lexer.text.charCodeAt(lexer.previousEnd - 1) | 0x20;
  return lexer.contextQuote === 0 && last >= 0x61 && last <= 0x7a;
}

function readClauseStep(reading: Reading): boolean {
  const before = reading.tokens;
  const isRead = readClauses(reading);
  return isRead && reading.tokens > before;
}

/** `in boolean mode`, `in natural language mode` of MySQL's full-text search. */
function readSearchMode(reading: Reading): boolean {
  reading.advance();
  if (!reading.takeWord("boolean")) {
    if (!reading.takeWord("natural") || !reading.takeWord("language")) return false;
  }
  return reading.takeWord("mode");
}

function readAs(reading: Reading): boolean {
  reading.logicalSteps--;
  reading.advance();
  return readName(reading);
}

/** `then 1 else 2 end` of a `case` that the surrounding statement has begun. */
function readCaseRest(reading: Reading): boolean {
  const isEnd = reading.isWord("end");
  reading.advance();
  if (isEnd) return reading.kind === tokenKind.word ? readAlias(reading) : true;
  return readComparison(reading) !== operandKind.none;
}
