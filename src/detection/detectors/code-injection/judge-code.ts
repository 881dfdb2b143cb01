import type { Confidence } from "../../../model/detection.ts";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { type CodeToken, isWordCode, lexCode } from "../../languages/code-token.ts";
import { proseWordsAround } from "../../languages/prose.ts";
import { strongerOf } from "../../languages/stronger-match.ts";
import { codeFieldNames, type Trigger, triggerOf } from "./code-table.ts";
import { findConstructor, memberSign } from "./member-sign.ts";

/** What a call or name shows, and how sure that alone is. */
export interface CodeSign {
  readonly confidence: Confidence;
  readonly end: number;
  /** The end of a sentence that begins with the value. */
  readonly what: string;
}

/** Longer names are no triggers. */
const nameCharsMax = 32;
/** Names of one value that are looked at closely. */
const triggersMax = 64;
/** How far behind a name its call is read. */
const callCharsMax = 400;
const proseWordsMax = 5;
/** A program of several lines is somebody's code; an injected one is a line. */
const codeLinesMin = 4;

/** Looks for names that tell code and judges each with what follows it. */
export function judgeCode(field: Field): Match | undefined {
  const { value } = field;
  let best: Match | undefined;
  let looked = 0;
  for (let at = nextName(value, 0); at < value.length && looked < triggersMax; ) {
    const end = nameEnd(value, at);
    const trigger = mayBeUsed(value, end) ? triggerAt(value, at, end) : undefined;
    if (trigger !== undefined) {
      looked++;
      best = strongerOf(best, judgeTrigger(field, trigger, at));
      if (best?.confidence === "high") return best;
    }
    at = nextName(value, end);
  }
  return strongerOf(best, findConstructor(value));
}

/** Code does something with a name; between words of a sentence is a space. */
function mayBeUsed(value: string, end: number): boolean {
  let at = end;
  while (at < end + gapCharsMax && value.charCodeAt(at) <= 0x20) at++;
  const signs = at === end ? signsBehind : signsBehindGap;
  return at >= value.length || signs[value.charCodeAt(at)] === 1;
}

/** More space between a function and its arguments is not read. */
const gapCharsMax = 24;
const signsBehind: Uint8Array = signTable("([.:?=;,'\"/#\\{)");
const signsBehindGap: Uint8Array = signTable("(['\"/#");

function signTable(signs: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const sign of signs) table[sign.charCodeAt(0)] = 1;
  return table;
}

function triggerAt(value: string, start: number, end: number): Trigger | undefined {
  if (end - start > nameCharsMax) return undefined;
  return triggerOf.get(value.slice(start, end).toLowerCase());
}

function nextName(value: string, from: number): number {
  let at = from;
  while (at < value.length && (nameCodes[value.charCodeAt(at)] ?? beginsName) !== beginsName) at++;
  return at;
}

function nameEnd(value: string, from: number): number {
  let at = from;
  while (at < value.length && nameCodes[value.charCodeAt(at)] !== 0) at++;
  return at;
}

/** What a character does in a name; all beyond ASCII begin one. */
const beginsName = 2;
const nameCodes: Uint8Array = createNameCodes();

function createNameCodes(): Uint8Array {
  const codes = new Uint8Array(128);
  for (let code = 0; code < 128; code++) if (isWordCode(code)) codes[code] = beginsName;
  codes.fill(1, 0x30, 0x3a);
  return codes;
}

function judgeTrigger(field: Field, trigger: Trigger, start: number): Match | undefined {
  const { value } = field;
  const tokens = lexCode(value, { start, end: Math.min(value.length, start + callCharsMax) });
  const sign = signOf(value, trigger, tokens);
  if (sign === undefined) return undefined;
  return {
    confidence: inContext(field, sign.confidence, { start, end: sign.end }),
    start,
    end: sign.end,
    explanation: `Run as code by PHP, JavaScript, Python, Ruby or Java, the value ${sign.what}.`,
  };
}

function inContext(
  field: Field,
  confidence: Confidence,
  range: { readonly start: number; readonly end: number },
): Confidence {
  const { value } = field;
  if (proseWordsAround(value, range, proseWordsMax) >= proseWordsMax) return "low";
  if (field.location === "body" && (isCodeField(field.name) || hasLines(value))) return "low";
  return confidence;
}

/** `$.steps[2].script` */
function isCodeField(name: string): boolean {
  const last = name.slice(Math.max(name.lastIndexOf("."), name.lastIndexOf("/")) + 1);
  const bracket = last.indexOf("[");
  return codeFieldNames.has((bracket > 0 ? last.slice(0, bracket) : last).toLowerCase());
}

function hasLines(value: string): boolean {
  let at = -1;
  for (let lines = 1; lines < codeLinesMin; lines++) {
    at = value.indexOf("\n", at + 1);
    if (at < 0) return false;
  }
  return true;
}

function signOf(
  value: string,
  trigger: Trigger,
  tokens: readonly CodeToken[],
): CodeSign | undefined {
  const [name, next] = tokens;
  if (name === undefined) return undefined;
  if (trigger === "internal") {
    const end = next?.end ?? name.end;
    return {
      confidence: "high",
      end,
      what: `reaches for "${name.text}", an internal of the interpreter`,
    };
  }
  if (trigger === "module") return memberSign(tokens);
  const call = isMethod(value, name.start) ? undefined : callEnd(tokens);
  if (call === undefined) return undefined;
  const what = `calls "${name.text}"`;
  if (trigger === "executes") return { ...executesSign(value, tokens, call), what };
  if (trigger === "function") return functionSign(value, tokens, name.text, call);
  const isCall = isWholeCall(value, tokens, call) && isCodeArgument(tokens[2]) && isGlued(tokens);
  return isCall ? { confidence: "medium", end: call.end, what } : undefined;
}

function functionSign(
  value: string,
  tokens: readonly CodeToken[],
  name: string,
  call: Call,
): CodeSign | undefined {
  // PHP's `readfile` is written so; Node.js has `readFile`.
  if (name === "readFile") return undefined;
  const what = `calls "${name}"`;
  if (isMention(value, tokens, call)) return { confidence: "low", end: call.end, what };
  const isDistinct = name.includes("_") || name.toLowerCase().startsWith("php");
  return { confidence: isDistinct ? "high" : "medium", end: call.end, what };
}

/** `putenv() needs a string`, `symlink (Closes: #9)`: a text about the function calls it with nothing. */
function isMention(value: string, tokens: readonly CodeToken[], call: Call): boolean {
  if (isWholeCall(value, tokens, call)) return false;
  return tokens[2]?.text === ")" || (!isGlued(tokens) && !isCodeArgument(tokens[2]));
}

/** `pattern.exec(text)`, `fc.assert(…)`: methods of an object, which are judged as its members. */
function isMethod(value: string, start: number): boolean {
  if (value.charAt(start - 1) !== ".") return false;
  const before = value.charCodeAt(start - 2);
  return before === 0x29 || before === 0x5d || (before < 0x80 && (nameCodes[before] ?? 0) !== 0);
}

/** `link(s)`, `copy(2)` and `mail(work)` are words; code passes strings and variables. */
function isCodeArgument(argument: CodeToken | undefined): boolean {
  return argument?.kind === "string" || argument?.text.startsWith("$") === true;
}

function isGlued([name, open]: readonly CodeToken[]): boolean {
  return name !== undefined && open !== undefined && name.end === open.start;
}

interface Call {
  readonly end: number;
  readonly isClosed: boolean;
}

/** `name(…)`, also with a space or comment between, and `name "…"` of Ruby and Perl. */
function callEnd(tokens: readonly CodeToken[]): Call | undefined {
  const [, open] = tokens;
  if (open?.kind === "string") return { end: open.end, isClosed: true };
  if (open?.text !== "(") return undefined;
  let depth = 0;
  for (let index = 1; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) break;
    if (token.text === "(" && token.kind === "sign") depth++;
    else if (token.text === ")" && token.kind === "sign") {
      depth--;
      if (depth === 0) return { end: token.end, isClosed: true };
    }
  }
  return { end: tokens.at(-1)?.end ?? open.end, isClosed: false };
}

/** `system (Linux)`, `exec(s)` and `exec (1)` are words with a note or an ending behind. */
function executesSign(
  value: string,
  tokens: readonly CodeToken[],
  call: Call,
): { readonly confidence: Confidence; readonly end: number } {
  const [name, open, argument, behind] = tokens;
  const { end } = call;
  const isWhole = isWholeCall(value, tokens, call);
  if (open?.kind === "string") return { confidence: isWhole ? "high" : "low", end };
  if (isCodeArgument(argument)) return { confidence: "high", end };
  // Tests of many languages assert conditions.
  if (name?.text === "assert") return { confidence: "low", end };
  const isHidden = hasComment(value, name?.end ?? 0, open?.start ?? 0);
  if (isHidden) return { confidence: isWhole ? "high" : "low", end };
  if (!isGlued(tokens)) return { confidence: "low", end };
  return { confidence: wordConfidence(argument, behind, isWhole), end };
}

/** What a call with a bare word as argument tells: `system(id)` runs it, `system(s)` is a plural. */
function wordConfidence(
  argument: CodeToken | undefined,
  behind: CodeToken | undefined,
  isWhole: boolean,
): Confidence {
  if (argument?.kind !== "word") return isWhole ? "medium" : "low";
  if (behind?.text !== ")") return isWhole || hasStringNear(argument, behind) ? "high" : "low";
  const isPlural = argument.text === "s" || argument.text === "es";
  return isWhole && !isPlural ? "high" : "low";
}

/** `eval(atob("…"))`, `eval(String.fromCharCode(…))`: a call or member in the arguments. */
function hasStringNear(argument: CodeToken, behind: CodeToken | undefined): boolean {
  return behind?.text === "(" || (argument.text === "String" && behind?.text === ".");
}

/** What stands between a name and its parenthesis is a comment when it is more than space. */
function hasComment(value: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = value.charCodeAt(at);
    if (code > 0x20 || code === 0x0a || code === 0x0d) return true;
  }
  return false;
}

/** Whether the value is nothing but the call, with what ends the code around it. */
function isWholeCall(value: string, tokens: readonly CodeToken[], call: Call): boolean {
  const start = tokens[0]?.start ?? 0;
  return isFrame(value, 0, start) && isFrame(value, call.end, value.length);
}

const frameCharsMax = 12;

function isFrame(value: string, from: number, to: number): boolean {
  if (to - from > frameCharsMax) return false;
  for (let at = from; at < to; at++) {
    if (!" \t\r\n;'\"`.@!+/*#)(}{][$-,&|>0123456789".includes(value.charAt(at))) return false;
  }
  return true;
}
