import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";

const healthPhrases = phraseSet(`
  diagnosis diagnoses icd10 icd9 icdcode icd10code medicalrecordnumber mrn bloodtype bloodgroup
  medication medications prescription prescriptions allergy allergies healthcondition
  medicalcondition medicalhistory insurancenumber healthinsurancenumber nhsnumber
  medicaidnumber medicarenumber disability immunization vaccination labresult
`);
const otherTails = phraseSet("url uri href count enabled status type id date at version");
const lengthMax = 500;

/** Recognises health data under a key that names it. */
export const health: Classifier = {
  class: "health",
  summary: "Diagnoses, medication, record and insurance numbers, told by their key.",
  hiding: "mask",

  mayMatch: ({ length, letters, digits }) => length <= lengthMax && letters + digits >= 2,

  classify({ value, key }) {
    const isOther = saysAny(key.tail, otherTails) && !saysAny(key.tail, healthPhrases);
    if (!saysAny(key.own, healthPhrases) || isOther) return 0;
    return value === "true" || value === "false" || value === "null" ? 0 : 0.8;
  },
};
