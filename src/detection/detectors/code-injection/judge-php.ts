import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { type CodeToken, lexCode } from "../../languages/code-token.ts";
import { proseWordsAround } from "../../languages/prose.ts";
import { triggerOf } from "./code-table.ts";

/** Judges what only PHP has: its opening tags, superglobals, and functions called by variables or strings. */
export function judgePhp(field: Field): Match | undefined {
  const { value } = field;
  return judgeTag(value) ?? judgeVariables(value) ?? judgeStringCall(value) ?? judgeHeldName(value);
}

/** `$f='sys'.'tem';$f('id')`: a variable holds the name of a function and is called. */
function judgeHeldName(value: string): Match | undefined {
  if (value.length > stringCallCharsMax || !/\$\w{1,32}\s?=\s?['"]/.test(value)) return undefined;
  const tokens = joinedStrings(lexCode(value, { start: value.indexOf("$"), end: value.length }));
  for (const [index, { text, kind, start, end }] of tokens.entries()) {
    const held = tokens[index - 2]?.text;
    if (kind !== "string" || tokens[index - 1]?.text !== "=" || !isExecuting(text)) continue;
    const isCalled = tokens.some(
      (token, at) => at > index && token.text === held && tokens[at + 1]?.text === "(",
    );
    if (held?.startsWith("$") !== true || !isCalled) continue;
    return {
      confidence: "high",
      start,
      end,
      explanation: `PHP code keeps the name of the function "${text.slice(0, 40)}" in a variable and calls it.`,
    };
  }
  return undefined;
}

const tagCharsMax = 400;
const proseWordsMax = 8;

/** `<?php …`, `<?= …`, `<? …` with code behind; `<?xml …` is a declaration. */
function judgeTag(value: string): Match | undefined {
  let tried = 0;
  for (let start = value.indexOf("<?"); start >= 0; start = value.indexOf("<?", start + 2)) {
    if (tried++ >= 16) return undefined;
    const end = Math.min(value.length, start + tagCharsMax);
    const tokens = lexCode(value, { start: start + 2, end });
    if (!isPhpTag(tokens)) continue;
    const isText = proseWordsAround(value, { start, end }, proseWordsMax) >= proseWordsMax;
    return {
      confidence: isText ? "low" : "high",
      start,
      end: tagEnd(value, start, end),
      explanation: "The value opens PHP code, which runs where it is included or stored as a page.",
    };
  }
  return undefined;
}

function tagEnd(value: string, start: number, max: number): number {
  const close = value.slice(start, max).indexOf("?>");
  return close < 0 ? max : start + close + 2;
}

function isPhpTag(tokens: readonly CodeToken[]): boolean {
  const [first, second] = tokens;
  if (first === undefined) return false;
  const name = first.text.toLowerCase();
  if (name === "php" || name === "=") return second !== undefined;
  if (name === "xml" || name === "xsl") return second?.text === ":";
  return (
    name === "echo" ||
    name.startsWith("$") ||
    second?.text === "(" ||
    (first.kind === "sign" && first.text === "@")
  );
}

const superglobals: ReadonlySet<string> = new Set(
  "$_GET $_POST $_REQUEST $_COOKIE $_SERVER $_FILES $_ENV $_SESSION $GLOBALS $HTTP_RAW_POST_DATA $argv".split(
    " ",
  ),
);
const variablesMax = 32;

/** `$_GET['c']`, `$f('id')`, `$$b(2)`, `${@print(1)}`, `$x->$name()`. */
function judgeVariables(value: string): Match | undefined {
  let tried = 0;
  for (let start = value.indexOf("$"); start >= 0; start = value.indexOf("$", start + 1)) {
    if (tried++ >= variablesMax) return undefined;
    const tokens = lexCode(value, { start, end: Math.min(value.length, start + 160) });
    const what = superglobalSign(tokens) ?? variableCall(value, tokens);
    if (what === undefined) continue;
    const end = Math.min(value.length, start + 40);
    const isText = proseWordsAround(value, { start, end }, proseWordsMax) >= proseWordsMax;
    return { confidence: isText ? "low" : what.confidence, start, end, explanation: what.text };
  }
  return undefined;
}

interface PhpSign {
  readonly confidence: "medium" | "high";
  readonly text: string;
}

function superglobalSign([name, open]: readonly CodeToken[]): PhpSign | undefined {
  if (name === undefined || !superglobals.has(name.text)) return undefined;
  if (open?.text !== "[" && open?.text !== "{") return undefined;
  return {
    confidence: "high",
    text: `PHP code reads "${name.text}" here, and no honest value does.`,
  };
}

/** A variable, with indexes or members behind, that is called as a function. */
function variableCall(value: string, tokens: readonly CodeToken[]): PhpSign | undefined {
  const [name] = tokens;
  const isBraced = name?.text === "$" && tokens[1]?.text === "{";
  if (name === undefined || (!isBraced && !isVariable(name))) return undefined;
  const index = behindIndexes(tokens, 1);
  const open = tokens[index];
  if (open?.text !== "(") return undefined;
  // `$name (note)` and jQuery's `$(…)` are no calls by a variable's value.
  const between = value.slice(tokens[index - 1]?.end ?? open.start, open.start);
  const isCall = between === "" || between.trim() !== "" || between.includes("\n");
  const isWhole = isAlone(value, name.start);
  // In JavaScript's template literals a placeholder may be followed by a parenthesis.
  if (isBraced && !isWhole) return undefined;
  if (!(isWhole && (isCall || index > 1)) && !(index > 1 && isCall)) return undefined;
  return {
    confidence: "medium",
    text: "In PHP a variable followed by parentheses calls the function whose name it holds.",
  };
}

/** `$5` is a price. */
function isVariable({ kind, text }: CodeToken): boolean {
  const second = text.charCodeAt(1);
  return kind === "word" && text.length > 1 && text !== "$$" && !(second >= 0x30 && second <= 0x39);
}

/** Skips `[…]`, `{…}` and `->name` behind a variable. */
function behindIndexes(tokens: readonly CodeToken[], from: number): number {
  let index = from;
  let steps = 0;
  while (steps++ < 8) {
    const text = tokens[index]?.text;
    if (text === "[" || text === "{") {
      const end = closerOf(tokens, index, text);
      if (end < 0 || end === index + 1) return tokens.length;
      index = end + 1;
    } else if (text === "->" && tokens[index + 1]?.text.startsWith("$") === true) index += 2;
    else break;
  }
  return index;
}

function closerOf(tokens: readonly CodeToken[], from: number, opener: "[" | "{"): number {
  const closer = opener === "[" ? "]" : "}";
  let depth = 0;
  for (let index = from; index < tokens.length; index++) {
    const { text = "" } = tokens[index] ?? {};
    if (text === opener) depth++;
    else if (text === closer && --depth === 0) return index;
  }
  return -1;
}

function isAlone(value: string, start: number): boolean {
  // `@$f(1)` and `Class::$f()`
  if (value.charAt(start - 1) === "@" || /^\w{1,40}::$/.test(value.slice(0, start))) return true;
  return value.slice(0, Math.min(start, 8)).trim().length <= 2 && start <= 8;
}

const stringCallCharsMax = 1_024;
/** How a call of something else than a name begins. */
const calls: readonly string[] = [
  ")(",
  "](",
  "}(",
  '"(',
  "'(",
  ") (",
  "] (",
  "} (",
  '" (',
  "' (",
  "*/(",
];

/** `("system")("id")`, `(system)(id)`, `["system"][0]("id")`, `"\x73ystem"(ls)`. */
function judgeStringCall(value: string): Match | undefined {
  if (value.length > stringCallCharsMax || !calls.some((call) => value.includes(call)))
    return undefined;
  const tokens = joinedStrings(lexCode(value, { start: 0, end: value.length }));
  for (const [index, token] of tokens.entries()) {
    if (token.kind === "sign" || !isExecuting(token.text.trim())) continue;
    // Markdown has code in backticks and links in brackets, with parentheses behind.
    if (value.charAt(token.start) === "`" || tokens[index - 1]?.kind === "word") continue;
    const open = callBehind(tokens, index, token.kind === "string");
    if (open === undefined) continue;
    return {
      confidence: "high",
      start: token.start,
      end: open.end,
      explanation: `In PHP a string followed by parentheses calls the function it names, here "${token.text.trim().slice(0, 40)}".`,
    };
  }
  return undefined;
}

/** `'sys'.'tem'` and `(sy.(st).em)` are one string to PHP. */
function joinedStrings(tokens: readonly CodeToken[]): readonly CodeToken[] {
  if (!tokens.some(({ text }) => text === ".")) return tokens;
  const joined: CodeToken[] = [];
  for (const [index, token] of tokens.entries()) {
    const last = joined.at(-1);
    const isGlue = token.kind === "sign" && token.text === ".";
    if (isGlue) continue;
    const isPiece = token.kind !== "sign" && last !== undefined && last.kind !== "sign";
    if (isPiece && tokens[index - 1]?.text === ".") {
      joined[joined.length - 1] = { ...last, text: last.text + token.text, end: token.end };
    } else joined.push(token);
  }
  return joined;
}

function isExecuting(name: string): boolean {
  const trigger = triggerOf.get(name.toLowerCase());
  return trigger === "executes" || trigger === "function";
}

/** The parenthesis that calls what closed before it. */
function callBehind(
  tokens: readonly CodeToken[],
  index: number,
  isString: boolean,
): CodeToken | undefined {
  if (isString && tokens[index + 1]?.text === "(") return tokens[index + 1];
  let closers = "";
  for (const token of tokens.slice(index + 1, index + 12)) {
    // `[exec](…)` is a link of Markdown; a list needs an index to be called.
    if (token.text === "(") return closers === "" || closers === "]" ? undefined : token;
    if (")]}".includes(token.text)) closers += token.text;
    else if (!"[{0;".includes(token.text)) return undefined;
  }
  return undefined;
}
