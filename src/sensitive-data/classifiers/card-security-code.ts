import { charactersOf, endOfRun } from "../characters.ts";
import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";

const codeTails = phraseSet(
  "cvv cvc cvv2 cvc2 cid csc securitycode cardcode cardverificationvalue verificationvalue cardsecuritycode cardcvc cardcvv",
);
const isDigits = charactersOf("0-9");

/** Recognises card verification codes under a key that names them; they may never be stored. */
export const cardSecurityCode: Classifier = {
  class: "card-security-code",
  summary: "Card verification codes (CVV, CVC), told by their key.",
  hiding: "mask",

  mayMatch: ({ length, digits }) => digits === length && (length === 3 || length === 4),

  classify: ({ value, key }) =>
    saysAny(key.tail, codeTails) && endOfRun(value, 0, isDigits) === value.length ? 0.95 : 0,
};
