import { assignmentsIn } from "../assignments.ts";
import type { Classifier, Span } from "../classifier.ts";
import { type KeyPhrases, keyPhrasesOf, saysAny } from "../key-phrases.ts";
import { looksRandom } from "../randomness.ts";
import { shapeBits } from "../value-shape.ts";
import {
  apiKeyTails,
  harmlessTails,
  passwordTails,
  sessionTails,
} from "./credential-phrases-table.ts";

const lengthMin = 12;

/** Recognises credentials of programs by their key and their randomness. */
export const apiKey: Classifier = {
  class: "api-key",
  summary: "Random-looking values under a key that names a key, token or secret.",
  hiding: "fingerprint",

  mayMatch: ({ length, mask }) =>
    length >= lengthMin && length <= 4_096 && (mask & shapeBits.brace) === 0,

  classify({ value, key }) {
    if (!namesCredential(key)) return 0;
    const space = value.indexOf(" ");
    // `Bearer …`, `Basic …`, `Token …`
    const token = space > 0 && space <= 12 ? value.slice(space + 1) : value;
    return looksRandom(token, lengthMin) && !isAddress(token) ? 0.9 : 0;
  },

  mayHold: ({ mask }) => (mask & (shapeBits.equals | shapeBits.colon)) !== 0,

  find,
};

function namesCredential(key: KeyPhrases): boolean {
  return saysAny(key.tail, apiKeyTails) && !saysAny(key.tail, harmlessTails);
}

/** `"token": "https://issuer.example/token2"` names where tokens come from. */
function isAddress(value: string): boolean {
  return value.includes("://") || value.startsWith("/") || value.startsWith("arn:");
}

/** `api_key = "…"`, `--password=…`, `Authorization: Bearer …` within a text. */
function find(text: string): Span[] {
  const spans: Span[] = [];
  for (const { name, start, end } of assignmentsIn(text)) {
    const key = keyPhrasesOf(name);
    const value = text.slice(start, end);
    const isKey = namesCredential(key) && looksRandom(value, lengthMin) && !isAddress(value);
    const isPassword = saysAny(key.tail, passwordTails) && looksRandom(value, 6);
    const isSession = saysAny(key.tail, sessionTails) && looksRandom(value, 16);
    if (isKey || isPassword || isSession) spans.push({ start, end, confidence: 0.8 });
  }
  return spans;
}
