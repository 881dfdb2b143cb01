import type { CodeRange } from "./code-token.ts";

/**
 * Counts the words of a language around a part of a value, up to `max`: a text about code has
 * many, a value made for an interpreter few. Names with digits, dots or underscores are no words.
 */
export function proseWordsAround(value: string, { start, end }: CodeRange, max: number): number {
  const before = wordsIn(value, 0, start, max);
  return before >= max ? max : Math.min(max, before + wordsIn(value, end, value.length, max));
}

function wordsIn(value: string, from: number, to: number, max: number): number {
  let words = 0;
  let wordStart = from;
  for (let at = from; at <= to && words < max; at++) {
    if (at < to && value.charCodeAt(at) > 0x20) continue;
    if (isWord(value, wordStart, at)) words++;
    wordStart = at + 1;
  }
  return words;
}

/** At least two letters, with apostrophes inside and punctuation behind. */
function isWord(value: string, start: number, end: number): boolean {
  let letters = 0;
  let closings = 0;
  for (let at = start; at < end; at++) {
    const code = value.charCodeAt(at);
    if (isClosing(code)) closings++;
    else if (closings > 0) return false;
    else if (isLetter(code)) letters++;
    else if (code !== 0x27 || letters === 0) return false;
  }
  return letters > 1;
}

function isLetter(code: number): boolean {
  const letter = code | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || code >= 0xc0;
}

/** What may follow a word before a space. */
function isClosing(code: number): boolean {
  return code === 0x2c || code === 0x2e || code === 0x3a || code === 0x3f || code === 0x21;
}
