import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";

const routingPhrases = phraseSet(
  "routing routingnumber aba abanumber abartn rtn routingtransitnumber achrouting bankrouting",
);
const sortPhrases = phraseSet(
  "sortcode banksortcode bsb bsbnumber bsbcode blz bankleitzahl ifsc ifsccode",
);
const bicPhrases = phraseSet("bic swift swiftcode biccode swiftbic bicswift");

/** Recognises numbers of banks in payments, each under a key that says so. */
export const bankRouting: Classifier = {
  class: "bank-routing",
  summary: "Routing numbers, sort codes and BICs, told by key and form.",
  hiding: "mask",

  mayMatch: ({ length, digits, letters }) => length >= 6 && length <= 13 && digits + letters >= 6,

  classify({ value, key }) {
    if (saysAny(key.own, routingPhrases)) return isRoutingNumber(value) ? 0.95 : 0;
    if (saysAny(key.own, sortPhrases)) return isSortCode(value) ? 0.85 : 0;
    return saysAny(key.own, bicPhrases) && isBic(value) ? 0.85 : 0;
  },
};

/** Nine digits of which the weights 3, 7, 1 make a multiple of ten (American Bankers Association). */
function isRoutingNumber(value: string): boolean {
  if (!/^\d{9}$/.test(value) || value === "000000000") return false;
  const sum = [...value].reduce(
    (total, digit, at) => total + Number(digit) * ([3, 7, 1][at % 3] ?? 0),
    0,
  );
  return sum % 10 === 0;
}

function isSortCode(value: string): boolean {
  return (
    /^\d{2}[- ]?\d{2}[- ]?\d{2}$/.test(value) ||
    /^\d{3}-\d{3}$/.test(value) ||
    /^\d{8}$/.test(value) ||
    /^[A-Z]{4}0[A-Z0-9]{6}$/.test(value)
  );
}

/** ISO 9362: bank, country, place, branch. */
function isBic(value: string): boolean {
  return /^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(value);
}
