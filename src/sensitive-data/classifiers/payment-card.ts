import { charactersOf, digitsOf, endOfRun, isDigit, isWord } from "../characters.ts";
import type { Classifier, Span } from "../classifier.ts";
import { type KeyPhrases, phraseSet, saysAny } from "../key-phrases.ts";
import { shapeBits } from "../value-shape.ts";
import { issuerRanges } from "./payment-card-table.ts";

const digitsMin = 12;
const digitsMax = 19;
/** Characters before a number in a text in which a word can say that it is a card. */
const contextCharacters = 48;
const groupsMax = 8;

const cardPhrases = phraseSet(
  "card cardnumber cardno creditcard debitcard pan ccnumber ccnum cc primaryaccountnumber",
);
const numberPhrases = phraseSet("number no num pan value");
const isContextLetter = charactersOf("A-Za-z");

/**
 * Recognises payment card numbers by issuer range, length and check digit. One in a hundred
 * numbers of that length passes all three, so a number written without groups also needs a word
 * that says card.
 */
export const paymentCard: Classifier = {
  class: "payment-card",
  summary: "Payment card numbers: issuer range, length and Luhn check digit.",
  hiding: "mask",
  mask: (value) => `<payment-card …${digitsOf(value).slice(-4)}>`,

  mayMatch: ({ digits, letters, mask }) =>
    digits >= digitsMin &&
    digits <= digitsMax &&
    letters === 0 &&
    (mask & ~(shapeBits.space | shapeBits.dash)) === 0,

  classify({ value, key }) {
    const number = value.trim();
    const digits = digitsOf(number);
    if (!isCardNumber(digits)) return 0;
    return saysCard(key) ? 0.98 : withoutContext(number, digits);
  },

  mayHold: ({ digits }) => digits >= digitsMin,

  find,
};

function saysCard({ own, parent }: KeyPhrases): boolean {
  return saysAny(own, cardPhrases) || (saysAny(parent, cardPhrases) && saysAny(own, numberPhrases));
}

function withoutContext(number: string, digits: string): number {
  const groups = number.split(/[ -]/).map((group) => group.length);
  if (["4,4,4,4", "4,6,5", "4,6,4", "4,4,4,4,3"].includes(groups.join(","))) return 0.9;
  // Below the confidence at which a value is tagged; hidden in records all the same.
  return digits.length >= 15 ? 0.4 : 0.3;
}

function isCardNumber(digits: string): boolean {
  return hasIssuer(digits) && passesLuhn(digits) && new Set(digits).size > 1;
}

function hasIssuer(digits: string): boolean {
  const prefix = Number(digits.slice(0, 6));
  return issuerRanges.some(
    ({ from, to, lengths }) => prefix >= from && prefix <= to && lengths.includes(digits.length),
  );
}

/** The check digit that payment cards and many other numbers carry. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, double = false; at >= 0; at -= 1, double = !double) {
    const digit = digits.charCodeAt(at) - 48;
    sum += double ? (digit < 5 ? digit * 2 : digit * 2 - 9) : digit;
  }
  return sum % 10 === 0;
}

interface Group {
  readonly start: number;
  readonly end: number;
}

function find(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < text.length; ) {
    if (!isDigit(text.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const groups = groupsFrom(text, at);
    const end = groups.at(-1)?.end ?? at + 1;
    if (!isGlued(text, groups, at, end)) spans.push(...cardsIn(text, groups));
    at = end;
  }
  return spans;
}

/** Runs of digits with one space or dash between them. */
function groupsFrom(text: string, from: number): Group[] {
  const groups: Group[] = [];
  let start = from;
  while (isDigit(text.charCodeAt(start))) {
    const end = endOfRun(text, start, isDigit);
    groups.push({ start, end });
    const separator = text[end];
    if (separator !== " " && separator !== "-") break;
    start = end + 1;
  }
  return groups;
}

/** Part of an identifier, a UUID, a decimal number. */
function isGlued(text: string, groups: readonly Group[], start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  if (isWord(before) || isWord(after)) return true;
  if (before === dot && isDigit(text.charCodeAt(start - 2))) return true;
  if (after === dot && isDigit(text.charCodeAt(end + 1))) return true;
  const joined =
    (before === dash && isWord(text.charCodeAt(start - 2))) ||
    (after === dash && isWord(text.charCodeAt(end + 1)));
  // `order-4111111111111111` may hold a card; the groups of a UUID do not.
  return joined && !groups.every((group) => isCardGroup(group));
}

function isCardGroup({ start, end }: Group): boolean {
  const length = end - start;
  return (length >= 3 && length <= 7) || length >= 15;
}

const dash = 45;
const dot = 46;

function cardsIn(text: string, groups: readonly Group[]): Span[] {
  const spans: Span[] = [];
  for (let first = 0; first < groups.length; first += 1) {
    const last = lastGroupOfCard(text, groups, first);
    if (last === undefined) continue;
    const start = groups[first]?.start ?? 0;
    const end = groups[last]?.end ?? 0;
    spans.push({ start, end, confidence: confidenceIn(text, start, end) });
    first = last;
  }
  return spans;
}

function lastGroupOfCard(
  text: string,
  groups: readonly Group[],
  first: number,
): number | undefined {
  let digits = "";
  for (let last = first; last < Math.min(groups.length, first + groupsMax); last += 1) {
    const group = groups[last];
    if (group === undefined) return undefined;
    digits += text.slice(group.start, group.end);
    if (digits.length > digitsMax) return undefined;
    if (digits.length >= digitsMin && isCardNumber(digits)) return last;
  }
  return undefined;
}

function confidenceIn(text: string, start: number, end: number): number {
  const number = text.slice(start, end);
  const before = text.slice(Math.max(0, start - contextCharacters), start).toLowerCase();
  const spoken = wordsIn(before).some((word) => spokenWords.has(word));
  return spoken ? 0.9 : withoutContext(number, digitsOf(number));
}

const spokenWords: ReadonlySet<string> = new Set(
  "card cards visa mastercard amex maestro discover pan creditcard".split(" "),
);

function wordsIn(text: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const end = endOfRun(text, at, isContextLetter);
    if (end > at) words.push(text.slice(at, end));
    at = end;
  }
  return words;
}
