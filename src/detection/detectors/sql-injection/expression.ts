import { type Operand, operandKind } from "./operand.ts";
import { readPrimary } from "./primary.ts";
import { depthMax, type Reading } from "./reading.ts";
import { tokenKind } from "./token.ts";

const logicalWords: ReadonlySet<string> = new Set(["and", "or", "xor"]);
const arithmeticWords: ReadonlySet<string> = new Set(["div", "mod", "collate", "rem"]);
const comparisonWords: ReadonlySet<string> = new Set([
  "like",
  "ilike",
  "rlike",
  "regexp",
  "glob",
  "match",
  "similar",
  "sounds",
  "is",
  "in",
  "between",
  "not",
  "isnull",
  "notnull",
  "contains",
  "overlaps",
]);

/** Reads a condition or any other expression: comparisons joined by `and`, `or`, `xor`, `&&`, `||`. */
export function readExpression(reading: Reading): Operand {
  if (++reading.depth > depthMax) return operandKind.none;
  const start = reading.lexer.start;
  const first = readComparison(reading);
  const joined = first === operandKind.none ? first : readLogicalRest(reading, first, start);
  reading.depth--;
  return joined;
}

/** Reads what follows a first operand as long as logical operators join it. */
export function readLogicalRest(reading: Reading, first: Operand, start: number): Operand {
  let left = first;
  let leftEnd = reading.lexer.previousEnd;
  while (isLogical(reading)) {
    const operatorStart = reading.lexer.start;
    const isBars = reading.kind === tokenKind.logical && reading.lexer.code === 0x7c;
    reading.advance();
    const rightStart = reading.lexer.start;
    const right = readComparison(reading);
    if (right === operandKind.none) return right;

    noteCondition(reading, right, isBars, operatorStart, rightStart);
    noteConstantLeft(reading, { kind: left, start, end: leftEnd }, right, isBars, rightStart);
    left = operandKind.condition;
    leftEnd = reading.lexer.previousEnd;
  }
  return left;
}

interface Left {
  readonly kind: Operand;
  readonly start: number;
  readonly end: number;
}

/** Records what a constant in front of `and` or `or` says about what follows it. */
function noteConstantLeft(
  { evidence, lexer }: Reading,
  left: Left,
  right: Operand,
  isConcatenation: boolean,
  rightStart: number,
): void {
  const { start } = left;
  const end = lexer.previousEnd;
  // `1 + 2 = 3 or so`: an equation, and a word behind it.
  if (left.kind === operandKind.constantComparison && right !== operandKind.column)
    evidence.add("constant-condition", start, end);
  if (left.kind !== operandKind.constant || isConcatenation) return;
  // Filters that people write do not begin with a bare constant: `1 or name like 'a%'`.
  if (right === operandKind.comparison) evidence.add("constant-and-condition", start, end);
  if (right !== operandKind.constant || left.end - start !== end - rightStart) return;
  if (lexer.text.startsWith(lexer.text.slice(start, Math.min(left.end, start + 64)), rightStart)) {
    evidence.add("repeated-literal", start, end);
  }
}

/** Records what an operand of `and` or `or` says about the whole condition. */
function noteCondition(
  reading: Reading,
  operand: Operand,
  isConcatenation: boolean,
  operatorStart: number,
  operandStart: number,
): void {
  const { evidence, lexer } = reading;
  const end = lexer.previousEnd;
  if (operand === operandKind.constantComparison || operand === operandKind.sameColumn) {
    evidence.add("constant-condition", operatorStart, end);
  } else if (operand === operandKind.constant && !isConcatenation) {
    evidence.add("literal-condition", operatorStart, end);
    const isWord = (lexer.text.charCodeAt(operandStart) | 0x20) >= 0x61;
    // Hardly anybody means `or true`, which no honest list of numbers has either.
    if (isWord) evidence.add("literal-condition", operatorStart, end);
  } else if (operand === operandKind.comparison) {
    evidence.add("column-condition", operatorStart, end);
  }
}

function isLogical(reading: Reading): boolean {
  if (reading.kind === tokenKind.logical) return true;
  return reading.kind === tokenKind.word && logicalWords.has(reading.word);
}

/** Reads one comparison or a plain operand. */
export function readComparison(reading: Reading): Operand {
  while (reading.isWord("not") || isBang(reading)) reading.advance();
  const start = reading.lexer.start;
  const left = readSum(reading);
  if (left === operandKind.none) return left;
  return readComparisonRest(reading, left, start);
}

/** Reads `= operand`, `like operand`, `in (…)`, `is null` … behind an operand, if there. */
export function readComparisonRest(reading: Reading, first: Operand, start: number): Operand {
  let left = first;
  let leftEnd = reading.lexer.previousEnd;
  for (;;) {
    const isSymbol = isComparison(reading);
    if (!isSymbol && !(reading.kind === tokenKind.word && comparisonWords.has(reading.word))) {
      return left;
    }
    const rightStart = { at: 0 };
    const right = isSymbol
      ? readCompared(reading, rightStart)
      : readWordComparison(reading, rightStart);
    if (right === operandKind.none) return right;
    const { text, previousEnd } = reading.lexer;
    const isSame =
      rightStart.at > 0 && text.slice(start, leftEnd) === text.slice(rightStart.at, previousEnd);
    left = isAnyPattern(text, rightStart.at, previousEnd)
      ? operandKind.sameColumn
      : comparisonOf(left, right, isSame);
    leftEnd = previousEnd;
  }
}

/** Behind an operand `?` asks PostgreSQL whether a key exists. */
function isComparison({ kind, lexer }: Reading): boolean {
  return kind === tokenKind.comparison || (kind === tokenKind.variable && lexer.code === 0x3f);
}

function readCompared(reading: Reading, rightStart: { at: number }): Operand {
  reading.advance();
  if (reading.isWord("all") || reading.isWord("any") || reading.isWord("some")) reading.advance();
  rightStart.at = reading.lexer.start;
  return readSum(reading);
}

/** `'%'` matches whatever the column holds. */
function isAnyPattern(text: string, start: number, end: number): boolean {
  return start > 0 && /^'%+'?$/.test(text.slice(start, Math.min(end, start + 8)));
}

function comparisonOf(left: Operand, right: Operand, isSame: boolean): Operand {
  const isLeftConstant = left === operandKind.constant || left === operandKind.constantComparison;
  if (isLeftConstant && right === operandKind.constant) return operandKind.constantComparison;
  if (isSame && left === operandKind.column) return operandKind.sameColumn;
  return operandKind.comparison;
}

function readWordComparison(reading: Reading, rightStart: { at: number }): Operand {
  reading.takeWord("not");
  const { word } = reading;
  reading.advance();
  if (word === "like" || word === "ilike") rightStart.at = reading.lexer.start;
  switch (word) {
    case "is":
      return readIs(reading);
    case "isnull":
    case "notnull":
      return operandKind.constant;
    case "in":
      return readInList(reading);
    case "between": {
      const low = readSum(reading);
      if (low === operandKind.none || !reading.takeWord("and")) return operandKind.none;
      return readSum(reading);
    }
    default:
      return readPattern(reading, word);
  }
}

function readIs(reading: Reading): Operand {
  reading.takeWord("not");
  if (reading.takeWord("distinct") && !reading.takeWord("from")) return operandKind.none;
  return readSum(reading);
}

function readInList(reading: Reading): Operand {
  if (reading.kind !== tokenKind.open) return operandKind.none;
  return readPrimary(reading);
}

function readPattern(reading: Reading, word: string): Operand {
  if (word === "similar" && !reading.takeWord("to")) return operandKind.none;
  if (word === "sounds" && !reading.takeWord("like")) return operandKind.none;
  if (word === "not") return operandKind.none;
  const pattern = readSum(reading);
  if (pattern !== operandKind.none && reading.takeWord("escape")) return readSum(reading);
  return pattern;
}

/** Reads operands joined by arithmetic. */
export function readSum(reading: Reading): Operand {
  const { start } = reading.lexer;
  let left = readUnary(reading);
  while (left !== operandKind.none && isArithmetic(reading)) {
    reading.advance();
    const right = readUnary(reading);
    if (right === operandKind.none) return right;
    left = arithmeticOf(reading, left, right, start);
  }
  return left;
}

/** Reckoning with the outcome of a comparison, `(1=2)*3`, is only done to ask a question. */
function arithmeticOf(reading: Reading, left: Operand, right: Operand, start: number): Operand {
  if (left === operandKind.constantComparison || right === operandKind.constantComparison) {
    reading.evidence.add("constant-condition", start, reading.lexer.previousEnd);
    return operandKind.opaque;
  }
  return left === operandKind.constant ? right : left;
}

function isArithmetic(reading: Reading): boolean {
  if (reading.kind === tokenKind.arithmetic) return reading.lexer.code !== 0x21;
  return reading.kind === tokenKind.word && arithmeticWords.has(reading.word);
}

function isBang(reading: Reading): boolean {
  return reading.kind === tokenKind.arithmetic && reading.lexer.code === 0x21;
}

function readUnary(reading: Reading): Operand {
  while (isSign(reading)) reading.advance();
  return readPrimary(reading);
}

/** `-`, `+`, `~`, `!`, and the words MySQL and Oracle put before an operand. */
function isSign(reading: Reading): boolean {
  const { kind, lexer, word } = reading;
  if (kind === tokenKind.word) {
    return (
      (word === "binary" || word === "prior" || word === "not") && !lexer.isBeforeParenthesis()
    );
  }
  if (kind !== tokenKind.arithmetic) return false;
  const { code } = lexer;
  return code === 0x2d || code === 0x2b || code === 0x7e || code === 0x21 || code === 0x40;
}
