import { isBlank, isDigit, isLetter } from "./shell-characters.ts";
import { type ShellCommand, wordLengthMax } from "./shell-command.ts";
import { readBrace, readDollar } from "./shell-expansions.ts";
import {
  append,
  closeFrame,
  draftOf,
  endCommand,
  endWord,
  type Lexer,
  openFrame,
  separate,
  wordOf,
} from "./shell-lexer-state.ts";

/** The quotes that the application put around the value. */
export type QuoteContext = "none" | "'" | '"';

/**
 * Splits a value into the commands a POSIX shell would run if the value stood unquoted, or
 * inside the given quotes, in a command line. One pass; each command is handed over once.
 */
export function lexShell(
  value: string,
  context: QuoteContext,
  onCommand: (command: ShellCommand) => void,
): void {
  const lexer: Lexer = {
    value,
    onCommand,
    frames: [],
    at: 0,
    quote: context === "none" ? "" : context,
    enclosed: context !== "none",
    escaped: false,
    blank: true,
    command: draftOf("start", 0, false, true, false),
  };
  while (lexer.at < value.length) {
    if (lexer.quote === "'") readSingleQuoted(lexer);
    else if (lexer.quote === '"') readDoubleQuoted(lexer);
    else readPlain(lexer);
  }
  while (lexer.frames.length > 0) closeFrame(lexer, false);
  endCommand(lexer, false);
}

function readSingleQuoted(lexer: Lexer): void {
  const end = lexer.value.indexOf("'", lexer.at);
  const stop = end < 0 ? lexer.value.length : end;
  const word = wordOf(lexer);
  word.quoted = true;
  if (stop > lexer.at) {
    append(lexer, lexer.value.slice(lexer.at, Math.min(stop, lexer.at + wordLengthMax)));
    if (!isBlankText(lexer.value, lexer.at, stop)) lexer.blank = false;
  }
  lexer.at = stop;
  if (end >= 0) closeQuote(lexer);
}

/** Long text cannot be blank for the purpose of this question. */
function isBlankText(value: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isBlank(value.charCodeAt(at))) return false;
  return true;
}

function closeQuote(lexer: Lexer): void {
  lexer.quote = "";
  lexer.escaped = lexer.enclosed;
  lexer.enclosed = false;
  lexer.at++;
}

function readDoubleQuoted(lexer: Lexer): void {
  const { value, at } = lexer;
  const code = value.charCodeAt(at);
  wordOf(lexer).quoted = true;
  if (code === 0x22) {
    closeQuote(lexer);
  } else if (code === 0x5c) {
    append(lexer, value.charAt(at + 1));
    lexer.at += 2;
    lexer.blank = false;
  } else if (code === 0x60) {
    readBacktick(lexer);
  } else if (code === 0x24) {
    readDollar(lexer);
  } else {
    readQuotedText(lexer);
  }
}

/** Text inside double quotes, up to the next character that means something there. */
function readQuotedText(lexer: Lexer): void {
  const { value, at } = lexer;
  let end = at + 1;
  while (end < value.length && !isQuotedSpecial(value.charCodeAt(end))) end++;
  append(lexer, value.slice(at, Math.min(end, at + wordLengthMax)));
  lexer.blank &&= isBlankText(value, at, end);
  lexer.at = end;
}

function isQuotedSpecial(code: number): boolean {
  return code === 0x22 || code === 0x5c || code === 0x60 || code === 0x24;
}

function readPlain(lexer: Lexer): void {
  const { value, at } = lexer;
  const read = readerOf(value.charCodeAt(at));
  if (read !== undefined) {
    read(lexer);
    return;
  }
  let end = at + 1;
  while (end < value.length && !isSpecial(value.charCodeAt(end))) end++;
  append(lexer, value.slice(at, Math.min(end, at + wordLengthMax)));
  lexer.blank = false;
  lexer.at = end;
}

function isSpecial(code: number): boolean {
  return code < 0x80 && specialCharacters[code] === 1;
}

function readerOf(code: number): Reader | undefined {
  return code < 0x80 ? readersByCode[code] : undefined;
}

type Reader = (lexer: Lexer) => void;

const plainReaders: ReadonlyMap<number, Reader> = new Map([
  [0x20, readSpace],
  [0x09, readSpace],
  [0x0b, readSpace],
  [0x0c, readSpace],
  [0x00, readSpace],
  [0x0a, readNewline],
  [0x0d, readNewline],
  [0x27, openQuote],
  [0x22, openQuote],
  [0x5c, readEscape],
  [0x60, readBacktick],
  [0x24, readDollar],
  [0x3b, readSemicolon],
  [0x7c, readPipe],
  [0x26, readAmpersand],
  [0x28, readOpening],
  [0x29, readClosing],
  [0x3c, readRedirection],
  [0x3e, readRedirection],
  [0x2a, readGlob],
  [0x3f, readGlob],
  [0x5b, readGlob],
  [0x23, readHash],
  [0x7b, readBrace],
]);

const readersByCode: readonly (Reader | undefined)[] = Array.from({ length: 0x80 }, (_, code) =>
  plainReaders.get(code),
);

/** 1 for each character that is more than a part of a word. */
const specialCharacters: Uint8Array = createSpecialCharacters();

function createSpecialCharacters(): Uint8Array {
  const table = new Uint8Array(0x80);
  for (const code of plainReaders.keys()) table[code] = 1;
  return table;
}

function readSpace(lexer: Lexer): void {
  endWord(lexer);
  lexer.at++;
}

function readNewline(lexer: Lexer): void {
  separate(lexer, "newline", 1);
}

function openQuote(lexer: Lexer): void {
  const { word } = lexer.command;
  if (word !== undefined) word.broken = true;
  else wordOf(lexer).quoted = true;
  lexer.quote = lexer.value.charAt(lexer.at);
  lexer.at++;
}

function readEscape(lexer: Lexer): void {
  const next = lexer.value.charCodeAt(lexer.at + 1);
  if (next === 0x0a) {
    lexer.at += 2;
    return;
  }
  const word = wordOf(lexer);
  // Before a letter the escape changes nothing but the look; Windows paths keep it instead.
  word.broken = word.broken || isLetter(next);
  append(lexer, isLetter(next) ? "" : "\\");
  lexer.blank = false;
  lexer.at++;
  if (isLetter(next) && word.text.includes(":")) word.text += "\\";
}

function readBacktick(lexer: Lexer): void {
  if (lexer.frames.at(-1)?.closer === "`") {
    lexer.at++;
    closeFrame(lexer, true);
    return;
  }
  openFrame(lexer, "`", "`", 1);
}

function readSemicolon(lexer: Lexer): void {
  separate(lexer, ";", 1);
}

function readPipe(lexer: Lexer): void {
  const double = lexer.value.charCodeAt(lexer.at + 1) === 0x7c;
  separate(lexer, double ? "||" : "|", double ? 2 : 1);
}

function readAmpersand(lexer: Lexer): void {
  const { value, at } = lexer;
  const entity = entityLengthAt(value, at);
  if (entity > 0) {
    // `&amp;` and `&#8222;` are text of a web page, not a background job and a separator.
    append(lexer, value.slice(at, at + entity));
    lexer.blank = false;
    lexer.at += entity;
    return;
  }
  const next = value.charCodeAt(at + 1);
  if (next === 0x3e) {
    lexer.at++;
    readRedirection(lexer);
    return;
  }
  separate(lexer, next === 0x26 ? "&&" : "&", next === 0x26 ? 2 : 1);
}

/** The length of an HTML entity, at most ten characters; 0 when there is none. */
function entityLengthAt(value: string, at: number): number {
  for (let end = at + 1; end < at + 10; end++) {
    const code = value.charCodeAt(end);
    if (code === 0x3b) return end > at + 2 ? end + 1 - at : 0;
    const isName = isLetter(code) || isDigit(code) || (code === 0x23 && end === at + 1);
    if (!isName) return 0;
  }
  return 0;
}

function readOpening(lexer: Lexer): void {
  if (lexer.command.word !== undefined) {
    // `f(` is a call in some other language: the parenthesis belongs to the word.
    append(lexer, "(");
    lexer.at++;
    return;
  }
  openFrame(lexer, "(", ")", 1);
}

function readClosing(lexer: Lexer): void {
  if (lexer.frames.at(-1)?.closer === ")") {
    lexer.at++;
    closeFrame(lexer, true);
    return;
  }
  // A stray bracket closes what the application opened.
  if (lexer.command.word !== undefined) append(lexer, ")");
  lexer.at++;
}

function readRedirection(lexer: Lexer): void {
  const { value } = lexer;
  if (value.charCodeAt(lexer.at + 1) === 0x28) {
    openFrame(lexer, "<(", ")", 2);
    return;
  }
  endWord(lexer);
  while (value.charCodeAt(lexer.at) === 0x3c || value.charCodeAt(lexer.at) === 0x3e) lexer.at++;
  if (value.charCodeAt(lexer.at) === 0x26) lexer.at++;
  lexer.command.redirected = true;
}

function readGlob(lexer: Lexer): void {
  wordOf(lexer).glob = true;
  append(lexer, lexer.value.charAt(lexer.at));
  lexer.blank = false;
  lexer.at++;
}

function readHash(lexer: Lexer): void {
  if (lexer.command.word !== undefined || lexer.command.words.length === 0) {
    append(lexer, "#");
    lexer.blank = false;
    lexer.at++;
    return;
  }
  const end = lexer.value.indexOf("\n", lexer.at);
  lexer.at = end < 0 ? lexer.value.length : end;
}
