/** A piece of an expression, as the languages with C's lexical rules share it. */
export interface CodeToken {
  readonly kind: "word" | "number" | "string" | "sign";
  /** Words and signs as they stand, strings without quotes and with their escapes undone. */
  readonly text: string;
  /** UTF-16 offsets in the value, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** What of a value is read as code. */
export interface CodeRange {
  readonly start: number;
  readonly end: number;
}

/** More tokens of one expression are not read. */
const tokensMax = 400;

/**
 * Splits a part of a value into words, numbers, strings and signs, as PHP, JavaScript, Python, Ruby,
 * Java and template languages do. Comments between slashes and stars are space; anything that is no
 * token of these languages is a sign of one character, so that reading never fails.
 */
export function lexCode(value: string, { start, end }: CodeRange): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  let at = start;
  while (at < end && tokens.length < tokensMax) {
    const code = value.charCodeAt(at);
    const gap = gapEnd(value, at, end, code);
    if (gap > at) at = gap;
    else {
      const token = readToken(value, at, end, code);
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}

function readToken(value: string, start: number, max: number, code: number): CodeToken {
  if (isDigit(code)) {
    const end = numberEnd(value, start, max);
    return { kind: "number", text: value.slice(start, end), start, end };
  }
  if (isWordCode(code) || code === 0x5c) {
    const end = wordEnd(value, start, max);
    if (end > start) return { kind: "word", text: plainWord(value.slice(start, end)), start, end };
  }
  if (code === 0x22 || code === 0x27 || code === 0x60) return readString(value, start, max, code);
  const end =
    twoSigns.has(value.slice(start, start + 2)) && start + 2 <= max ? start + 2 : start + 1;
  return { kind: "sign", text: value.slice(start, end), start, end };
}

const twoSigns: ReadonlySet<string> = new Set(
  "** // || && == != <= >= << >> -> => :: ?? ?. ++ -- .. <?".split(" "),
);

function readString(value: string, start: number, max: number, quote: number): CodeToken {
  let at = start + 1;
  let escaped = false;
  while (at < max && value.charCodeAt(at) !== quote) {
    if (value.charCodeAt(at) === 0x5c) {
      escaped = true;
      at++;
    }
    at++;
  }
  const close = Math.min(at, max);
  const text = value.slice(start + 1, close);
  const end = Math.min(close + 1, max);
  return { kind: "string", text: escaped ? withoutEscapes(text) : text, start, end };
}

/** `\x5f\x5fclass`, `s\u0079stem`, `\137`: escapes of letters hide a name. */
function withoutEscapes(text: string): string {
  let result = "";
  let at = 0;
  for (let slash = text.indexOf("\\"); slash >= 0; slash = text.indexOf("\\", at)) {
    result += text.slice(at, slash);
    const unescaped = readEscape(text, slash + 1);
    result += unescaped.text;
    at = unescaped.end;
  }
  return result + text.slice(at);
}

interface Escape {
  readonly text: string;
  readonly end: number;
}

function readEscape(text: string, at: number): Escape {
  return (
    readHexEscape(text, at) ?? readOctalEscape(text, at) ?? { text: text.charAt(at), end: at + 1 }
  );
}

function readHexEscape(text: string, at: number): Escape | undefined {
  const letter = text.charAt(at);
  if (letter !== "x" && letter !== "u") return undefined;
  if (text.charAt(at + 1) === "{") {
    const length = text.slice(at, at + 10).indexOf("}");
    const end = at + Math.max(length, 0);
    const number = readHex(text.slice(at + 2, end));
    return number === undefined ? undefined : { text: String.fromCodePoint(number), end: end + 1 };
  }
  const end = at + (letter === "x" ? 3 : 5);
  const number = readHex(text.slice(at + 1, end));
  return number === undefined ? undefined : { text: String.fromCharCode(number), end };
}

function readOctalEscape(text: string, at: number): Escape | undefined {
  let end = at;
  while (end < at + 3 && isOctalDigit(text.charCodeAt(end))) end++;
  if (end < at + 3) return undefined;
  return { text: String.fromCharCode(Number.parseInt(text.slice(at, end), 8)), end };
}

function readHex(digits: string): number | undefined {
  if (digits === "") return undefined;
  for (let at = 0; at < digits.length; at++) {
    const code = digits.charCodeAt(at);
    const letter = code | 0x20;
    if (!isDigit(code) && (letter < 0x61 || letter > 0x66)) return undefined;
  }
  const number = Number.parseInt(digits, 16);
  return number <= 0x10ffff ? number : undefined;
}

/** Behind white space or a comment; `at` itself when there is neither. */
function gapEnd(value: string, at: number, max: number, code: number): number {
  if (code <= 0x20) return at + 1;
  const next = value.charCodeAt(at + 1);
  if (code === 0x2f && next === 0x2a) return commentEnd(value, at, max);
  const isLineComment = (code === 0x2f && next === 0x2f) || code === 0x23;
  return isLineComment ? lineCommentEnd(value, at, max) : at;
}

/** A line comment hides code only when a line follows; longer ones are text. */
const lineCommentCharsMax = 32;

function lineCommentEnd(value: string, start: number, max: number): number {
  const end = Math.min(max, start + lineCommentCharsMax);
  for (let at = start; at < end; at++) if (value.charCodeAt(at) === 0x0a) return at + 1;
  return start;
}

function commentEnd(value: string, start: number, max: number): number {
  for (let at = start + 2; at + 1 < max; at++) {
    if (value.charCodeAt(at) === 0x2a && value.charCodeAt(at + 1) === 0x2f) return at + 2;
  }
  return max;
}

function numberEnd(value: string, start: number, max: number): number {
  let at = start;
  while (at < max) {
    const code = value.charCodeAt(at);
    const isPoint = code === 0x2e && isDigit(value.charCodeAt(at + 1));
    if (!isPoint && !isDigit(code) && !isWordCode(code)) break;
    at++;
  }
  return at;
}

/** Letters, digits, `_`, `$`, and the escapes that JavaScript allows in names. */
function wordEnd(value: string, start: number, max: number): number {
  let at = start;
  while (at < max) {
    const code = value.charCodeAt(at);
    if (isWordCode(code) || isDigit(code)) at++;
    else if (code === 0x5c && (value.charCodeAt(at + 1) | 0x20) === 0x75) at += 2;
    else break;
  }
  return Math.min(at, max);
}

function plainWord(word: string): string {
  return word.includes("\\") ? withoutEscapes(word) : word;
}

export function isWordCode(code: number): boolean {
  const letter = code | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || code === 0x5f || code === 0x24 || code >= 0x80;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isOctalDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x37;
}
