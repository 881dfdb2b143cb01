import { isNameCode } from "./characters.ts";
import {
  handedFunctions,
  handingMembers,
  sinkFunctions,
  sinkMembers,
  sinkProperties,
  sinkRoots,
  usualArguments,
} from "./script-table.ts";

/**
 * What a text is as JavaScript. `sink`: it calls or reaches what attacks call and reach.
 * `call`: it calls something. `none`: nothing that would run was seen.
 */
export type ScriptRank = "sink" | "call" | "none";

/** Longer texts are looked at only this far. */
const scriptLengthMax = 65_536;

/** Reads the names and calls of a text as JavaScript, through escapes and comments. Linear. */
export function rankScript(text: string): ScriptRank {
  const code = withoutEscapes(text.slice(0, scriptLengthMax));
  if (isBracketCode(code) || assemblesName(code)) return "sink";
  let best: ScriptRank = "none";
  let at = 0;
  while (at < code.length) {
    if (!isNameCode(code.charCodeAt(at))) {
      at++;
      continue;
    }
    const start = at;
    while (at < code.length && isNameCode(code.charCodeAt(at))) at++;
    const rank = rankName(code, start, at);
    if (rank === "sink") return rank;
    if (rank === "call") best = rank;
  }
  return best;
}

function rankName(code: string, start: number, end: number): ScriptRank {
  const next = skipSpace(code, end);
  const mark = code.charAt(next);
  const name = code.slice(start, Math.min(end, start + 40)).toLowerCase();
  switch (mark) {
    case ".":
    case "?":
      return rankMember(code, name, next);
    case "[":
      return next === end && sinkRoots.has(name) && bracketCalls(code, next) ? "sink" : "none";
    case "(":
    case "`":
      return rankCall(code, start, end, next);
    default:
      if (mark === "=" && name === "location") return assignsAddress(code, next) ? "sink" : "none";
      return isHandedOver(code, start, end) ? "sink" : "none";
  }
}

function rankCall(code: string, start: number, end: number, bracket: number): ScriptRank {
  const written = code.slice(start, Math.min(end, start + 40));
  const name = written.toLowerCase();
  const argument = skipSpace(code, bracket + 1);
  const first = code.charAt(argument);
  if (name === "constructor") return "'\"`".includes(first || " ") ? "sink" : "none";
  // In Markdown, a name between backticks is a span of code.
  if (code.charAt(bracket) === "`" && code.charAt(start - 1) === "`") return "none";
  // `confirm (yes)` is a remark in a sentence; with a space, only a literal is an argument.
  const gap = bracket - end;
  if (!sinkFunctions.has(name) && written !== "Function") return gap === 0 ? "call" : "none";
  if (gap > 1 || (gap === 1 && isNameCode(code.charCodeAt(argument)) && !isDigit(first))) {
    return "none";
  }
  return isArgument(code, argument) ? "sink" : "call";
}

/** `location='//…'`, `location=name`; "location=Texas" is a pair of a form. */
function assignsAddress(code: string, equals: number): boolean {
  const at = skipSpace(code, equals + 1);
  const quoted = "'\"`".includes(code.charAt(at) || " ");
  const head = code.slice(quoted ? at + 1 : at, at + 12).toLowerCase();
  return addressHeads.some((start) => head.startsWith(start)) || (quoted && head.startsWith("#"));
}

const addressHeads: readonly string[] = ["http", "java", "data:", "/", "name", "hash", "vbscript"];

/** `alert.call(1)`, `document.cookie`, `alert?.(1)`. */
function rankMember(code: string, name: string, mark: number): ScriptRank {
  let at = mark + 1;
  if (code.charAt(mark) === "?") {
    if (code.charAt(at) !== ".") return "none";
    at++;
    if (code.charAt(at) === "(") return sinkFunctions.has(name) ? "sink" : "call";
  }
  const start = skipSpace(code, at);
  let end = start;
  while (end < code.length && isNameCode(code.charCodeAt(end))) end++;
  return rankProperty(code, name, code.slice(start, Math.min(end, start + 40)).toLowerCase(), end);
}

function rankProperty(code: string, name: string, member: string, end: number): ScriptRank {
  if (!sinkRoots.has(name)) {
    return handingMembers.has(member) && sinkFunctions.has(name) ? "sink" : "none";
  }
  if (sinkProperties.has(member)) return "sink";
  return sinkMembers.has(member) && isUsed(code, end) ? "sink" : "none";
}

/** Called, assigned to, or gone into. */
function isUsed(code: string, end: number): boolean {
  const next = skipSpace(code, end);
  const mark = code.charAt(next);
  return (
    mark === "(" || mark === "." || mark === "[" || (mark === "=" && code.charAt(next + 1) !== "=")
  );
}

function isDigit(char: string): boolean {
  return char >= "0" && char <= "9";
}

/** `[1].find(alert)`, `a=alert,a(1)`, `onerror=alert;throw 1`: a function handed on by name. */
function isHandedOver(code: string, start: number, end: number): boolean {
  const before = code.charAt(start - 1);
  if (before === "" || !"(=,:".includes(before)) return false;
  const after = code.charAt(end);
  if (after !== "" && !"),;}><\n".includes(after)) return false;
  return handedFunctions.has(code.slice(start, end));
}

/** Whether what stands at the start of a bracket is an argument, and not a word of a sentence. */
function isArgument(code: string, start: number): boolean {
  if (!isNameCode(code.charCodeAt(start)) || isDigit(code.charAt(start))) return true;
  let end = start;
  while (end < code.length && isNameCode(code.charCodeAt(end))) end++;
  const word = code.slice(start, Math.min(end, start + 40));
  const after = code.charAt(skipSpace(code, end));
  if (after !== ")" && after !== "") return !isNameCode(after.charCodeAt(0)) && after !== "/";
  return end - start === 1 || word !== word.toLowerCase() || usualArguments.has(word);
}

/** `top["al"+"ert"](1)`: a member computed in brackets and called or read from. */
function bracketCalls(code: string, open: number): boolean {
  let depth = 0;
  const limit = Math.min(code.length, open + 512);
  for (let at = open; at < limit; at++) {
    const char = code.charAt(at);
    if (char === "[") depth++;
    else if (char === "]" && --depth === 0) return "([.`=".includes(code.charAt(at + 1) || " ");
  }
  return false;
}

/** Names that are put together from pieces so that no filter finds them. */
const assembledNames = [
  "javascript",
  "eval",
  "alert",
  "prompt",
  "confirm",
  "fromcharcode",
  "location",
  "document",
  "settimeout",
];

/** `'ev'+'al'`, `/al/.source+/ert/.source`: a name put together from strings. */
function assemblesName(code: string): boolean {
  if (!joinsPieces(code)) return false;
  const lower = code.toLowerCase();
  const pieces = lower.includes(".source") ? lower.replaceAll(".source", "") : quotedTextOf(lower);
  let letters = "";
  for (const char of pieces) if (char >= "a" && char <= "z") letters += char;
  return assembledNames.some((name) => letters.includes(name) && !lower.includes(name));
}

/** What stands inside of quotes, one string after the other. */
function quotedTextOf(code: string): string {
  let text = "";
  let at = 0;
  while (at < code.length) {
    const quote = code.charAt(at);
    if (quote !== "'" && quote !== '"') {
      at++;
      continue;
    }
    const close = code.indexOf(quote, at + 1);
    if (close < 0) break;
    text += code.slice(at + 1, close);
    at = close + 1;
  }
  return text;
}

/** Two strings or patterns joined by a plus sign, or a string chosen by an operator. */
function joinsPieces(code: string): boolean {
  if (code.length > 2_048) return false;
  const joins = [
    "'+'",
    '"+"',
    "'+\"",
    "\"+'",
    "' + '",
    '" + "',
    "''+",
    ".source+",
    "||'",
    "&&'",
    "?'",
  ];
  return joins.some((join) => code.includes(join));
}

/** JavaScript written with six characters only: `[][(![]+[])[+[]]…`. */
function isBracketCode(code: string): boolean {
  if (code.length < 24 || !"[(!+".includes(code.charAt(0))) return false;
  for (let at = 0; at < code.length; at++) if (!"[]()!+".includes(code.charAt(at))) return false;
  return true;
}

function skipSpace(code: string, at: number): number {
  let next = at;
  while (next < code.length && next - at < 16 && code.charCodeAt(next) <= 0x20) next++;
  return next;
}

/** Names may be written with `\u0061` and `\x61`, strings with `\141`; comments are dropped. */
function withoutEscapes(text: string): string {
  const plain = text.includes("\\") ? decodeScriptEscapes(text) : text;
  return plain.includes("/*") ? withoutComments(plain) : plain;
}

/** Undoes `\u0061`, `\u{61}`, `\x61` and octal escapes; other backslashes are dropped. */
export function decodeScriptEscapes(text: string): string {
  let decoded = "";
  let from = 0;
  let at = text.indexOf("\\");
  while (at >= 0) {
    const { char, end } = escapeAt(text, at);
    decoded += text.slice(from, at) + char;
    from = end;
    at = text.indexOf("\\", end);
  }
  return decoded + text.slice(from);
}

function escapeAt(text: string, at: number): { char: string; end: number } {
  const kind = text.charAt(at + 1);
  if (kind === "u" && text.charAt(at + 2) === "{") {
    const close = text.indexOf("}", at + 3);
    if (close > 0 && close - at < 12) return charOf(text.slice(at + 3, close), 16, close + 1, at);
  }
  if (kind === "u") return charOf(text.slice(at + 2, at + 6), 16, at + 6, at);
  if (kind === "x") return charOf(text.slice(at + 2, at + 4), 16, at + 4, at);
  let end = at + 1;
  while (end < at + 4 && text.charAt(end) >= "0" && text.charAt(end) <= "7") end++;
  if (end - at > 2) return charOf(text.slice(at + 1, end), 8, end, at);
  return { char: "", end: at + 1 };
}

function charOf(
  digits: string,
  radix: number,
  end: number,
  at: number,
): { char: string; end: number } {
  const code = /^[0-9a-f]+$/i.test(digits) ? Number.parseInt(digits, radix) : Number.NaN;
  if (Number.isNaN(code) || code > 0x10ffff) return { char: "", end: at + 1 };
  return { char: String.fromCodePoint(code), end };
}

function withoutComments(text: string): string {
  let plain = "";
  let from = 0;
  let at = text.indexOf("/*");
  while (at >= 0) {
    const close = text.indexOf("*/", at + 2);
    if (close < 0) break;
    plain += text.slice(from, at);
    from = close + 2;
    at = text.indexOf("/*", from);
  }
  return plain + text.slice(from);
}
