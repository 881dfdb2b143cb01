import { digitsOnly, passesLuhn } from "../check-digits.ts";
import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";
import { shapeBits } from "../value-shape.ts";

const imeiPhrases = phraseSet("imei imei1 imei2 deviceimei imeinumber imeisv");

/** Recognises identities of mobile devices (3GPP TS 23.003, section 6) under a key that says so. */
export const imei: Classifier = {
  class: "imei",
  summary: "Identities of mobile devices, told by key and check digit.",
  hiding: "mask",

  mayMatch: ({ digits, letters, mask }) =>
    digits === 15 && letters === 0 && (mask & ~(shapeBits.dash | shapeBits.space)) === 0,

  classify: ({ value, key }) =>
    saysAny(key.own, imeiPhrases) && passesLuhn(digitsOnly(value)) ? 0.95 : 0,
};
