import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";
import { shapeBits } from "../value-shape.ts";

const licencePhrases = phraseSet(
  `driverlicense driverslicense driverlicence driverslicence drivinglicense drivinglicence
  driverlicensenumber driverslicensenumber drivinglicencenumber drivinglicensenumber licensenumber
  driverlicencenumber dlnumber dln fuehrerscheinnummer`,
);
const otherTails = phraseSet("state country type class expiry date status url at issued authority");

/** Recognises numbers of driving licences under a key that says so; their forms differ everywhere. */
export const drivingLicence: Classifier = {
  class: "driving-licence",
  summary: "Numbers of driving licences, told by key and form.",
  hiding: "mask",

  mayMatch: ({ length, digits, mask }) =>
    length >= 5 &&
    length <= 20 &&
    digits >= 4 &&
    (mask & ~(shapeBits.dash | shapeBits.space)) === 0,

  classify: ({ key }) =>
    saysAny(key.own, licencePhrases) && !saysAny(key.tail, otherTails) ? 0.8 : 0,
};
