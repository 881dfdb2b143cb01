import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";
import { shapeBits } from "../value-shape.ts";

const macPhrases = phraseSet("mac macaddress macaddr hwaddr hardwareaddress bssid wifimac");
const pairs = /^[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/i;
const dotted = /^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$/i;

/** Recognises hardware addresses of network cards (IEEE 802); they follow a person's device. */
export const macAddress: Classifier = {
  class: "mac-address",
  summary: "Hardware addresses of network cards.",
  hiding: "mask",

  mayMatch: ({ length, mask }) =>
    (length === 17 || length === 14) &&
    (mask === shapeBits.colon || mask === shapeBits.dash || mask === shapeBits.dot),

  classify({ value, key }) {
    const isNamed = saysAny(key.own, macPhrases);
    const isAddress = pairs.test(value) || (isNamed && dotted.test(value));
    // The broadcast address and an empty one are nobody's.
    if (!isAddress || /^[0:.-]+$|^[f:.-]+$/i.test(value)) return 0;
    if (isNamed) return 0.95;
    return value.includes(":") ? 0.8 : 0.6;
  },
};
