import { isLetter } from "./characters.ts";

/** Words in a row, with a space between, that make a sentence. */
const wordsMin = 4;

/** Whether a text has a sentence in it: words of letters in a row, as code never has. */
export function readsAsLanguage(text: string): boolean {
  let run = 0;
  let start = 0;
  const length = Math.min(text.length, 2_048);
  for (let at = 0; at <= length; at++) {
    if (at < length && text.charCodeAt(at) !== 0x20) continue;
    run = isWord(text, start, at) ? run + 1 : 0;
    if (run >= wordsMin) return true;
    start = at + 1;
  }
  return false;
}

/** Words of JavaScript, which say nothing about a text. */
const keywords: ReadonlySet<string> = new Set(
  "var new let const return function typeof throw this null true false try catch else for while".split(
    " ",
  ),
);

/** Whether a text has three words of its own, anywhere, that no script would have. */
export function hasWords(text: string): boolean {
  let words = 0;
  for (const part of text.slice(0, 2_048).split(" ")) {
    if (part.length > 2 && isWord(part, 0, part.length) && !keywords.has(part)) words++;
    if (words > 2) return true;
  }
  return false;
}

/** Two letters or more, and nothing but letters and the marks of a sentence. */
function isWord(text: string, start: number, end: number): boolean {
  let letters = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (isLetter(code) || code > 0xbf) letters++;
    else if (!isSentenceMark(code)) return false;
  }
  return letters > 1;
}

/** Comma, full stop, apostrophe. */
function isSentenceMark(code: number): boolean {
  return code === 0x2c || code === 0x2e || code === 0x27;
}
