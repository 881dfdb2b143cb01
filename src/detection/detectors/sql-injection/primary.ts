import { readCall } from "./call.ts";
import { type Operand, operandKind } from "./operand.ts";
import { depthMax, type Reading } from "./reading.ts";
import { readSubquery } from "./subquery.ts";
import { tokenKind } from "./token.ts";
import {
  constantWords,
  dangerousPackages,
  reservedWords,
  sessionWords,
  wordsThatAreAlsoFunctions,
} from "./words-table.ts";

/** Reads one operand: a literal, a name, a call, anything in parentheses, `case … end`. */
export function readPrimary(reading: Reading): Operand {
  const { lexer } = reading;
  switch (lexer.kind) {
    case tokenKind.number:
      return readNumber(reading);
    case tokenKind.string:
      if (lexer.unclosed && !isCutString(reading)) return operandKind.none;
      reading.hardTokens++;
      reading.advance();
      return readPostfix(reading, operandKind.constant);
    case tokenKind.name:
      reading.advance();
      return readPath(reading);
    case tokenKind.variable:
      return readVariable(reading);
    case tokenKind.open:
      return readParenthesis(reading);
    case tokenKind.word:
      return readWord(reading);
    default:
      return lexer.code === 0x7b ? readBraces(reading) : operandKind.none;
  }
}

const cutStringLengthMax = 24;

/** A short word in an open quote at the end of an unquoted value: `'1' or '1'='1`. */
function isCutString({ lexer }: Reading): boolean {
  const text = lexer.text.slice(lexer.start, lexer.start + cutStringLengthMax + 1);
  return lexer.contextQuote === 0 && text.length <= cutStringLengthMax && !text.includes(" ");
}

function readNumber(reading: Reading): Operand {
  reading.hardTokens++;
  reading.advance();
  return readPostfix(reading, operandKind.constant);
}

/** `{d '2026-01-01'}`, and `{x 1}`, which MySQL reads as `1`. */
function readBraces(reading: Reading): Operand {
  reading.advance();
  if (!reading.takeKind(tokenKind.word)) return operandKind.none;
  const operand = reading.grammar.readExpression(reading);
  if (operand === operandKind.none || reading.lexer.code !== 0x7d) return operandKind.none;
  reading.advance();
  return readPostfix(reading, operand);
}

function readVariable(reading: Reading): Operand {
  const { lexer, evidence } = reading;
  const isServer = lexer.text.startsWith("@@", lexer.start);
  if (isServer && lexer.word !== "") {
    evidence.add("server-variable", lexer.start, lexer.end);
    reading.hardTokens++;
  } else reading.hardTokens++;
  reading.advance();
  // An assignment within an expression: `@x:=1`.
  if (reading.kind === tokenKind.postfix && lexer.text.startsWith(":=", lexer.start)) {
    reading.advance();
    return reading.grammar.readExpression(reading) === operandKind.none
      ? operandKind.none
      : operandKind.opaque;
  }
  return readPostfix(reading, operandKind.opaque);
}

/** Reads `(query)`, `(expression)` and `(a, b)`. */
function readParenthesis(reading: Reading): Operand {
  if (++reading.depth > depthMax) return operandKind.none;
  reading.advance();
  const inner = readParenthesized(reading);
  reading.depth--;
  if (inner === operandKind.none) return inner;
  // The surrounding statement may close what the value leaves open.
  if (!reading.isAtEnd && !reading.isClosedByContext && !reading.takeKind(tokenKind.close)) {
    return operandKind.none;
  }
  return readPostfix(reading, inner);
}

function readParenthesized(reading: Reading): Operand {
  if (reading.isWord("select") || reading.isWord("values") || reading.isWord("with")) {
    return readSubquery(reading);
  }
  let kind: Operand = reading.grammar.readExpression(reading);
  while (kind !== operandKind.none && reading.takeKind(tokenKind.comma)) {
    const next = reading.grammar.readExpression(reading);
    if (next === operandKind.none || kind === operandKind.constant) kind = next;
  }
  if (reading.isWord("union"))
    return reading.grammar.readQuery(reading) ? operandKind.opaque : operandKind.none;
  return kind;
}

function readWord(reading: Reading): Operand {
  const { lexer } = reading;
  const { word } = lexer;
  const isCall = lexer.isBeforeParenthesis();
  if (word === "case") return readCase(reading);
  if (word === "match") return readMatch(reading);
  if (word === "interval" && !isCall) return readInterval(reading);
  if (constantWords.has(word)) {
    reading.advance();
    if (word === "null") reading.hardTokens++;
    return operandKind.constant;
  }
  if (reservedWords.has(word) && !(isCall && wordsThatAreAlsoFunctions.has(word))) {
    return operandKind.none;
  }
  return isCall ? readPostfix(reading, readCall(reading)) : readNameOrArray(reading);
}

function readNameOrArray(reading: Reading): Operand {
  const { lexer, evidence } = reading;
  const next = lexer.text.charCodeAt(lexer.end);
  if (lexer.word === "array" && next === 0x5b) {
    reading.advance();
    return readPostfix(reading, operandKind.constant);
  }
  // A package of Oracle's: `utl_inaddr.get_host_address(…)`.
  if (next === 0x2e && dangerousPackages.has(lexer.word)) {
    evidence.add("dangerous-call", lexer.start, lexer.end);
  }
  if (sessionWords.has(lexer.word)) evidence.add("probing-call", lexer.start, lexer.end);
  reading.advance();
  return readPath(reading);
}

/** Reads `.b.c` and `.f(…)` behind a name. */
function readPath(reading: Reading): Operand {
  while (reading.kind === tokenKind.dot) {
    reading.advance();
    if (reading.kind === tokenKind.word && reading.lexer.isBeforeParenthesis()) {
      return readPostfix(reading, readCall(reading, { isMethod: true }));
    }
    if (reading.kind === tokenKind.arithmetic && reading.lexer.code === 0x2a) {
      reading.hardTokens++;
    } else if (reading.kind !== tokenKind.word && reading.kind !== tokenKind.name) {
      // `master..sysobjects` leaves the schema out.
      if (reading.kind !== tokenKind.dot) return operandKind.none;
      continue;
    }
    reading.advance();
  }
  return readPostfix(reading, operandKind.column);
}

/** Reads `::type`, `->'key'` and `[1]`, which do not end an operand. */
function readPostfix(reading: Reading, operand: Operand): Operand {
  let result = operand;
  while (result !== operandKind.none && isPostfix(reading)) {
    const { kind, lexer } = reading;
    const isCast = lexer.code === 0x3a;
    reading.advance();
    if (kind === tokenKind.name) continue;
    if (isCast) {
      if (!readTypeName(reading)) result = operandKind.none;
    } else {
      const key = readPrimary(reading);
      if (key !== operandKind.constant) result = key && operandKind.opaque;
    }
  }
  return result;
}

function isPostfix(reading: Reading): boolean {
  const { lexer, kind } = reading;
  if (kind === tokenKind.name) {
    return lexer.text.charCodeAt(lexer.start) === 0x5b && lexer.start === lexer.previousEnd;
  }
  return kind === tokenKind.postfix && !lexer.text.startsWith(":=", lexer.start);
}

function readTypeName(reading: Reading): boolean {
  if (!reading.takeKind(tokenKind.word)) return false;
  return reading.kind !== tokenKind.open || readParenthesis(reading) !== operandKind.none;
}

/** `match (a, b) against ('+x' in boolean mode)`, the parentheses of the columns left out or not. */
function readMatch(reading: Reading): Operand {
  reading.advance();
  if (readPrimary(reading) === operandKind.none) return operandKind.none;
  if (!reading.takeWord("against")) return operandKind.column;
  if (!reading.takeKind(tokenKind.open)) return operandKind.none;
  if (readPrimary(reading) === operandKind.none) return operandKind.none;
  while (reading.kind === tokenKind.word) reading.advance();
  reading.hardTokens++;
  reading.evidence.add("probing-call", reading.lexer.start, reading.lexer.end);
  return reading.takeKind(tokenKind.close) || reading.isAtEnd
    ? operandKind.opaque
    : operandKind.none;
}

function readInterval(reading: Reading): Operand {
  reading.advance();
  if (reading.grammar.readExpression(reading) === operandKind.none) return operandKind.none;
  if (reading.kind === tokenKind.word && !reservedWords.has(reading.word)) reading.advance();
  return operandKind.constant;
}

function readCase(reading: Reading): Operand {
  const { start } = reading.lexer;
  reading.advance();
  if (!reading.isWord("when") && reading.grammar.readExpression(reading) === operandKind.none) {
    return operandKind.none;
  }
  if (!reading.isWord("when")) return operandKind.none;
  while (reading.takeWord("when")) {
    const conditionStart = reading.lexer.start;
    const condition = reading.grammar.readExpression(reading);
    if (condition === operandKind.none || !reading.takeWord("then")) return operandKind.none;
    if (condition === operandKind.constantComparison) {
      reading.evidence.add("constant-condition", conditionStart, reading.lexer.previousEnd);
    }
    if (reading.grammar.readExpression(reading) === operandKind.none) return operandKind.none;
  }
  if (reading.takeWord("else") && reading.grammar.readExpression(reading) === operandKind.none) {
    return operandKind.none;
  }
  if (!reading.takeWord("end")) return operandKind.none;
  reading.hardTokens++;
  reading.evidence.add("case-expression", start, reading.lexer.previousEnd);
  return operandKind.opaque;
}
