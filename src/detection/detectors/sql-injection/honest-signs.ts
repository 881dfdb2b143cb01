import type { Reading } from "./reading.ts";

/** People write words before a quote; a value that breaks out of a string hardly has any. */
export function wordinessOfPrefix(text: string, end: number): number {
  // The dots of an e-mail address part no words.
  const words = isMailAddress(text, end) ? 1 : wordsIn(text, 0, end);
  const isInches = text.charCodeAt(end) === 0x22 && isDigit(text.charCodeAt(end - 1));
  return (words > 2 ? 3 : Math.max(0, words - 1)) + (isInches ? 1 : 0);
}

function isMailAddress(text: string, end: number): boolean {
  return end <= 254 && /^[\w.+-]{1,64}@[\w.-]{1,190}$/.test(text.slice(0, end));
}

/** What follows a comment sign is nothing or a marker; a sentence there is a sentence. */
export function wordinessOfComment(text: string, start: number): number {
  const words = wordsIn(text, start, text.length);
  if (words === 0) return 0;
  return words === 1 && text.length - start < 9 ? 0.5 : Math.min(3, 1 + words);
}

/** The string that the surrounding statement closes holds a word or two, or else it is prose. */
export function wordinessOfSuffix(text: string, quote: number): number {
  const start = text.lastIndexOf(String.fromCharCode(quote)) + 1;
  const isSearch = quote === 0x22 && wordsIn(text, start, text.length) > 0;
  return Math.min(3, Math.max(0, wordsIn(text, start, text.length) - 1)) + (isSearch ? 0.5 : 0);
}

const proseWordsMin = 4;

/** "He typed ' or 1=1 into the form and was told off": a reading broke off, and a sentence goes on. */
export function wordinessOfRest(text: string, from: number): number {
  return wordsIn(text, from, text.length) >= proseWordsMin ? 2 : 0;
}

const joiningWords: ReadonlySet<string> = new Set([
  "or",
  "and",
  "xor",
  "like",
  "rlike",
  "regexp",
  "is",
  "in",
  "div",
  "mod",
]);
const phraseLengthMax = 32;

/** `"LIKE" stamp`, `select 'and'`, `{"select": 1}`: a word in quotes happens to be one of SQL's. */
export function quotedPhrasePenalty(text: string, start: number, reading: Reading): number {
  if (!isLetter(text.charCodeAt(start + 1))) return 0;
  const close = text.indexOf(text.charAt(start), start + 1);
  if (close < 0 || close - start > phraseLengthMax || !isLetter(text.charCodeAt(close - 1)))
    return 0;
  // `'or'1'='1` is what an attacker leaves blanks out for.
  if (joiningWords.has(text.slice(start + 1, close).toLowerCase())) {
    return reading.tokens > 2 ? 0 : 3;
  }
  return wordsIn(text, start, close) === 1 ? 8 : 3;
}

/** `x'-'y`: nothing but a short word on either side of a joined string, in single quotes. */
export function isBareJoin(text: string): boolean {
  if (text.length > 24 || !text.includes("'")) return false;
  if (/^'\s*(?:<<|>>)\s*'$/.test(text)) return true;
  return /^[a-z0-9%]{0,12}'[^(){}[\];:,.<>\\"]*$/i.test(text);
}

/** `case '>':`, `(' - ')`: signs or a word in a literal of program code, which ends in code again. */
export function codePenalty(text: string, start: number, reading: Reading): number {
  const quote = text.charAt(start);
  const close = text.indexOf(quote, start + 1);
  if (close < 0) return 0;
  const isSigns = wordsIn(text, start, close) === 0 && !hasDigit(text, start, close);
  const isBefore = /[(=[{:,.!?<>|&+]\s*$|\s$/.test(text.slice(Math.max(0, start - 8), start));
  const last = text.lastIndexOf(quote);
  const isBehind = /^\s*[)\]};:,.+<>=!|&?]/.test(text.slice(last + 1, last + 9));
  if (isSigns) return isBefore || isBehind ? 5 : 0;
  // `"<input>"`: a placeholder.
  if (text.charCodeAt(start + 1) === 0x3c && text.charCodeAt(close - 1) === 0x3e) return 5;
  if (isBefore && reading.isClosedByContext && close === last) return 2.5;
  return isBehind && reading.isClosedByContext ? 2.5 : 0;
}

const proseBlanksMin = 5;

/** Five words or more stand before an offset, separated by spaces. */
export function isProse(text: string, end: number): boolean {
  let blanks = 0;
  for (let at = 1; at < end && blanks < proseBlanksMin; at++) {
    if (text.charCodeAt(at) === 0x20 && isLetter(text.charCodeAt(at - 1))) blanks++;
  }
  return blanks >= proseBlanksMin;
}

/** Runs of letters, counted up to five. */
function wordsIn(text: string, from: number, to: number): number {
  let words = 0;
  let isInside = false;
  for (let at = from; at < to && words < 5; at++) {
    const isPart = isLetter(text.charCodeAt(at));
    if (isPart && !isInside) words++;
    isInside = isPart;
  }
  return words;
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code > 0xbf;
}

function hasDigit(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isDigit(text.charCodeAt(at))) return true;
  return false;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
