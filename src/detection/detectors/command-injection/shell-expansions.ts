import { isBlank, isDigit, isLetter } from "./shell-characters.ts";
import { wordLengthMax } from "./shell-command.ts";
import { append, endWord, type Lexer, openFrame, wordOf } from "./shell-lexer-state.ts";

/** `{cat,/etc/passwd}`: a brace list at the start of a command is a command without spaces. */
export function readBrace(lexer: Lexer): void {
  const end = braceListEnd(lexer);
  if (end < 0) {
    if (lexer.command.words.length === 0 && isBlank(lexer.value.charCodeAt(lexer.at + 1))) {
      lexer.at++;
      return;
    }
    append(lexer, "{");
    lexer.blank = false;
    lexer.at++;
    return;
  }
  lexer.command.disguisedSpaces = true;
  const start = lexer.at + 1;
  for (const part of lexer.value.slice(start, end).split(",")) {
    if (part !== "") {
      append(lexer, stripQuotes(part));
      wordOf(lexer).glob ||= part.includes("?") || part.includes("*");
    }
    lexer.at += part.length + 1;
    endWord(lexer);
  }
  lexer.blank = false;
  lexer.at = end + 1;
}

function stripQuotes(text: string): string {
  let plain = "";
  for (const char of text) if (!"'\"$\\".includes(char)) plain += char;
  return plain;
}

function braceListEnd(lexer: Lexer): number {
  if (lexer.command.words.length > 0 || lexer.command.word !== undefined) return -1;
  let commas = 0;
  for (let at = lexer.at + 1; at < lexer.at + wordLengthMax; at++) {
    const code = lexer.value.charCodeAt(at);
    if (code === 0x7d) return commas > 0 ? at : -1;
    if (code === 0x2c) commas++;
    if (Number.isNaN(code) || isBlank(code) || code === 0x7b || code === 0x3a) return -1;
  }
  return -1;
}

/** `$` and what it begins: substitution, parameter, variable, ANSI quote. */
export function readDollar(lexer: Lexer): void {
  const { value, at } = lexer;
  const next = value.charCodeAt(at + 1);
  lexer.blank = lexer.blank && next === 0x28;
  if (next === 0x28) {
    if (value.charCodeAt(at + 2) === 0x28) {
      append(lexer, "$((");
      lexer.at += 3;
      return;
    }
    openFrame(lexer, "$(", ")", 2);
  } else if (next === 0x7b) {
    readParameter(lexer);
  } else if (isLetter(next) || next === 0x5f) {
    readVariable(lexer);
  } else if (next === 0x27 || next === 0x22) {
    lexer.at++;
  } else if (isSpecialParameter(next) && value.charCodeAt(at - 1) !== 0x20) {
    // `c$@at`: parameters that are empty in a one-line shell.
    wordOf(lexer).broken = true;
    lexer.at += 2;
  } else {
    append(lexer, "$");
    lexer.at++;
  }
}

/** `${IFS}` is a space; of anything else in braces only the presence is known. */
function readParameter(lexer: Lexer): void {
  const { value, at } = lexer;
  const limit = Math.min(value.length, at + 128);
  let end = at + 2;
  while (end < limit && value.charCodeAt(end) !== 0x7d) end++;
  const name = value.slice(at + 2, end);
  if (name.startsWith("IFS")) {
    breakBySeparator(lexer, end + 1 - at);
    return;
  }
  const word = wordOf(lexer);
  word.expanded = true;
  append(lexer, shortName(name));
  // A substitution inside the braces still runs: read it.
  lexer.at += name.includes("`") || name.includes("$(") ? 2 : end + 1 - at;
}

/** `${SHELL}` keeps its name, so that what is run can be told. */
function shortName(name: string): string {
  if (name === "SHELL" || name === "BASH" || name === "0") return "sh";
  return name === "HOME:0:1" || name === "PATH:0:1" || name === "PWD:0:1" ? "/" : "";
}

function readVariable(lexer: Lexer): void {
  const { value, at } = lexer;
  let end = at + 1;
  while (
    isLetter(value.charCodeAt(end)) ||
    isDigit(value.charCodeAt(end)) ||
    value.charCodeAt(end) === 0x5f
  ) {
    end++;
  }
  const name = value.slice(at + 1, Math.min(end, at + 33));
  if (name.startsWith("IFS")) {
    let length = 4;
    // `$IFS$9` and `$IFS$()`: what follows only ends the name.
    if (value.charCodeAt(at + 4) === 0x24 && isDigit(value.charCodeAt(at + 5))) length = 6;
    breakBySeparator(lexer, length);
    return;
  }
  const word = wordOf(lexer);
  word.expanded = true;
  if (word.text !== "") word.broken = true;
  append(lexer, shortName(name));
  lexer.at = end;
}

function breakBySeparator(lexer: Lexer, length: number): void {
  if (lexer.quote === "") endWord(lexer);
  lexer.command.disguisedSpaces = true;
  lexer.at += length;
}

function isSpecialParameter(code: number): boolean {
  return "@*#?-!_".includes(String.fromCharCode(code)) || isDigit(code) || code === 0x24;
}
