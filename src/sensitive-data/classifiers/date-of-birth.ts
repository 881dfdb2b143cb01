import { digitsOf } from "../characters.ts";
import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";
import { shapeBits } from "../value-shape.ts";

const birthPhrases = phraseSet(
  "dob birthdate birthday dateofbirth birthdatetime birth born bornon bday geburtsdatum geburtstag fechanacimiento datenaissance nascimento yearofbirth",
);
const placeTails = phraseSet("place city country state location name county certificate");
const yearMin = 1900;
const yearMax = 2100;

/** Recognises dates under a key that names a birth. */
export const dateOfBirth: Classifier = {
  class: "date-of-birth",
  summary: "Dates under a key that names a birth.",
  hiding: "mask",

  mayMatch: ({ length, digits, letters, mask }) =>
    length >= 4 && length <= 30 && digits >= 4 && letters <= 9 && (mask & shapeBits.at) === 0,

  classify: ({ value, key }) =>
    saysAny(key.own, birthPhrases) && !saysAny(key.tail, placeTails) && hasYear(value) ? 0.95 : 0,
};

/** `1980-02-29`, `29/02/1980`, `19800229`, `Feb 29, 1980`, `1980`: some four digits are a year. */
function hasYear(value: string): boolean {
  const groups = value.split(/\D+/);
  const candidates = groups.length > 1 ? groups : yearsIn(digitsOf(value));
  return candidates.some((text) => {
    const year = Number(text);
    return text.length === 4 && year >= yearMin && year <= yearMax;
  });
}

function yearsIn(digits: string): readonly string[] {
  return digits.length === 8 ? [digits.slice(0, 4), digits.slice(4)] : [digits];
}
