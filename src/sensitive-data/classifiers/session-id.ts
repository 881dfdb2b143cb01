import type { Classifier } from "../classifier.ts";
import { saysAny } from "../key-phrases.ts";
import { looksRandom } from "../randomness.ts";
import { shapeBits } from "../value-shape.ts";
import { sessionTails } from "./credential-phrases-table.ts";

const lengthMin = 16;

/** Recognises identifiers of sessions by their key and their randomness. */
export const sessionId: Classifier = {
  class: "session-id",
  summary: "Random-looking values under a key that names a session.",
  hiding: "fingerprint",

  mayMatch: ({ length, mask }) =>
    length >= lengthMin && length <= 1_024 && (mask & (shapeBits.space | shapeBits.brace)) === 0,

  classify: ({ value, key }) =>
    saysAny(key.tail, sessionTails) && looksRandom(value, lengthMin) ? 0.9 : 0,
};
