import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";
import { shapeBits } from "../value-shape.ts";

const namePhrases = phraseSet(`
  firstname lastname surname familyname givenname middlename maidenname fullname
  cardholder cardholdername nameoncard holdername accountholder accountholdername patientname
  customername contactname recipientname beneficiaryname employeename studentname guestname
  passengername fname lname vorname nachname nombre apellido apellidos prenom nomdefamille
  sobrenome cognome
`);
const personParents = phraseSet(
  "person customer patient owner contact recipient employee passenger guest beneficiary cardholder",
);
const bareName = phraseSet("name");
/** Words of companies and of placeholders. */
const otherWords = phraseSet(
  "inc llc ltd gmbh corp corporation company co ag sa bv plc shop store group team bank string null undefined unknown",
);
const wordsMax = 6;
const lengthMax = 80;

/** Recognises names of people under a key that names a person's name. */
export const personName: Classifier = {
  class: "person-name",
  summary: "Names of people, told by their key.",
  hiding: "mask",

  mayMatch: ({ length, letters, digits, mask }) =>
    length >= 2 &&
    length <= lengthMax &&
    digits === 0 &&
    letters >= 2 &&
    (mask & (shapeBits.at | shapeBits.brace | shapeBits.slash | shapeBits.underscore)) === 0,

  classify({ value, key }) {
    const words = value.toLowerCase().split(/[ .,]+/);
    const isOther = words.length > wordsMax || words.some((word) => otherWords.has(word));
    if (isOther || value.includes("<")) return 0;
    const told = key.tail.has("name") ? 0.9 : 0.85;
    if (saysAny(key.tail, namePhrases)) return told;
    const ofPerson = saysAny(key.parent, personParents) && saysAny(key.tail, bareName);
    // `{"owner": {"name": "…"}}` may be an organisation or a repository.
    return ofPerson && key.own.size === 1 && value.includes(" ") ? 0.6 : 0;
  },
};
