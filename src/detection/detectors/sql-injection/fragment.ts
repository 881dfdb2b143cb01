import { beginsAsProse } from "./first-look.ts";
import {
  catalogNames,
  identityFunctions,
  quotedOperators,
  quotedSigns,
  serverVariables,
  unfinishedWords,
} from "./fragment-table.ts";
import { type FragmentTokens, fragmentTokensOf } from "./fragment-tokens.ts";
import { mayBePiece } from "./piece-signs.ts";
import { tokenKind } from "./token.ts";
import { dangerousFunctions } from "./words-table.ts";

/** Longer values are more than a fragment. */
const fragmentLengthMax = 320;

/** What a fragment is for, in words that continue "the value". */
export interface Fragment {
  readonly what: string;
  /** Whether the value begins with `select`, as what SQL consoles are sent does. */
  readonly isStatement: boolean;
}

/**
 * Recognises pieces of injections that complete no statement: what probes send to see an error, and
 * what tools append part by part. Each rule asks for the whole value to be such a piece.
 */
export function fragmentOf(text: string): Fragment | undefined {
  if (text.length > fragmentLengthMax || text.length < 3) return undefined;
  const what = operatorInQuotes(text);
  if (what !== undefined) return { what, isStatement: false };
  if (beginsAsProse(text)) return undefined;
  return (
    (mayBePiece(text) ? pieceOf(text, rules) : undefined) ??
    pieceOf(behindQuote(text), rulesBehindQuote) ??
    pieceOf(behindWord(text), rulesBehindWord)
  );
}

function pieceOf(text: string, asked: readonly Rule[]): Fragment | undefined {
  if (text === "") return undefined;
  const tokens = fragmentTokensOf(text);
  if (tokens === undefined) return undefined;
  for (const rule of asked) {
    const found = rule(tokens);
    if (found !== undefined) return { what: found, isStatement: tokens.wordAt(0) === "select" };
  }
  return undefined;
}

type Rule = (tokens: FragmentTokens) => string | undefined;

/** `1 union select`, `-234 union`, `-1 union 1,2`. */
const cutUnion: Rule = (tokens) => {
  const at = tokens.indexOfWord("union");
  if (at < 0) return undefined;
  let next = at + 1;
  while (isSkipped(tokens, next)) next++;
  const word = tokens.wordAt(next);
  const isQuery = word === "select" || word === "exec";
  const isList =
    tokens.kindAt(next) === tokenKind.number && tokens.kindAt(next + 1) === tokenKind.comma;
  if (!isQuery && !isList && !isLeftOpen(tokens, at, next)) return undefined;
  const isAmongSql = tokens.foreign === 0 || tokens.foreign <= tokens.hard + 1;
  return isAmongSql && (tokens.foreign === 0 || tokens.hard > 0)
    ? "begins to append a second query"
    : undefined;
};

/** `-234 union`, and `1/1/` with an empty comment and `union`: no count of anything is written so. */
function isLeftOpen(tokens: FragmentTokens, at: number, next: number): boolean {
  if (!tokens.isEndAt(next)) return false;
  return (tokens.text.startsWith("-") && at === 2) || (at > 0 && tokens.text.includes("/**/"));
}

function isSkipped(tokens: FragmentTokens, at: number): boolean {
  const word = tokens.wordAt(at);
  return word === "all" || word === "distinct" || tokens.kindAt(at) === tokenKind.open;
}

/** `1 --`, `@@version/*`, `( 'a' OR @a ) --`: a constant, and the rest of the statement hidden. */
const cutOff: Rule = (tokens) => {
  const { text, count } = tokens;
  const isCut = tokens.kindAt(count - 1) === tokenKind.truncation && tokens.isCommentEmpty;
  if (!isCut || tokens.foreign > 0 || tokens.other > 0 || tokens.operands === 0) return undefined;
  const before = tokens.kindAt(count - 2);
  const isOperand = before !== tokenKind.arithmetic && before !== tokenKind.comparison;
  const isQuoted = text.startsWith("'") || text.startsWith('"');
  if (!isOperand || isQuoted || tokens.isHashComment) return undefined;
  // `2024/*` is a pattern for paths, `555-0199--` a number with dashes.
  if (/^[\d/]{1,32}\/\*$/.test(text) || /^\d[\d-]{0,32}-\d{1,32}\s{0,4}--$/.test(text))
    return undefined;
  return "hides the rest of the statement in a comment";
};

/** `user(`, `select version()`, `mid(@@hostname,1,1)`. */
const identityCall: Rule = (tokens) => {
  if (tokens.foreign > 1 || tokens.kindAt(0) !== tokenKind.word) return undefined;
  for (let at = 0; at < tokens.count; at++) {
    if (!identityFunctions.has(tokens.wordAt(at)) || !tokens.isCallAt(at)) continue;
    if (tokens.kindAt(at - 1) === tokenKind.dot) continue;
    const isNested = at > 0;
    const isCut = tokens.count === at + 2 && tokens.foreign === 0;
    if (isNested || isCut) return "calls a function that tells who and what the database is";
  }
  return undefined;
};

const serverVariable: Rule = (tokens) => {
  if (tokens.foreign > 2 || tokens.count > 16) return undefined;
  const isSelect = tokens.wordAt(0) === "select" || tokens.wordAt(0) === "print";
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kindAt(at) !== tokenKind.variable) continue;
    const variable = tokens.textAt(at);
    if (isSelect && at === 1 && variable.startsWith("@") && variable.length > 2)
      return "reads a variable of the database server";
    if (variable.startsWith("@@") && serverVariables.has(variable.slice(2).toLowerCase()))
      return "reads a variable of the database server";
  }
  return undefined;
};

/** `from information_schema.`, `exec master.`, `select * from pg_shadow`. */
const catalog: Rule = (tokens) => {
  const isSelect = tokens.wordAt(0) === "select";
  for (let at = 1; at < tokens.count; at++) {
    const before = tokens.wordAt(at - 1);
    const isRead = before === "from" || before === "join" || before === "into";
    const name = tokens.nameAt(at);
    if (catalogNames.has(name) && (isRead || isSelect) && tokens.foreign < 8)
      return "reads the tables in which the database describes itself";
    const isProcedure = name === "master" || name.startsWith("xp_") || name === "xp";
    if (at === 1 && isProcedure && before === "exec" && tokens.count < 6)
      return "runs a procedure of the database server";
  }
  return undefined;
};

/** `case when 2 then 3 end` */
const caseExpression: Rule = (tokens) => {
  const start = tokens.indexOfWord("case");
  const when = tokens.indexOfWord("when");
  const then = tokens.indexOfWord("then");
  const isFirst = start === 0 || (start === 1 && tokens.kindAt(0) === tokenKind.open);
  const isWhole = isFirst && when > start && then > when && tokens.foreign <= 3;
  return isWhole ? "asks the database a yes-or-no question" : undefined;
};

/** `';select p`: a quote that ends a string, and a query. */
const quoteAndQuery: Rule = ({ text }) => {
  const quote = text.charAt(0);
  if (quote !== "'" && quote !== '"') return undefined;
  if (text.indexOf(quote, 1) >= 0) return undefined;
  return /^;?\s{0,8}(?:union\s{1,8})?select[\s/(]/i.test(text.slice(1, 32))
    ? "ends the string it stands in and begins a query"
    : undefined;
};

/** `order by 7` and `limit 0,1 --` as a whole. */
const position: Rule = (tokens) => {
  const isOrder = tokens.wordAt(0) === "order" && tokens.wordAt(1) === "by";
  if (isOrder && tokens.kindAt(2) === tokenKind.number && tokens.isEndAt(3))
    return "orders by a position, which is how the number of columns is counted";
  const isLimit = tokens.wordAt(0) === "limit" && tokens.kindAt(1) === tokenKind.number;
  return isLimit && tokens.kindAt(tokens.count - 1) === tokenKind.truncation && tokens.foreign === 0
    ? "limits the rows and hides the rest of the statement"
    : undefined;
};

/** `and false`, `or 1`, `or x=y` as a whole. */
const joinedConstant: Rule = (tokens) => {
  const word = tokens.wordAt(0);
  if (word !== "and" && word !== "or") return undefined;
  const next = tokens.wordAt(1);
  const isConstant =
    next === "true" || next === "false" || tokens.textAt(1) === "1" || tokens.textAt(1) === "0";
  if (isConstant && tokens.isEndAt(2)) return "adds a constant where a condition belongs";
  const isComparison =
    tokens.kindAt(1) === tokenKind.word &&
    tokens.textAt(2) === "=" &&
    tokens.kindAt(3) === tokenKind.word &&
    tokens.isEndAt(4);
  return isComparison ? "adds a further condition" : undefined;
};

/** `select 1,2,3`, `select 0x41`, `select a -- x`, `select sin(1),2 from t where`. */
const oddQuery: Rule = (tokens) => {
  if (tokens.wordAt(0) !== "select" || tokens.hard === 0) return undefined;
  const last = tokens.count - 1;
  const isCut =
    tokens.kindAt(last) === tokenKind.truncation && tokens.count > 3 && !tokens.isHashComment;
  const isUnfinished = unfinishedWords.has(tokens.wordAt(last)) && tokens.hard > 1;
  if (isCut || isUnfinished) return "is a query that goes on in the statement around it";
  if (tokens.numbers > 3 || spellsText(tokens) || /\b0x[0-9a-f]{4}/i.test(tokens.text))
    return "is a query of constants, which counts columns or spells out text";
  return undefined;
};

/** `select char(0x66)`: functions that spell out or join text, and no table to read from. */
function spellsText(tokens: FragmentTokens): boolean {
  return tokens.indexOfWord("from") < 0 && tokens.hasProbingCall;
}

/** `6 as "x" from`: ends a list of columns. */
const columnAlias: Rule = (tokens) => {
  const at = tokens.indexOfWord("as");
  if (at < 0 || at > 2 || tokens.count > 12) return undefined;
  const kind = tokens.kindAt(at + 1);
  const isQuoted = kind === tokenKind.string || kind === tokenKind.name;
  return isQuoted && tokens.wordAt(at + 2) === "from"
    ? "ends the list of columns and names a table"
    : undefined;
};

/** `) like (`, `if(2=`: the inside of a condition. */
const openCondition: Rule = (tokens) => {
  const isLike =
    tokens.kindAt(0) === tokenKind.close &&
    tokens.wordAt(1) === "like" &&
    tokens.kindAt(2) === tokenKind.open;
  const isIf =
    tokens.wordAt(0) === "if" &&
    tokens.kindAt(1) === tokenKind.open &&
    tokens.kindAt(2) === tokenKind.number &&
    tokens.kindAt(3) === tokenKind.comparison &&
    tokens.isEndAt(4);
  return isLike || isIf ? "leaves a condition open for the statement around it" : undefined;
};

/** `" waitfor delay '`: a wait whose length is still to come. */
const cutWait: Rule = (tokens) => {
  const at = tokens.indexOfWord("waitfor");
  const next = tokens.wordAt(at + 1);
  const isWait = at >= 0 && (next === "delay" || next === "time");
  return isWait && tokens.foreign <= 2 ? "makes the database wait" : undefined;
};

/** `select pg_sleep`, `select if(x`. */
const cutCall: Rule = (tokens) => {
  if (tokens.wordAt(0) !== "select") return undefined;
  const isName = tokens.count === 2 && dangerousFunctions.has(tokens.wordAt(1));
  return isName || tokens.isLeftOpen ? "calls a function in a query that is cut off" : undefined;
};

/** `'{"a":1}'::jsonb @? '$.a'`: a literal with a type of PostgreSQL. */
const typedLiteral: Rule = ({ text }) => {
  const at = text.search(/'\s{0,4}::\s{0,4}json/i);
  return at > 0 && /^(?:\w{1,24}=)?'/.test(text)
    ? "compares a literal of the database's own type"
    : undefined;
};

/** `'x'!='y`: two strings compared, the second closed by the statement. */
const comparedStrings: Rule = (tokens) => {
  const isCompared =
    tokens.kindAt(0) === tokenKind.string &&
    tokens.kindAt(1) === tokenKind.comparison &&
    tokens.kindAt(2) === tokenKind.string;
  return isCompared && tokens.isEndAt(3) && tokens.isStringOpen
    ? "compares two strings, the last of which the statement closes"
    : undefined;
};

/** `` ` as `name` from ``: ends a quoted name. */
const quotedNameEnd: Rule = ({ text }) =>
  /^`\s{1,8}(?:as\s{1,8}`|regexp\s|like\s)/i.test(text)
    ? "ends the quoted name it stands in"
    : undefined;

const rules: readonly Rule[] = [
  cutWait,
  cutCall,
  typedLiteral,
  comparedStrings,
  quotedNameEnd,
  cutUnion,
  cutOff,
  identityCall,
  serverVariable,
  catalog,
  caseExpression,
  quoteAndQuery,
  position,
  joinedConstant,
  oddQuery,
  columnAlias,
  openCondition,
];

const joiningKinds: ReadonlySet<number> = new Set([
  tokenKind.comparison,
  tokenKind.arithmetic,
  tokenKind.logical,
]);
const joiningWords: ReadonlySet<string> = new Set(["or", "and", "xor", "like", "is", "div"]);

/** `aa' or column*0 like '0`: operators and constants between two strings, the last one left open. */
const joinedToOpenString: Rule = (tokens) => {
  const isJoined = joiningKinds.has(tokens.kindAt(0)) || joiningWords.has(tokens.wordAt(0));
  const last = tokens.count - 1;
  const isOpen = tokens.kindAt(last) === tokenKind.string && tokens.isStringOpen;
  // A string of several letters at the end is text: `1/4" - 1/2" wide ribbon`.
  if (!isJoined || !isOpen || tokens.foreign > 1 || tokens.textAt(last).length > 3)
    return undefined;
  const isTold = tokens.numbers > 0 || tokens.hasWord(joiningWords);
  return isTold ? "joins the string it stands in with a condition" : undefined;
};

const rulesBehindQuote: readonly Rule[] = [cutUnion, joinedConstant, cutWait];
const rulesBehindWord: readonly Rule[] = [joinedToOpenString];

/** What follows a quote that ends a string of one word, and is not closed again. */
function behindQuote(text: string): string {
  const at = text.search(/['"]/);
  if (at < 0 || at > 24 || text.slice(0, at).trimStart().includes(" ")) return "";
  return text.slice(at + 1);
}

/** The same behind a word or blanks, in a value of one kind of quotes; inches are no such quotes. */
function behindWord(text: string): string {
  const [, before = "", quote = ""] = /^(\s{0,4}\w{0,8})(['"])/.exec(text) ?? [];
  const isInches = quote === '"' && /\d$/.test(before);
  if (before === "" || isInches || !text.includes(quote, before.length + 1)) return "";
  return text.slice(before.length + 1);
}

const quotedOperator: RegExp =
  /^\s?(\w{0,3})\s?'\s{0,2}([a-z]{2,6}(?: [a-z]{4,6})?|[-&|^=<>!+%*/]{1,3})\s{0,2}'\s?(\w{0,3})\s?$/i;

/** `A 'OR' B`: MySQL joins neighbouring strings, which leaves the operator between two of them. */
function operatorInQuotes(text: string): string | undefined {
  if (text.length > 24 || !text.includes("'")) return undefined;
  const [, before = "", operator = "", after = ""] = quotedOperator.exec(text) ?? [];
  const isBetween = before !== "" && after !== "";
  const isWord = quotedOperators.has(operator.toLowerCase().replace(" ", "_"));
  const isBare = before === "" && after === "" && isWord;
  if (isBare || (isBetween && (isWord || quotedSigns.has(operator))))
    return "puts an operator between two strings";
  return undefined;
}
