import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";

const vinPhrases = phraseSet(
  "vin vehicleidentificationnumber vehiclevin chassisnumber chassis vehicleid fin",
);
const form = /^[A-HJ-NPR-Z0-9]{17}$/;
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const letterValues = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";

/** Recognises identification numbers of vehicles (ISO 3779) under a key that says so. */
export const vin: Classifier = {
  class: "vin",
  summary: "Identification numbers of vehicles, told by key, form and check digit.",
  hiding: "mask",

  mayMatch: ({ length, mask, digits }) => length === 17 && mask === 0 && digits >= 4,

  classify({ value, key }) {
    const number = value.toUpperCase();
    if (!saysAny(key.own, vinPhrases) || !form.test(number)) return 0;
    // The check digit is only required in North America and China.
    return hasCheckDigit(number) ? 0.95 : 0.75;
  },
};

function hasCheckDigit(number: string): boolean {
  let sum = 0;
  for (const [at, weight] of weights.entries()) {
    sum += (letterValues.indexOf(number[at] ?? "") % 10) * weight;
  }
  return "0123456789X"[sum % 11] === number[8];
}
