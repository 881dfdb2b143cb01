import { apiNouns, apiVerbs } from "./vocabulary-table.ts";

/** Natural logarithms of how often one letter follows another in the words APIs use. */
const transitions: Float64Array = learnTransitions();

/**
 * The mean log-probability of the transitions between the letters of a text, case ignored: about
 * -2.6 for words and names, about -3.7 for random letters. Digits and separators break words.
 */
export function letterTransitions(text: string): number {
  let sum = 0;
  let count = 0;
  let previous = -1;
  for (let at = 0; at < text.length; at += 1) {
    const letter = letterAt(text, at);
    if (letter >= 0 && previous >= 0 && !isHump(text, at)) {
      sum += transitions[previous * 26 + letter] ?? 0;
      count += 1;
    }
    previous = letter;
  }
  return count === 0 ? -10 : sum / count;
}

/** Whether a word of a camelCase name begins here. */
function isHump(text: string, at: number): boolean {
  return isUpper(text, at) && !isUpper(text, at - 1) && !isUpper(text, at + 1);
}

function isUpper(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 65 && code <= 90;
}

function learnTransitions(): Float64Array {
  // A little of everything, so that a transition never seen is rare rather than impossible.
  const counts = new Float64Array(26 * 26).fill(0.3);
  for (const words of [apiVerbs, apiNouns])
    for (const word of words) countTransitions(counts, word);
  for (let from = 0; from < 26; from += 1) {
    const row = counts.subarray(from * 26, from * 26 + 26);
    const total = row.reduce((sum, count) => sum + count, 0);
    for (let to = 0; to < 26; to += 1) row[to] = Math.log((row[to] ?? 0) / total);
  }
  return counts;
}

function countTransitions(counts: Float64Array, word: string): void {
  for (let at = 1; at < word.length; at += 1) {
    const [from, to] = [letterAt(word, at - 1), letterAt(word, at)];
    if (from >= 0 && to >= 0) counts[from * 26 + to] = (counts[from * 26 + to] ?? 0) + 1;
  }
}

function letterAt(text: string, at: number): number {
  const code = text.charCodeAt(at) | 32;
  return code >= 97 && code <= 122 ? code - 97 : -1;
}
