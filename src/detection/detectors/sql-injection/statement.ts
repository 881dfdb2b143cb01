import { readExpression } from "./expression.ts";
import { operandKind } from "./operand.ts";
import { readAlias, readClauses, readList, readName, readQuery } from "./query.ts";
import type { Reading } from "./reading.ts";
import { tokenKind } from "./token.ts";
import { dangerousProcedures, schemaObjects, statementWords } from "./words-table.ts";

/** What a statement says: broken, only words that could be prose, surely SQL, or surely harm. */
export type StatementStrength = "none" | "words" | "statement" | "changing" | "dangerous";

type StatementReader = (reading: Reading) => StatementStrength;

const statementsMax = 64;

/** Whether the reader is at a word that begins a statement. */
export function isAtStatement(reading: Reading): boolean {
  return reading.kind === tokenKind.word && statementWords.has(reading.word);
}

/** Reads statements, separated by semicolons or not, and records them; false when one is broken. */
export function readStatements(reading: Reading): boolean {
  for (let count = 0; count < statementsMax; count++) {
    while (reading.takeKind(tokenKind.semicolon));
    if (reading.isAtEnd || reading.isClosedByContext) return true;
    if (!readStatement(reading)) return false;
    if (isAtStatement(reading)) continue;
    if (reading.kind === tokenKind.close) return true;
    if (reading.kind !== tokenKind.semicolon) return isContinuation(reading);
  }
  return true;
}

/** What may follow a statement that the value leaves to the surrounding one: `and (1=1`. */
function isContinuation(reading: Reading): boolean {
  return reading.isAtEnd || reading.isWord("and") || reading.isWord("or") || reading.isWord("end");
}

function readStatement(reading: Reading): boolean {
  const { start } = reading.lexer;
  if (reading.kind === tokenKind.open) return readParenthesizedQuery(reading);
  if (!isAtStatement(reading)) return false;
  const reader = statementReaders[reading.word] ?? readUnknown;
  const strength = reader(reading);
  const { evidence, lexer } = reading;
  if (strength === "dangerous") evidence.add("dangerous-statement", start, lexer.previousEnd);
  if (strength === "changing") evidence.add("changing-statement", start, lexer.previousEnd);
  if (strength === "statement") evidence.add("stacked-statement", start, lexer.previousEnd);
  if (strength === "words") evidence.add("statement-of-names", start, lexer.previousEnd);
  return strength !== "none";
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

const readSchemaChange: StatementReader = (reading) => {
  reading.advance();
  let isObject = false;
  while (reading.kind === tokenKind.word && schemaObjects.has(reading.word)) {
    isObject = true;
    reading.advance();
  }
  if (!isObject) return "none";
  if (reading.takeWord("if")) {
    reading.takeWord("not");
    if (!reading.takeWord("exists")) return "none";
  }
  if (!readName(reading)) return "none";
  const isNamed =
    reading.isAtEnd || reading.kind === tokenKind.semicolon || reading.kind === tokenKind.open;
  return skipStatement(reading) || isNamed ? "changing" : "words";
};

/** Skips to the end of a statement whose rest does not matter; true when it held more than words. */
function skipStatement(reading: Reading): boolean {
  let isHard = false;
  while (!reading.isAtEnd && reading.kind !== tokenKind.semicolon) {
    if (reading.kind !== tokenKind.word) isHard = true;
    if (reading.lexer.unclosed) break;
    reading.advance();
  }
  return isHard;
}

const readTruncate: StatementReader = (reading) => {
  reading.advance();
  const isTable = reading.takeWord("table");
  if (!readName(reading)) return "none";
  return isTable && isContinuation(reading) ? "changing" : "words";
};

const readInsert: StatementReader = (reading) => {
  reading.advance();
  reading.takeWord("ignore");
  if (!reading.takeWord("into")) return "none";
  if (!readName(reading)) return "none";
  if (reading.kind === tokenKind.open && readExpression(reading) === operandKind.none) {
    return "none";
  }
  if (reading.takeWord("default")) return reading.takeWord("values") ? "statement" : "none";
  if (reading.takeWord("values") || reading.takeWord("value")) {
    return readList(reading) ? "changing" : "statement";
  }
  if (reading.isWord("select") || reading.kind === tokenKind.open) {
    return readQuery(reading) ? "changing" : "statement";
  }
  return "words";
};

const readUpdate: StatementReader = (reading) => {
  reading.advance();
  if (!readName(reading) || !readAlias(reading)) return "none";
  if (!reading.takeWord("set")) return "none";
  if (!readList(reading) || !readClauses(reading)) return "statement";
  return "changing";
};

const readDelete: StatementReader = (reading) => {
  reading.advance();
  if (!reading.takeWord("from") || !readName(reading)) return "none";
  const hard = reading.hardTokens;
  if (!readClauses(reading)) return "words";
  if (!isContinuation(reading) && reading.kind !== tokenKind.semicolon) return "words";
  return reading.hardTokens > hard || reading.lexer.kind !== tokenKind.end
    ? "changing"
    : "statement";
};

/** `exec xp_cmdshell 'dir'`, `exec('…')`, `execute immediate '…'`, `call f(…)`. */
const readExecute: StatementReader = (reading) => {
  reading.advance();
  reading.takeWord("immediate");
  if (reading.kind === tokenKind.open || reading.kind === tokenKind.string) {
    return readExpression(reading) === operandKind.none ? "statement" : "dangerous";
  }
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
    use: readExplained,
    describe: readExplained,
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
