import { passesLuhn } from "../check-digits.ts";
import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";

const healthPhrases = phraseSet(`
  diagnosis diagnoses icd10 icd9 icdcode icd10code medicalrecordnumber mrn bloodtype bloodgroup
  medication medications prescription prescriptions allergy allergies healthcondition
  medicalcondition medicalhistory insurancenumber healthinsurancenumber nhsnumber
  medicaidnumber medicarenumber disability immunization vaccination labresult
`);
const otherTails = phraseSet("url uri href count enabled status type id date at version");
const providerPhrases = phraseSet("npi npinumber providernpi nationalprovideridentifier");
const lengthMax = 500;

/** Recognises health data under a key that names it. */
export const health: Classifier = {
  class: "health",
  summary: "Diagnoses, medication, record and insurance numbers, told by their key.",
  hiding: "mask",

  mayMatch: ({ length, letters, digits }) => length <= lengthMax && letters + digits >= 2,

  classify({ value, key }) {
    if (saysAny(key.own, providerPhrases)) return isProviderNumber(value) ? 0.95 : 0;
    const isOther = saysAny(key.tail, otherTails) && !saysAny(key.tail, healthPhrases);
    if (!saysAny(key.own, healthPhrases) || isOther) return 0;
    return value === "true" || value === "false" || value === "null" ? 0 : 0.8;
  },
};

/** Ten digits with the check digit of the number that `80840` stands before (CMS, NPI final rule). */
function isProviderNumber(value: string): boolean {
  return /^[12]\d{9}$/.test(value) && passesLuhn(`80840${value}`);
}
