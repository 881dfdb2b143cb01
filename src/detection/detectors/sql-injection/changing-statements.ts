import { readExpression } from "./expression.ts";
import { operandKind } from "./operand.ts";
import { readAlias, readClauses, readList, readName, readQuery } from "./query.ts";
import type { Reading } from "./reading.ts";
import { isContinuation, type StatementReader, skipStatement } from "./statement-reader.ts";
import { tokenKind } from "./token.ts";
import { schemaAdjectives, schemaObjects } from "./words-table.ts";

/** Reads `drop table t`, `create user u …`, `alter table t …`. */
export const readSchemaChange: StatementReader = (reading) => {
  reading.advance();
  while (reading.kind === tokenKind.word && schemaAdjectives.has(reading.word)) reading.advance();
  if (reading.kind !== tokenKind.word || !schemaObjects.has(reading.word)) return "none";
  reading.advance();
  if (reading.takeWord("if")) {
    reading.takeWord("not");
    if (!reading.takeWord("exists")) return "none";
  }
  if (!readName(reading)) return "none";
  const isNamed =
    reading.isAtEnd || reading.kind === tokenKind.semicolon || reading.kind === tokenKind.open;
  return skipStatement(reading) || isNamed ? "changing" : "words";
};

/** Reads `truncate table t`. */
export const readTruncate: StatementReader = (reading) => {
  reading.advance();
  const isTable = reading.takeWord("table");
  if (!readName(reading)) return "none";
  return isTable && isContinuation(reading) ? "changing" : "words";
};

/** Reads `insert into t (a) values (1)`, and `replace`, which reads alike. */
export const readInsert: StatementReader = (reading) => {
  reading.advance();
  reading.takeWord("ignore");
  if (!readInsertTarget(reading)) return "none";
  if (reading.kind === tokenKind.open && readExpression(reading) === operandKind.none) {
    return "none";
  }
  if (reading.takeWord("default")) return reading.takeWord("values") ? "statement" : "none";
  if (reading.takeWord("values") || reading.takeWord("value")) {
    return readList(reading) ? "changing" : "statement";
  }
  if (!reading.isWord("select") && reading.kind !== tokenKind.open) return "words";
  return readQuery(reading) ? "changing" : "statement";
};

function readInsertTarget(reading: Reading): boolean {
  const isInto = reading.takeWord("into");
  // Behind `into` even a reserved word is meant as a name: `insert into table (…) values`.
  if (!(isInto && reading.takeKind(tokenKind.word)) && !readName(reading)) return false;
  while (reading.takeKind(tokenKind.dot)) readName(reading);
  return isInto || reading.kind === tokenKind.open || reading.isWord("values");
}

/** Reads `update t set a = 1`. */
export const readUpdate: StatementReader = (reading) => {
  reading.advance();
  if (!readName(reading) || !readAlias(reading)) return "none";
  if (!reading.takeWord("set")) return "none";
  if (!readList(reading) || !readClauses(reading)) return "statement";
  return "changing";
};

/** Reads `delete from t`. */
export const readDelete: StatementReader = (reading) => {
  reading.advance();
  if (!reading.takeWord("from") || !readName(reading)) return "none";
  const hard = reading.hardTokens;
  if (!readClauses(reading)) return "words";
  if (!isContinuation(reading) && reading.kind !== tokenKind.semicolon) return "words";
  return reading.hardTokens > hard || reading.lexer.kind !== tokenKind.end
    ? "changing"
    : "statement";
};
