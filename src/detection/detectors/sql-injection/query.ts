import { readExpression } from "./expression.ts";
import { operandKind } from "./operand.ts";
import { depthMax, type Reading } from "./reading.ts";
import { noteSystemTable } from "./system-table.ts";
import { tokenKind } from "./token.ts";
import { reservedWords } from "./words-table.ts";

const selectModifiers: ReadonlySet<string> = new Set([
  "all",
  "distinct",
  "distinctrow",
  "sql_no_cache",
  "sql_cache",
  "sql_calc_found_rows",
  "high_priority",
  "straight_join",
  "unique",
]);
const joinWords: ReadonlySet<string> = new Set([
  "join",
  "inner",
  "left",
  "right",
  "full",
  "outer",
  "cross",
  "natural",
  "lateral",
  "straight_join",
]);

/** Reads `select … from … where …` with or without parentheses, `values (…)` and `with … select`. */
export function readQuery(reading: Reading): boolean {
  if (++reading.depth > depthMax) return false;
  const isRead = readQueryBody(reading);
  reading.depth--;
  return isRead;
}

function readQueryBody(reading: Reading): boolean {
  if (reading.kind === tokenKind.open) {
    reading.advance();
    if (!readQuery(reading)) return false;
    return reading.isAtEnd || reading.isClosedByContext || reading.takeKind(tokenKind.close);
  }
  if (reading.isWord("with") && !readCommonTable(reading)) return false;
  if (reading.takeWord("values") || reading.takeWord("table")) {
    return readList(reading);
  }
  if (!reading.takeWord("select")) return false;
  readModifiers(reading);
  return readSelectList(reading) && readClauses(reading);
}

/** Reads `with a as (select …)`. */
function readCommonTable(reading: Reading): boolean {
  reading.advance();
  reading.takeWord("recursive");
  do {
    if (!readName(reading)) return false;
    if (reading.kind === tokenKind.open && !readParenthesizedList(reading)) return false;
    if (!reading.takeWord("as") || !readQuery(reading)) return false;
  } while (reading.takeKind(tokenKind.comma));
  return true;
}

function readModifiers(reading: Reading): void {
  while (reading.kind === tokenKind.word && selectModifiers.has(reading.word)) reading.advance();
  if (!reading.takeWord("top")) return;
  if (reading.kind === tokenKind.number) reading.hardTokens++;
  if (reading.kind === tokenKind.open) readParenthesizedList(reading);
  else if (reading.kind === tokenKind.number) reading.advance();
  reading.takeWord("percent");
}

function readSelectList(reading: Reading): boolean {
  do {
    if (!readSelectItem(reading)) return false;
    reading.selectItems++;
  } while (takeCommas(reading));
  return true;
}

/** Takes a comma, and further ones that a careless hand left behind it. */
function takeCommas(reading: Reading): boolean {
  if (!reading.takeKind(tokenKind.comma)) return false;
  while (reading.takeKind(tokenKind.comma));
  return true;
}

function readSelectItem(reading: Reading): boolean {
  if (reading.kind === tokenKind.arithmetic && reading.lexer.code === 0x2a) {
    reading.hardTokens++;
    reading.advance();
    return true;
  }
  // What was cut off by the end of the value can still be read up to there.
  if (reading.isAtEnd) return false;
  const operand = readExpression(reading);
  if (operand === operandKind.none) return false;
  return readAlias(reading);
}

/** Reads `as name`, `name` or `'name'` behind an item or a table, if there. */
export function readAlias(reading: Reading): boolean {
  if (reading.takeWord("as")) {
    // Behind `as` even a reserved word is a name to Oracle.
    const isName = reading.kind === tokenKind.word || reading.kind === tokenKind.name;
    if (isName || (reading.kind === tokenKind.string && !reading.lexer.unclosed)) {
      reading.advance();
      return true;
    }
    return false;
  }
  if (reading.kind === tokenKind.string && !reading.lexer.unclosed) reading.advance();
  else if (reading.kind === tokenKind.name) reading.advance();
  else if (reading.kind === tokenKind.word && !isClauseWord(reading.word)) reading.advance();
  return true;
}

function isClauseWord(word: string): boolean {
  return reservedWords.has(word) || joinWords.has(word) || word === "into" || word === "if";
}

/** Reads `a`, `a.b.c`, `a..c`, with a link or partition behind it. */
export function readName(reading: Reading): boolean {
  for (;;) {
    if (reading.kind === tokenKind.word) {
      if (reservedWords.has(reading.word)) return false;
      noteSystemTable(reading);
      reading.advance();
    } else if (reading.kind === tokenKind.name || reading.kind === tokenKind.variable) {
      reading.advance();
    } else if (reading.kind === tokenKind.string && !reading.lexer.unclosed) {
      reading.advance();
    } else {
      return false;
    }
    if (reading.kind !== tokenKind.dot) return true;
    while (reading.kind === tokenKind.dot) reading.advance();
  }
}

function readTables(reading: Reading): boolean {
  if (!readTable(reading)) return false;
  for (;;) {
    if (reading.takeKind(tokenKind.comma)) {
      if (!readTable(reading)) return false;
    } else if (reading.kind === tokenKind.word && joinWords.has(reading.word)) {
      if (!readJoin(reading)) return false;
    } else {
      return true;
    }
  }
}

function readTable(reading: Reading): boolean {
  if (!readTableSource(reading)) return false;
  return readAlias(reading);
}

function readTableSource(reading: Reading): boolean {
  if (reading.kind === tokenKind.open) return readParenthesizedTable(reading);
  const isFunction = reading.kind === tokenKind.word && reading.lexer.isBeforeParenthesis();
  if (isFunction) return readExpression(reading) !== operandKind.none;
  if (!readName(reading)) return false;
  // `a.f(1)` and table hints: `a (nolock)`.
  if (reading.kind !== tokenKind.open) return true;
  return readExpression(reading) !== operandKind.none;
}

function readParenthesizedTable(reading: Reading): boolean {
  if (++reading.depth > depthMax) return false;
  reading.advance();
  const isQuery =
    reading.isWord("select") || reading.isWord("values") || reading.kind === tokenKind.open;
  const isRead = isQuery ? readNestedQuery(reading) : readTables(reading);
  reading.depth--;
  if (!isRead) return false;
  return reading.isAtEnd || reading.isClosedByContext || reading.takeKind(tokenKind.close);
}

function readNestedQuery(reading: Reading): boolean {
  const { start } = reading.lexer;
  const before = reading.hardTokens;
  const isRead = readQuery(reading) && readClauses(reading);
  if (reading.hardTokens > before) {
    reading.evidence.add("subquery", start, reading.lexer.previousEnd);
  }
  return isRead;
}

function readJoin(reading: Reading): boolean {
  while (reading.kind === tokenKind.word && joinWords.has(reading.word)) reading.advance();
  if (!readTable(reading)) return false;
  if (reading.takeWord("on")) return readExpression(reading) !== operandKind.none;
  if (reading.takeWord("using")) return readParenthesizedList(reading);
  return true;
}

/** Reads expressions separated by commas. */
export function readList(reading: Reading): boolean {
  do {
    if (readExpression(reading) === operandKind.none) return false;
    readDirection(reading);
  } while (reading.takeKind(tokenKind.comma));
  return true;
}

/** Reads `asc`, `desc` and `nulls first` behind an expression, if there. */
export function readDirection(reading: Reading): void {
  if (!reading.takeWord("asc")) reading.takeWord("desc");
  if (reading.takeWord("nulls") && !reading.takeWord("first")) reading.takeWord("last");
}

function readParenthesizedList(reading: Reading): boolean {
  return reading.kind === tokenKind.open && readExpression(reading) !== operandKind.none;
}

/** Reads the clauses behind a select list, or behind a condition, as long as there are any. */
export function readClauses(reading: Reading): boolean {
  while (reading.kind === tokenKind.word) {
    const { word } = reading;
    const clause = clauses[word];
    if (clause === undefined) return true;
    const { start } = reading.lexer;
    reading.advance();
    if (!clause(reading, start)) return false;
  }
  return true;
}

type ClauseReader = (reading: Reading, start: number) => boolean;

const readSetOperation: ClauseReader = (reading, start) => {
  const { evidence, lexer } = reading;
  if (!reading.takeWord("all")) reading.takeWord("distinct");
  const before = reading.hardTokens;
  const items = reading.selectItems;
  const froms = reading.fromClauses;
  const isSelect = reading.isWord("select") || reading.isWord("values");
  if (!isSelect && reading.kind !== tokenKind.open) return false;

  const isRead = readQuery(reading);
  const hard = reading.hardTokens - before;
  const isList = reading.selectItems - items > 1;
  const isCut = reading.selectItems === items && reading.lexer.kind === tokenKind.end;
  if (hard > 0 && (isRead || isList || hard > 1)) {
    evidence.add("union-query", start, lexer.previousEnd);
  } else if (isRead && reading.fromClauses > froms) {
    evidence.add("union-of-names", start, lexer.previousEnd);
  } else if (isSelect && isCut) {
    evidence.add("union-start", start, lexer.previousEnd);
  }
  return isRead;
};

const readCondition: ClauseReader = (reading, start) => {
  const condition = readExpression(reading);
  if (condition === operandKind.none) return false;
  const kind = condition === operandKind.constantComparison ? "constant-condition" : "where-clause";
  reading.evidence.add(kind, start, reading.lexer.previousEnd);
  return true;
};

const readFrom: ClauseReader = (reading) => {
  if (!readTables(reading)) return false;
  reading.fromClauses++;
  return true;
};

const readBy: ClauseReader = (reading, start) => {
  reading.takeWord("siblings");
  if (!reading.takeWord("by")) return false;
  const isPosition = reading.kind === tokenKind.number;
  if (!readList(reading)) return false;
  reading.evidence.add(
    isPosition ? "order-by-position" : "clause",
    start,
    reading.lexer.previousEnd,
  );
  return true;
};

const readLimit: ClauseReader = (reading, start) => {
  if (reading.takeWord("all")) return true;
  if (!readList(reading)) return false;
  if (reading.takeWord("rows") || reading.takeWord("row")) reading.takeWord("only");
  reading.evidence.add("clause", start, reading.lexer.previousEnd);
  return true;
};

const readFetch: ClauseReader = (reading) => {
  if (!reading.takeWord("first") && !reading.takeWord("next")) return false;
  if (reading.kind === tokenKind.number) reading.advance();
  if (!reading.takeWord("rows") && !reading.takeWord("row")) return false;
  return reading.takeWord("only");
};

/** `procedure analyse(…)`, which MySQL allows behind `limit`. */
const readProcedure: ClauseReader = (reading, start) => {
  if (!reading.isWord("analyse")) return false;
  const isRead = readExpression(reading) !== operandKind.none;
  reading.evidence.add("dangerous-statement", start, reading.lexer.previousEnd);
  return isRead;
};

const readInto: ClauseReader = (reading, start) => {
  if (reading.takeWord("outfile") || reading.takeWord("dumpfile")) {
    reading.evidence.add("dangerous-statement", start, reading.lexer.end);
    return readExpression(reading) !== operandKind.none;
  }
  return readName(reading);
};

const readFor: ClauseReader = (reading) => {
  if (reading.takeWord("update") || reading.takeWord("share")) return true;
  if (!reading.takeWord("xml") && !reading.takeWord("json")) return false;
  if (reading.kind !== tokenKind.word) return false;
  return readList(reading);
};

const readLock: ClauseReader = (reading) =>
  reading.takeWord("in") && reading.takeWord("share") && reading.takeWord("mode");

const clauses: Readonly<Record<string, ClauseReader>> = Object.assign(Object.create(null), {
  union: readSetOperation,
  intersect: readSetOperation,
  except: readSetOperation,
  minus: readSetOperation,
  from: readFrom,
  where: readCondition,
  having: readCondition,
  order: readBy,
  group: readBy,
  limit: readLimit,
  offset: readLimit,
  fetch: readFetch,
  procedure: readProcedure,
  into: readInto,
  for: readFor,
  lock: readLock,
} satisfies Record<string, ClauseReader>);
