import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { isDigit, isWord } from "../characters.ts";
import type { Classifier, Span } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";
import { shapeBits } from "../value-shape.ts";

const digitsMin = 7;
const digitsMax = 15;
const charactersMax = 32;
/** Fewer national digits are too often something else. */
const possibleDigitsMin = 9;

const phonePhrases = phraseSet(
  "phone phones telephone tel mobile cell cellphone fax msisdn whatsapp landline phonenumber mobilenumber telefon handy",
);
/** `phoneType`, `mobileApp`, `phone_verified_at` speak of a phone, and hold none. */
const otherTails = phraseSet(
  "type id os version model at date time count status app device verified enabled country code extension ext size",
);

/** Recognises telephone numbers: valid ones with a country code anywhere, national ones by their key. */
export const phone: Classifier = {
  class: "phone",
  summary:
    "Telephone numbers: international with a valid number plan, national under a telling key.",
  hiding: "mask",

  mayMatch: ({ length, digits, letters, mask }) =>
    digits >= digitsMin &&
    digits <= digitsMax + 5 &&
    length <= charactersMax &&
    letters <= 4 &&
    (mask &
      ~(
        shapeBits.plus |
        shapeBits.space |
        shapeBits.dash |
        shapeBits.dot |
        shapeBits.slash |
        shapeBits.other |
        shapeBits.colon
      )) ===
      0,

  classify({ value, key }) {
    const number = value.startsWith("tel:") ? value.slice(4) : value.trim();
    const told = saysAny(key.own, phonePhrases) && !saysAny(key.tail, otherTails);
    if (number.startsWith("+")) return international(number, told);
    return told && isNational(number) ? 0.85 : 0;
  },

  mayHold: ({ digits, mask }) => digits >= digitsMin && (mask & shapeBits.plus) !== 0,

  find,
};

function international(number: string, told: boolean): number {
  const parsed = parsePhoneNumberFromString(number);
  if (parsed === undefined || !isNational(number.slice(1))) return 0;
  if (parsed.isValid()) return told ? 0.98 : 0.9;
  if (!parsed.isPossible()) return 0;
  if (told) return 0.85;
  // Numbering plans change: so many digits behind a plus are hardly anything else.
  return parsed.nationalNumber.length >= possibleDigitsMin ? 0.6 : 0;
}

/** Digits with the marks that people put between them, an extension at most after them. */
function isNational(number: string): boolean {
  let digits = 0;
  for (let at = 0; at < number.length; at += 1) {
    const code = number.charCodeAt(at);
    if (isDigit(code)) digits += 1;
    else if (!phoneMarks.has(number[at] ?? "")) return false;
  }
  return digits >= digitsMin && digits <= digitsMax + 5;
}

const phoneMarks: ReadonlySet<string> = new Set(" ()-./xt".split(""));

function find(text: string): Span[] {
  const spans: Span[] = [];
  for (let plus = text.indexOf("+"); plus >= 0; plus = text.indexOf("+", plus + 1)) {
    if (isWord(text.charCodeAt(plus - 1))) continue;
    const end = endOfNumber(text, plus + 1);
    if (end === undefined) continue;
    spans.push({ start: plus, end, confidence: 0.85 });
    plus = end;
  }
  return spans;
}

function endOfNumber(text: string, from: number): number | undefined {
  const most = Math.min(text.length, from + charactersMax);
  let end = from;
  let digits = 0;
  for (let at = from; at < most && digits < digitsMax; at += 1) {
    if (isDigit(text.charCodeAt(at))) {
      digits += 1;
      end = at + 1;
    } else if (!" ()-.".includes(text[at] ?? "")) break;
  }
  if (digits < digitsMin || isWord(text.charCodeAt(end))) return undefined;
  return parsePhoneNumberFromString(text.slice(from - 1, end))?.isValid() === true
    ? end
    : undefined;
}
