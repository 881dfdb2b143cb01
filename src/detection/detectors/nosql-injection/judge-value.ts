import type { Confidence } from "../../../model/detection.ts";
import type { Match } from "../../detector.ts";
import { type CodeToken, isWordCode, lexCode } from "../../languages/code-token.ts";
import { proseWordsAround } from "../../languages/prose.ts";
import { operators } from "./operator-table.ts";

/** More of a value is not read as a query. */
const charsMax = 1_024;
const proseWordsMax = 6;

/** Judges a value that is, or breaks out of a string in, a query of a document database. */
export function judgeValue(value: string): Match | undefined {
  const end = Math.min(value.length, charsMax);
  const tokens = lexCode(value, { start: 0, end });
  const sign =
    findOperator(tokens) ??
    findShell(value, tokens) ??
    findQuoted(value) ??
    findBreakout(value, tokens);
  if (sign === undefined) return undefined;
  const range = { start: sign.start, end: sign.end };
  const isText = proseWordsAround(value, range, proseWordsMax) >= proseWordsMax;
  return {
    confidence: isText ? "low" : sign.confidence,
    ...range,
    explanation: sign.explanation,
  };
}

interface Sign extends Match {
  readonly confidence: Confidence;
}

/** `{$gt: ''}`, `{"$ne": 1}`, `', $or: [ {}, …`, `[$ne]=1`. */
function findOperator(tokens: readonly CodeToken[]): Sign | undefined {
  for (const [index, token] of tokens.entries()) {
    if (token.kind === "sign" || !token.text.startsWith("$")) continue;
    const rank = operators.get(token.text.slice(1).toLowerCase());
    if (rank === undefined || rank === "updates" || !isOperatorKey(tokens, index)) continue;
    const isNamed = tokens[index - 1]?.text === "{" && index > 1;
    return {
      confidence: isNamed ? namedConfidence[rank] : "high",
      start: token.start,
      end: tokens[index + 2]?.end ?? token.end,
      explanation: `MongoDB and its like read "${token.text}" as an operator, so that the condition no longer compares with one value.`,
    };
  }
  return undefined;
}

const comparing: ReadonlySet<string> = new Set("$ne $gt $gte $lt $lte $nin $regex".split(" "));

/** A whole filter with names of fields is what search APIs are sent; secrets are judged by name. */
const namedConfidence = { "runs-code": "high", widens: "medium", compares: "low" } as const;

function isOperatorKey(tokens: readonly CodeToken[], index: number): boolean {
  const before = tokens[index - 1]?.text;
  const after = tokens[index + 1]?.text;
  if (after === ":") return before === undefined || before === "{" || before === ",";
  if (before !== "[" || after !== "]") return false;
  // In PHP an index may be a variable, of whatever name.
  return tokens[index + 2]?.text === "=" || comparing.has(tokens[index]?.text ?? "");
}

/** `', $where: '1 == 1'`, `' } ], $comment:'x'`: read as what stands behind the string. */
function findQuoted(value: string): Sign | undefined {
  const quote = value.charAt(0);
  if ((quote !== "'" && quote !== '"') || !value.includes("$")) return undefined;
  return findOperator(lexCode(value, { start: 1, end: Math.min(value.length, charsMax) }));
}

/** How a value begins that ends a string, a call or a condition. */
const breakers = "'\"`;)}|&0123456789";

const shellMethods: ReadonlySet<string> = new Set(
  "find findone insert insertone insertmany update updateone updatemany remove drop dropdatabase deleteone deletemany mapreduce aggregate eval runcommand getcollectionnames adminCommand count group".split(
    " ",
  ),
);

/** `db.users.insert({…})`, `this.password.match(…)`. */
function findShell(value: string, tokens: readonly CodeToken[]): Sign | undefined {
  const isBreak = breakers.includes(value.trimStart().charAt(0));
  for (const [index, token] of tokens.entries()) {
    if (tokens[index + 1]?.text !== "." || (token.text !== "db" && token.text !== "this")) continue;
    // Methods of JavaScript's own objects speak of themselves so.
    if (token.text === "this" && !isBreak) continue;
    const method = tokens
      .slice(index + 2, index + 7)
      .find(
        (candidate, at, all) =>
          at < all.length &&
          tokens[index + 3 + at]?.text === "(" &&
          isMethod(token.text, candidate.text),
      );
    if (method === undefined) continue;
    return {
      confidence: "high",
      start: token.start,
      end: method.end,
      explanation: `
Run as JavaScript;
by;
the;
database, the;
value;
calls;
"${token.text}…${method.text}".`,
    };
  }
  return undefined;
}

function isMethod(root: string, name: string): boolean {
  if (root === "db") return shellMethods.has(name.toLowerCase());
  return [
    "match",
    "charAt",
    "startsWith",
    "indexOf",
    "test",
    "substring",
    "charCodeAt",
    "constructor",
  ].includes(name);
}

/** `
("||1==1//`, `");
return true;
var x = "`, `0;return true`, `";
sleep(5000);
'`: a string or statement ends. */
function findBreakout(value: string, tokens: readonly CodeToken[]): Sign | undefined {
  const from = value.search(firstBreak);
  if (from < 0 || from > breakCharsMax || !mayBreakAt(value, from)) return undefined;
  const rest = readBehindQuote(value, from);
  const first = rest.find(({ text }) => !")};'\"".includes(text));
  const at = first === undefined ? -1 : rest.indexOf(first);
  const what = statementSign(rest, at) ?? conditionSign(rest, at);
  if (what === undefined || tokens.length === 0) return undefined;
  const confidence = what.confidence;
  return {
    confidence,
    start: from,
    end: value.length > from + breakCharsMax ? from + breakCharsMax : value.length,
    explanation: `In a query made of JavaScript text the value ends its string and ${what.text}.`,
  };
}

/** Without a quote only a number or a plain word may stand before: all else is a program. */
function mayBreakAt(value: string, from: number): boolean {
  const sign = value.charAt(from);
  if (sign === "'" || sign === '"') return true;
  for (let at = 0; at < from; at++) {
    const code = value.charCodeAt(at);
    if (!isWordCode(code) && !(code >= 0x30 && code <= 0x39) && code !== 0x20) return false;
  }
  return from <= 16;
}

const firstBreak: RegExp = /['";|&]/;
const breakCharsMax = 160;

function readBehindQuote(value: string, from: number): readonly CodeToken[] {
  const isQuote = value.charAt(from) === "'" || value.charAt(from) === '"';
  return lexCode(value, {
    start: isQuote ? from + 1 : from,
    end: Math.min(value.length, from + breakCharsMax),
  });
}

interface Breakout {
  readonly confidence: Confidence;
  readonly text: string;
}

/** Statements that only JavaScript has. */
function statementSign(tokens: readonly CodeToken[], at: number): Breakout | undefined {
  const isEnded = tokens.slice(0, at + 1).some(({ text }) => text === ";" || text === "}");
  const [first, second, third] = tokens.slice(Math.max(at, 0));
  const word = first?.text === ";" ? second : first;
  const next = first?.text === ";" ? third : second;
  if (!isEnded || word?.kind !== "word") return undefined;
  const isReturn = word.text === "return" && next !== undefined;
  const isSleep = word.text === "sleep" && next?.text === "(";
  const isLoop =
    (word.text === "while" || word.text === "do") && (next?.text === "(" || next?.text === "{");
  const isDate = next?.text === "=" && tokens.some(({ text }) => text === "Date");
  if (!isReturn && !isSleep && !isLoop && !isDate) return undefined;
  return { confidence: "high", text: `adds the statement "${word.text}"` };
}

/** `|| 1==1`, `|| 'a'=='a`, `&& this.x`, `|| true//`: JavaScript's operators, which SQL writes otherwise. */
function conditionSign(tokens: readonly CodeToken[], at: number): Breakout | undefined {
  const operator = tokens[at];
  if (operator?.text !== "||" && operator?.text !== "&&") return undefined;
  const compare = tokens.findIndex(
    ({ text }, index) => index > at && (text === "==" || text === "===" || text === "!="),
  );
  const left = tokens[at + 1];
  const isThis = left?.text === "this" && tokens[at + 2]?.text === ".";
  const isConstant = left?.kind === "number" || left?.kind === "string" || left?.text === "true";
  const isTrue =
    left?.text === "true" && (tokens[at + 2] === undefined || tokens[at + 2]?.text === "//");
  const isComparison = isConstant && compare === at + 2;
  if (!isThis && !isTrue && !isComparison) return undefined;
  return { confidence: "high", text: "adds a condition that is always what the client wants" };
}
