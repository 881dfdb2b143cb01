import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";

const passportPhrases = phraseSet(
  "passport passportnumber passportno passportnum passportid traveldocumentnumber reisepassnummer",
);
const otherTails = phraseSet("country type expiry date status url at issued authority photo image");
const form = /^[A-Z]{0,3}[0-9]{5,9}[A-Z]{0,2}$|^(?=.*\d.*\d.*\d)[A-Z0-9]{8,9}$/i;

/** Recognises numbers of passports (ICAO 9303: up to nine characters) under a key that says so. */
export const passport: Classifier = {
  class: "passport",
  summary: "Numbers of passports, told by key and form.",
  hiding: "mask",

  mayMatch: ({ length, digits, mask }) => mask === 0 && length >= 6 && length <= 9 && digits >= 3,

  classify: ({ value, key }) =>
    saysAny(key.own, passportPhrases) && !saysAny(key.tail, otherTails) && form.test(value)
      ? 0.85
      : 0,
};
