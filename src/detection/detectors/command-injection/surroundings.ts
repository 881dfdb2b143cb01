import { fieldNames, programs } from "./program-table.ts";

/** What the value is besides the commands found in it. */
export interface Surroundings {
  /** Ordinary words that follow each other, as in a sentence. */
  readonly proseWords: number;
  readonly lines: number;
  /** Fenced code, a script, or markup of code: commands in it are quoted, not run. */
  readonly quoted: boolean;
  /** Whether the value is a list of names joined by this opener. */
  isNameList(opener: string): boolean;
}

/** What a text is: counted once for a value, in one pass. */
export function surroundingsOf(value: string): Surroundings {
  let proseWords = 0;
  let letters = 0;
  let lines = 1;
  let clean = true;
  for (let at = 0; at <= value.length; at++) {
    const code = at < value.length ? value.charCodeAt(at) : 0x20;
    if (code === 0x0a) lines++;
    if (isLetter(code)) {
      letters++;
      continue;
    }
    const ends = isWordEnd(value, at, code);
    if (ends && clean && letters > 1) proseWords++;
    if (code <= 0x20) {
      clean = true;
      letters = 0;
    } else if (!ends) {
      clean = false;
    }
  }
  const quoted =
    value.startsWith("#!") ||
    isMarkdownLine.test(value.slice(0, 12)) ||
    hasCodeSpans(value) ||
    codeMarks.some((mark) => value.includes(mark));
  return { proseWords, lines, quoted, isNameList: nameListsOf(value) };
}

/** `> `, `* `, `- ` or `### ` and code in backticks behind it. */
const isMarkdownLine: RegExp = /^\s{0,3}(?:>|\*|-|#{1,6}) `/;

const codeMarks = ["```", "<code", "<pre"];

/** Three spans of code in backticks, or more: a text in Markdown. */
function hasCodeSpans(value: string): boolean {
  let marks = 0;
  for (let at = value.indexOf("`"); at >= 0 && marks < 6; at = value.indexOf("`", at + 1)) marks++;
  return marks > 5;
}

/** Answers once for each separator, however many commands ask. */
function nameListsOf(value: string): (opener: string) => boolean {
  const known = new Map<string, boolean>();
  return (opener) => {
    const answer = known.get(opener) ?? isNameList(value, opener);
    known.set(opener, answer);
    return answer;
  };
}

const sentenceMarks: Uint8Array = new Uint8Array(0x80);
for (const mark of ",.!?:;'") sentenceMarks[mark.charCodeAt(0)] = 1;

function isWordEnd(value: string, at: number, code: number): boolean {
  if (code <= 0x20) return true;
  // Punctuation of a sentence, or an apostrophe inside a word.
  if (code < 0x80 ? sentenceMarks[code] !== 1 : code !== 0x2019) return false;
  return (
    code === 0x27 || code === 0x2019 || value.charCodeAt(at + 1) <= 0x20 || at + 1 === value.length
  );
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code >= 0xc0;
}

/** `name;id;date`, `^(id|title)$`: names joined by one separator, as in lists of columns. */
function isNameList(value: string, opener: string): boolean {
  if (value.length > 2_048) return false;
  const items = value.split(opener === "newline" ? "\n" : opener).map((item) => item.trim());
  const names = items.filter((item) => item !== "");
  if (names.length < 2 || !names.every((name) => isName(name))) return false;
  const known = names.filter((name) => fieldNames.has(name.toLowerCase())).length;
  // A row of a table begins and ends with the separator, and so do many attacks.
  if (names.length < items.length) return known === names.length;
  const runnable = names.filter((name) => isProgramName(name)).length;
  const isPattern = "^(".includes(value.charAt(0)) && ")$".includes(value.charAt(value.length - 1));
  return (
    known === names.length || (names.length > 2 && (isPattern || runnable * 2 <= names.length))
  );
}

/** A name that is a program and not more likely a column. */
function isProgramName(name: string): boolean {
  const rank = programs.get(name.toLowerCase());
  return rank === "distinctive" || rank === "terse";
}

function isName(text: string): boolean {
  if (text.length > 40) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isOther = (code >= 0x30 && code <= 0x39) || "_- &()^$:".includes(text.charAt(at));
    if (!isLetter(code) && !isOther) return false;
  }
  return isLetter(text.charCodeAt(0)) || "(^".includes(text.charAt(0));
}

/** Whether an offset lies in a web address, where `&` and `;` part parameters. */
export function isInAddress(value: string, at: number): boolean {
  const from = Math.max(0, at - 512);
  for (let index = at - 1; index >= from; index--) {
    const code = value.charCodeAt(index);
    if (code <= 0x20) return false;
    if (code === 0x3f || (code === 0x2f && value.charCodeAt(index - 1) === 0x2f)) return true;
  }
  // `a=1&id`: a query without its address, and so without white space.
  const around = value.slice(from, at + 64);
  return around.includes("=") && value.lastIndexOf("=", at) >= from && !around.includes(" ");
}
