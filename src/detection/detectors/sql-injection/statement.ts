import {
  readDelete,
  readInsert,
  readSchemaChange,
  readTruncate,
  readUpdate,
} from "./changing-statements.ts";
import { readExpression } from "./expression.ts";
import { operandKind } from "./operand.ts";
import { readList, readName, readQuery } from "./query.ts";
import type { Reading } from "./reading.ts";
import {
  isAtStatement,
  isContinuation,
  type StatementReader,
  type StatementStrength,
  skipStatement,
} from "./statement-reader.ts";
import { tokenKind } from "./token.ts";
import { dangerousProcedures } from "./words-table.ts";

const statementsMax = 64;

/** Reads statements, separated by semicolons or not, and records them; false when one is broken. */
export function readStatements(reading: Reading): boolean {
  for (let count = 0; count < statementsMax; count++) {
    while (reading.takeKind(tokenKind.semicolon));
    takeLabel(reading);
    if (reading.isAtEnd || reading.isClosedByContext) return true;
    if (!readStatement(reading)) return false;
    if (isAtStatement(reading)) continue;
    if (reading.kind === tokenKind.close) return true;
    if (reading.kind !== tokenKind.semicolon) return isContinuation(reading);
  }
  return true;
}

/** Takes `label:`, which `goto` needs. */
function takeLabel(reading: Reading): void {
  const { lexer } = reading;
  if (lexer.kind !== tokenKind.word || lexer.text.charCodeAt(lexer.end) !== 0x3a) return;
  reading.advance();
  reading.advance();
}

function readStatement(reading: Reading): boolean {
  const { start } = reading.lexer;
  if (reading.kind === tokenKind.open) return readParenthesizedQuery(reading);
  if (!isAtStatement(reading)) return readBareCall(reading);
  const reader = statementReaders[reading.word] ?? readUnknown;
  const read = reader(reading);
  const strength = read === "statement" && !isStatementEnd(reading) ? "none" : read;
  const { evidence, lexer } = reading;
  if (strength === "dangerous") evidence.add("dangerous-statement", start, lexer.previousEnd);
  if (strength === "changing") evidence.add("changing-statement", start, lexer.previousEnd);
  if (strength === "statement") evidence.add("stacked-statement", start, lexer.previousEnd);
  if (strength === "words") evidence.add("statement-of-names", start, lexer.previousEnd);
  return strength !== "none";
}

/** A statement that goes on with something its own grammar does not know was none. */
function isStatementEnd(reading: Reading): boolean {
  if (isContinuation(reading) || isAtStatement(reading) || reading.isClosedByContext) return true;
  return (
    reading.kind === tokenKind.semicolon ||
    reading.kind === tokenKind.close ||
    reading.isWord("else")
  );
}

/** `;sleep(5)`: no statement, but the shape in which probes are sent. */
function readBareCall(reading: Reading): boolean {
  const { lexer } = reading;
  const isPath = lexer.text.charCodeAt(lexer.end) === 0x2e;
  if (lexer.kind !== tokenKind.word || !(isPath || lexer.isBeforeParenthesis())) return false;
  const { total } = reading.evidence;
  return readExpression(reading) !== operandKind.none && reading.evidence.total >= total + 4;
}

/** `;(select …)` */
function readParenthesizedQuery(reading: Reading): boolean {
  const { selectItems } = reading;
  const { start } = reading.lexer;
  const isRead = readQuery(reading);
  if (reading.selectItems === selectItems) return false;
  reading.evidence.add("stacked-statement", start, reading.lexer.previousEnd);
  return isRead;
}

const readUnknown: StatementReader = (reading) => {
  reading.advance();
  return reading.isAtEnd || reading.kind === tokenKind.semicolon ? "words" : "none";
};

const readSelect: StatementReader = (reading) => {
  const hard = reading.hardTokens;
  const froms = reading.fromClauses;
  const isRead = readQuery(reading);
  const isHard = reading.hardTokens > hard;
  if (isHard && (isRead || reading.hardTokens - hard > 1)) return "statement";
  if (!isRead) return "none";
  return reading.fromClauses > froms ? "statement" : "words";
};

/** `exec xp_cmdshell 'dir'`, `exec('…')`, `execute immediate '…'`, `call f(…)`. */
const readExecute: StatementReader = (reading) => {
  reading.advance();
  const isImmediate = reading.takeWord("immediate");
  if (reading.kind === tokenKind.open || isImmediate) return readExecutedText(reading, isImmediate);
  if (reading.kind === tokenKind.variable) reading.advance();
  if (reading.kind === tokenKind.comparison) reading.advance();
  const isDangerous = isDangerousProcedure(reading);
  const isCall = reading.lexer.isBeforeParenthesis();
  if (isCall) return readExpression(reading) === operandKind.none ? "none" : "statement";
  if (!readProcedurePath(reading)) return "none";
  const hard = reading.hardTokens;
  if (isDangerous || reading.isAfterDangerousProcedure) {
    reading.isAfterDangerousProcedure = false;
    readArguments(reading);
    return "dangerous";
  }
  if (!readArguments(reading)) return "none";
  return reading.hardTokens > hard ? "statement" : "words";
};

function readExecutedText(reading: Reading, isImmediate: boolean): StatementStrength {
  const hard = reading.hardTokens;
  if (readExpression(reading) === operandKind.none) return "words";
  return isImmediate || reading.hardTokens > hard ? "dangerous" : "words";
}

function isDangerousProcedure(reading: Reading): boolean {
  return reading.kind === tokenKind.word && dangerousProcedures.has(reading.word);
}

/** Reads `master..xp_cmdshell`, and remembers when a part of it is dangerous. */
function readProcedurePath(reading: Reading): boolean {
  let isName = false;
  while (reading.kind === tokenKind.word || reading.kind === tokenKind.name) {
    isName = true;
    if (isDangerousProcedure(reading)) reading.isAfterDangerousProcedure = true;
    reading.advance();
    if (reading.kind !== tokenKind.dot) break;
    while (reading.kind === tokenKind.dot) reading.advance();
  }
  return isName;
}

/** Reads a procedure's arguments: literals, variables and assignments, separated by commas. */
function readArguments(reading: Reading): boolean {
  if (reading.isAtEnd || reading.kind === tokenKind.semicolon || isAtStatement(reading))
    return true;
  return readList(reading);
}

const readDeclare: StatementReader = (reading) => {
  reading.advance();
  if (reading.kind !== tokenKind.variable && reading.kind !== tokenKind.word) return "none";
  const isVariable = reading.kind === tokenKind.variable;
  reading.advance();
  if (!isVariable) return reading.kind === tokenKind.word ? skipDeclaration(reading) : "none";
  skipType(reading);
  while (reading.takeKind(tokenKind.comma)) {
    if (!reading.takeKind(tokenKind.variable)) return "none";
    skipType(reading);
  }
  return "dangerous";
};

function skipDeclaration(reading: Reading): StatementStrength {
  return skipStatement(reading) ? "statement" : "none";
}

/** Skips `varchar(8000) = 'x'` behind a declared variable. */
function skipType(reading: Reading): void {
  reading.takeWord("as");
  if (reading.kind === tokenKind.word && !isAtStatement(reading)) {
    readExpression(reading);
  }
  if (reading.kind === tokenKind.comparison) {
    reading.advance();
    readExpression(reading);
  }
}

const readSet: StatementReader = (reading) => {
  reading.advance();
  reading.takeWord("global");
  reading.takeWord("session");
  const isVariable = reading.kind === tokenKind.variable;
  const hard = reading.hardTokens;
  if (!isVariable && reading.kind !== tokenKind.word) return "none";
  reading.advance();
  if (reading.kind !== tokenKind.comparison && reading.kind !== tokenKind.postfix) {
    return isContinuation(reading) ? "words" : "none";
  }
  reading.advance();
  if (!readList(reading)) return "none";
  return isVariable || reading.hardTokens > hard ? "statement" : "words";
};

const readWaitfor: StatementReader = (reading) => {
  reading.advance();
  if (!reading.takeWord("delay") && !reading.takeWord("time")) return "none";
  if (reading.kind === tokenKind.string || reading.kind === tokenKind.variable) reading.advance();
  return "dangerous";
};

/** `if condition statement else statement`, and MySQL's `if(condition, a, b)` as a statement. */
const readIf: StatementReader = (reading) => {
  const isCall = reading.lexer.isBeforeParenthesis();
  if (!isCall) reading.advance();
  if (readExpression(reading) === operandKind.none) return "none";
  reading.takeWord("then");
  if (!isAtStatement(reading)) return isCall && isContinuation(reading) ? "statement" : "none";
  return readBranches(reading) ? "statement" : "none";
};

function readBranches(reading: Reading): boolean {
  if (!readStatement(reading)) return true;
  while (reading.takeKind(tokenKind.semicolon));
  return !reading.takeWord("else") || readStatement(reading);
}

/** `begin … end`, with or without `try` and `catch`. */
const readBegin: StatementReader = (reading) => {
  reading.advance();
  if (!reading.takeWord("try")) reading.takeWord("catch");
  if (!reading.takeWord("transaction")) reading.takeWord("tran");
  if (!isAtStatement(reading)) {
    if (readExpression(reading) === operandKind.none) return "none";
    return reading.kind === tokenKind.semicolon ? "statement" : "none";
  }
  return "words";
};

/** Statements that harm by themselves, whatever follows. */
const readShutdown: StatementReader = (reading) => {
  reading.advance();
  if (reading.isAtEnd || reading.kind === tokenKind.semicolon) return "dangerous";
  return reading.takeWord("with") && reading.takeWord("nowait") ? "dangerous" : "none";
};

const readGrant: StatementReader = (reading) => {
  reading.advance();
  let isTo = false;
  while (reading.kind === tokenKind.word || reading.kind === tokenKind.comma) {
    if (reading.word === "to" || reading.word === "from") isTo = true;
    reading.advance();
  }
  const isOver = reading.isAtEnd || reading.kind === tokenKind.semicolon;
  return isTo && isOver ? "statement" : "none";
};

const readExplained: StatementReader = (reading) => {
  reading.advance();
  if (isAtStatement(reading)) return "words";
  if (!readName(reading)) return "none";
  return reading.kind === tokenKind.semicolon || reading.lexer.kind === tokenKind.truncation
    ? "statement"
    : "words";
};

/** `use master`; Perl and PHP say `use strict;` too. */
const readUse: StatementReader = (reading) => {
  reading.advance();
  return readName(reading) ? "words" : "none";
};

const bulkWords: ReadonlySet<string> = new Set(["from", "to", "program", "infile", "disk"]);

/** `copy t from program '…'`, `load data infile '…'`, `backup database x to disk='…'`. */
const readBulk: StatementReader = (reading) => {
  let isBulk = false;
  while (!reading.isAtEnd && reading.kind !== tokenKind.semicolon && !reading.lexer.unclosed) {
    const isPlace = reading.kind === tokenKind.word && bulkWords.has(reading.word);
    reading.advance();
    if (isPlace && reading.kind === tokenKind.comparison) reading.advance();
    if (isPlace && reading.kind === tokenKind.string) isBulk = true;
  }
  return isBulk ? "dangerous" : "none";
};

const readCallStatement: StatementReader = (reading) => {
  const isCall = readExecute(reading);
  return isCall === "words" ? "none" : isCall;
};

const readDo: StatementReader = (reading) => {
  reading.advance();
  const hard = reading.hardTokens;
  if (readExpression(reading) === operandKind.none) return "none";
  return reading.hardTokens > hard ? "statement" : "words";
};

/** `goto label select … label: …` */
const readGoto: StatementReader = (reading) => {
  reading.advance();
  if (!readName(reading)) return "none";
  return isAtStatement(reading) ? "statement" : "words";
};

const statementReaders: Readonly<Record<string, StatementReader>> = Object.assign(
  Object.create(null),
  {
    select: readSelect,
    with: readSelect,
    values: readSelect,
    insert: readInsert,
    replace: readInsert,
    merge: readInsert,
    update: readUpdate,
    delete: readDelete,
    drop: readSchemaChange,
    create: readSchemaChange,
    alter: readSchemaChange,
    truncate: readTruncate,
    exec: readExecute,
    execute: readExecute,
    call: readCallStatement,
    declare: readDeclare,
    set: readSet,
    waitfor: readWaitfor,
    if: readIf,
    while: readIf,
    begin: readBegin,
    shutdown: readShutdown,
    grant: readGrant,
    revoke: readGrant,
    use: readUse,
    describe: readExplained,
    desc: readExplained,
    explain: readExplained,
    copy: readBulk,
    load: readBulk,
    backup: readBulk,
    do: readDo,
    print: readDo,
    iif: readDo,
    kill: readDo,
    goto: readGoto,
    vacuum: readExplained,
    handler: readExplained,
    attach: readSchemaChange,
  } satisfies Record<string, StatementReader>,
);
