import type { Classifier } from "../classifier.ts";
import { type KeyPhrases, phraseSet, saysAny } from "../key-phrases.ts";
import { shapeBits } from "../value-shape.ts";

const streetTails = phraseSet(`
  street streetaddress addressline streetname streetline homeaddress postaladdress mailingaddress
  billingaddress shippingaddress residentialaddress deliveryaddress fulladdress strasse
  addressstreet
`);
const bareAddress = phraseSet("address addr");
const lineTails = phraseSet("line");
const addressParents = phraseSet("address addresses");
const codeTails = phraseSet("zip zipcode postalcode postcode plz");
const lengthMax = 200;

/** Recognises postal addresses under a key that names one. */
export const postalAddress: Classifier = {
  class: "address",
  summary: "Streets, postal addresses and postal codes, told by their key.",
  hiding: "mask",

  mayMatch: ({ length, mask, letters, digits }) =>
    length >= 3 &&
    length <= lengthMax &&
    letters + digits >= 3 &&
    (mask & (shapeBits.at | shapeBits.brace | shapeBits.equals)) === 0,

  classify({ value, key, shape }) {
    if (value.includes("<") || value.includes("://")) return 0;
    if (saysAny(key.tail, codeTails)) return isPostalCode(value) ? 0.7 : 0;
    const hasText = shape.letters >= 3;
    const isNumbered = hasText && shape.digits >= 1 && value.includes(" ");
    if (saysAny(key.tail, streetTails)) return streetConfidence(hasText, isNumbered);
    return isNumbered && namesAddress(key) ? 0.85 : 0;
  },
};

function streetConfidence(hasText: boolean, isNumbered: boolean): number {
  if (isNumbered) return 0.9;
  return hasText ? 0.7 : 0;
}

function namesAddress({ tail, parent }: KeyPhrases): boolean {
  return (
    saysAny(tail, bareAddress) || (saysAny(tail, lineTails) && saysAny(parent, addressParents))
  );
}

function isPostalCode(value: string): boolean {
  return (
    value.length <= 10 &&
    /^[A-Za-z0-9][A-Za-z0-9 -]*$/.test(value) &&
    /\d{2}|\d [A-Za-z]/.test(value)
  );
}
