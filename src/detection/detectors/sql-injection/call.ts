import { type Operand, operandKind } from "./operand.ts";
import { depthMax, type Reading } from "./reading.ts";
import { readSubquery } from "./subquery.ts";
import { tokenKind } from "./token.ts";
import {
  commonFunctions,
  dangerousFunctions,
  dangerousProcedures,
  probingFunctions,
} from "./words-table.ts";

/** Words that stand between the arguments of SQL's own functions: `cast(x as int)`. */
const argumentWords: ReadonlySet<string> = new Set([
  "as",
  "from",
  "for",
  "using",
  "in",
  "separator",
  "order",
  "by",
  "asc",
  "desc",
  "returning",
  "on",
  "with",
  "within",
  "group",
]);
const leadingWords: ReadonlySet<string> = new Set([
  "distinct",
  "all",
  "both",
  "leading",
  "trailing",
]);

/** Reads `name(arguments)`, with the reader at the name. */
export function readCall(
  reading: Reading,
  { isMethod }: { readonly isMethod: boolean } = { isMethod: false },
): Operand {
  if (++reading.depth > depthMax) return operandKind.none;
  const { lexer } = reading;
  const { word, start } = lexer;
  reading.advance();
  reading.advance();
  // `time.sleep(1)` is some language's method; a package of Oracle's was recorded by its own name.
  const isKnown = !isMethod && noteFunction(reading, word, start);
  if (isMethod) reading.hardTokens++;
  const argumentsKind = readArguments(reading);
  reading.depth--;
  if (argumentsKind === operandKind.none) return argumentsKind;
  if (!reading.isAtEnd && !reading.isClosedByContext && !reading.takeKind(tokenKind.close)) {
    return operandKind.none;
  }
  readWindow(reading);
  const isConstant = isKnown && argumentsKind === operandKind.constant;
  return isConstant ? operandKind.constant : operandKind.opaque;
}

function noteFunction(reading: Reading, word: string, start: number): boolean {
  const { evidence, lexer } = reading;
  const end = start + word.length;
  reading.hardTokens += 2;
  if (geometryTypes.has(word) && isCoordinate(reading)) return false;
  if (dangerousFunctions.has(word) || dangerousProcedures.has(word)) {
    evidence.add("dangerous-call", start, Math.max(end, lexer.end));
    return false;
  }
  if (probingFunctions.has(word)) {
    evidence.add("probing-call", start, end);
    return true;
  }
  if (commonFunctions.has(word)) {
    evidence.add("common-call", start, end);
    return true;
  }
  return false;
}

/** Functions of MySQL that leak through errors, and the types of well-known text: `POLYGON((30 10, …))`. */
const geometryTypes: ReadonlySet<string> = new Set([
  "polygon",
  "multipolygon",
  "linestring",
  "multilinestring",
  "multipoint",
  "geometrycollection",
  "point",
]);

/** Whether numbers or other types follow the parentheses, and no query. */
function isCoordinate({ lexer }: Reading): boolean {
  return /^[\s(]{0,8}(?:-?\d|(?:POINT|LINESTRING|POLYGON)\s?\()/i.test(
    lexer.text.slice(lexer.start, lexer.start + 32),
  );
}

function readArguments(reading: Reading): Operand {
  let all: Operand = operandKind.constant;
  if (reading.kind === tokenKind.close) return all;
  if (reading.kind === tokenKind.word && leadingWords.has(reading.word)) reading.advance();
  for (;;) {
    const argument = readArgument(reading);
    if (argument === operandKind.none) return argument;
    if (argument !== operandKind.constant) all = operandKind.opaque;
    if (reading.takeKind(tokenKind.comma)) continue;
    if (!takeArgumentWord(reading)) return all;
  }
}

function readArgument(reading: Reading): Operand {
  const { lexer, evidence } = reading;
  // `count(*)`
  if (lexer.kind === tokenKind.arithmetic && lexer.code === 0x2a) {
    reading.advance();
    return operandKind.opaque;
  }
  if (reading.isWord("select")) return readSubquery(reading);
  const { start } = lexer;
  const argument = reading.grammar.readExpression(reading);
  // `if(1=1,a,b)` has further arguments; `if (1 == 1)` of other languages has none.
  if (argument === operandKind.constantComparison && lexer.kind === tokenKind.comma) {
    evidence.add("constant-condition", start, lexer.previousEnd);
  }
  return argument;
}

/** Takes `as`, `from`, `order by` …; true when another argument follows. */
function takeArgumentWord(reading: Reading): boolean {
  let isMore = false;
  while (reading.kind === tokenKind.word && argumentWords.has(reading.word)) {
    isMore = reading.word !== "asc" && reading.word !== "desc";
    reading.advance();
  }
  return isMore;
}

/** Takes `over (…)` behind an aggregate. */
function readWindow(reading: Reading): void {
  if (!reading.takeWord("over") || reading.kind !== tokenKind.open) return;
  let open = 0;
  do {
    if (reading.kind === tokenKind.open) open++;
    else if (reading.kind === tokenKind.close) open--;
    reading.advance();
  } while (open > 0 && !reading.isAtEnd);
}
