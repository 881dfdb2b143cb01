import { countrySpecs, ValidationErrorsIBAN, validateIBAN } from "ibantools";
import { isAlphanumeric, isDigit, isLetter } from "../characters.ts";
import type { Classifier, Span } from "../classifier.ts";
import { shapeBits } from "../value-shape.ts";

const lengthMin = 15;
const charactersMax = 42;

/** Recognises IBANs by country, length, national structure and check digits. */
export const iban: Classifier = {
  class: "iban",
  summary: "International bank account numbers with valid check digits.",
  hiding: "mask",

  mayMatch: ({ length, digits, letters, mask }) =>
    length >= lengthMin &&
    length <= charactersMax &&
    digits >= 8 &&
    letters >= 2 &&
    (mask & ~(shapeBits.space | shapeBits.dash)) === 0,

  classify({ value }) {
    return confidenceOf(value.replaceAll(/[ -]/g, "").toUpperCase());
  },

  mayHold: ({ length, digits }) => length >= lengthMin && digits >= 8,

  find,
};

/**
 * The check digits of ISO 13616 decide. Some countries have further ones within the account; where
 * only those are wrong it is still written as an IBAN, and nothing else looks like that.
 */
function confidenceOf(text: string): number {
  const { valid, errorCodes } = validateIBAN(text);
  if (valid) return 0.99;
  const isFormal = errorCodes.every(
    (code) => code === ValidationErrorsIBAN.WrongAccountBankBranchChecksum,
  );
  return isFormal ? 0.85 : 0;
}

function find(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at + lengthMin <= text.length; at += 1) {
    if (!startsHere(text, at)) continue;
    const end = endOfIban(text, at);
    if (end === undefined) continue;
    spans.push({ start: at, end, confidence: 0.97 });
    at = end - 1;
  }
  return spans;
}

/** Two letters and two digits, not inside a word. */
function startsHere(text: string, at: number): boolean {
  return (
    isDigit(text.charCodeAt(at + 2)) &&
    isDigit(text.charCodeAt(at + 3)) &&
    isLetter(text.charCodeAt(at)) &&
    isLetter(text.charCodeAt(at + 1)) &&
    !isAlphanumeric(text.charCodeAt(at - 1))
  );
}

/** Reads as many letters and digits as the country has, over single spaces. */
function endOfIban(text: string, start: number): number | undefined {
  const length = countrySpecs[text.slice(start, start + 2).toUpperCase()]?.chars ?? 0;
  let compact = "";
  let at = start;
  for (; compact.length < length && at < start + charactersMax; at += 1) {
    const code = text.charCodeAt(at);
    if (isAlphanumeric(code)) compact += text[at];
    else if (text[at] !== " " || text[at - 1] === " ") return undefined;
  }
  const whole = length > 0 && compact.length === length && !isAlphanumeric(text.charCodeAt(at));
  return whole && confidenceOf(compact.toUpperCase()) > 0 ? at : undefined;
}
