import { isAlphanumeric, isDigit } from "../characters.ts";
import type { Classifier, Span } from "../classifier.ts";
import { type KeyPhrases, phraseSet, saysAny } from "../key-phrases.ts";
import { shapeBits } from "../value-shape.ts";
import { europeanFormats } from "./national-id/european-table.ts";
import type { NationalIdFormat } from "./national-id/national-id-format.ts";
import { worldFormats } from "./national-id/world-table.ts";

const lengthMin = 8;
const lengthMax = 24;
const separators =
  shapeBits.dash | shapeBits.dot | shapeBits.space | shapeBits.slash | shapeBits.plus;

/** Names that say an identification number of a person without saying whose. */
const generalKeys = phraseSet(`
  nationalid nationalidnumber nationalidentification nationalidentificationnumber nationalnumber
  personalid personalnumber personalidentificationnumber identitynumber identificationnumber
  governmentid citizenid citizenshipnumber taxid taxnumber taxpayerid tin taxidentificationnumber
  fiscalid idnumber idcardnumber documentnumber civilid socialinsurancenumber
`);

const formats: readonly NationalIdFormat[] = [...europeanFormats, ...worldFormats];
const formatsByLength: ReadonlyMap<number, readonly NationalIdFormat[]> = new Map(
  Array.from({ length: lengthMax + 1 }, (_, length) => [
    length,
    formats.filter(({ lengths }) => lengths.includes(length)),
  ]),
);

/** Recognises identification numbers of people by their checks, most of them under a telling key. */
export const nationalId: Classifier = {
  class: "national-id",
  summary: "Identification, social security and tax numbers of people in over 25 countries.",
  hiding: "mask",

  mayMatch: ({ length, digits, letters, mask }) =>
    length >= lengthMin &&
    length <= lengthMax &&
    digits >= 4 &&
    letters <= 11 &&
    (mask & ~separators) === 0,

  classify: ({ value, key }) => confidenceOf(value, key),

  mayHold: ({ digits, mask }) => digits >= 9 && (mask & shapeBits.dash) !== 0,

  find,
};

function confidenceOf(value: string, key: KeyPhrases): number {
  const written = value.trim().toUpperCase();
  const compact = written.replaceAll(/[-. /]/g, "");
  // The separator of the Finnish number belongs to it.
  const candidates = written === compact ? [compact] : [compact, written];
  let confidence = 0;
  for (const candidate of candidates) {
    for (const format of formatsByLength.get(candidate.length) ?? []) {
      if (!format.isValid(candidate)) continue;
      if (saysAny(key.own, format.keys)) return 0.96;
      confidence = Math.max(confidence, withoutOwnKey(format, key, written));
    }
  }
  return confidence;
}

function withoutOwnKey(format: NationalIdFormat, key: KeyPhrases, written: string): number {
  if (saysAny(key.own, generalKeys)) return 0.85;
  if (format.isDistinct) return 0.8;
  // `123.456.789-09` is how a CPF is written, and little else.
  return format.name === "CPF" && /^\d{3}\.\d{3}\.\d{3}-\d{2}$/.test(written) ? 0.85 : 0;
}

const ssnLength = 11;

/** In a text only the form `123-45-6789`; the word before it says how sure that is. */
function find(text: string): Span[] {
  const spans: Span[] = [];
  for (let dash = text.indexOf("-"); dash >= 0; dash = text.indexOf("-", dash + 1)) {
    const start = dash - 3;
    const end = start + ssnLength;
    if (start < 0 || !isSsn(text.slice(start, end)) || isGlued(text, start, end)) continue;
    const before = text.slice(Math.max(0, start - 32), start).toLowerCase();
    const told = before.includes("ssn") || before.includes("social security");
    spans.push({ start, end, confidence: told ? 0.9 : 0.4 });
    dash = end;
  }
  return spans;
}

function isSsn(text: string): boolean {
  if (text.length !== ssnLength || text[3] !== "-" || text[6] !== "-") return false;
  const digits = text.slice(0, 3) + text.slice(4, 6) + text.slice(7);
  return formats.some(({ name, isValid }) => name === "Social Security number" && isValid(digits));
}

function isGlued(text: string, start: number, end: number): boolean {
  const after = text.charCodeAt(end);
  const before = text[start - 1] ?? " ";
  return (
    isAlphanumeric(after) ||
    text[end] === "-" ||
    before === "-" ||
    before === "." ||
    isDigit(before.charCodeAt(0)) ||
    isAlphanumeric(before.charCodeAt(0))
  );
}
