import { charactersOf, endOfRun } from "../characters.ts";
import type { Classifier, Span } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";
import { shapeBits } from "../value-shape.ts";

const isHashCharacter = charactersOf("A-Za-z0-9./+=$,_-");

/** Modular crypt formats and their relatives; the rest of the value must be at least that long. */
const formats: readonly { readonly prefix: string; readonly restMin: number }[] = [
  { prefix: "$2a$", restMin: 56 },
  { prefix: "$2b$", restMin: 56 },
  { prefix: "$2y$", restMin: 56 },
  { prefix: "$argon2id$", restMin: 30 },
  { prefix: "$argon2i$", restMin: 30 },
  { prefix: "$argon2d$", restMin: 30 },
  { prefix: "$scrypt$", restMin: 30 },
  { prefix: "$pbkdf2", restMin: 30 },
  { prefix: "pbkdf2_sha", restMin: 30 },
  { prefix: "pbkdf2:sha", restMin: 30 },
  { prefix: "$1$", restMin: 24 },
  { prefix: "$apr1$", restMin: 24 },
  { prefix: "$5$", restMin: 44 },
  { prefix: "$6$", restMin: 86 },
  { prefix: "$y$", restMin: 40 },
  { prefix: "$P$", restMin: 30 },
  { prefix: "{SSHA", restMin: 28 },
  { prefix: "{SHA", restMin: 28 },
];

const hashPhrases = phraseSet(
  "passwordhash hashedpassword passwordhashed passworddigest encryptedpassword pwdhash passhash passwordsalt",
);
const isDigestCharacter = charactersOf("A-Za-z0-9+/=_$:.-");

/** Recognises stored password hashes by their format, or by a telling key. */
export const passwordHash: Classifier = {
  class: "password-hash",
  summary: "Password hashes: bcrypt, argon2, scrypt, PBKDF2, crypt; digests under a telling key.",
  hiding: "fingerprint",

  mayMatch: ({ length, mask }) => length >= 16 && length <= 1024 && (mask & shapeBits.space) === 0,

  classify({ value, key }) {
    const { prefix, restMin } = formats.find((format) => value.startsWith(format.prefix)) ?? {};
    if (prefix !== undefined && value.length >= prefix.length + (restMin ?? 0)) return 0.98;
    const isDigest = endOfRun(value, 0, isDigestCharacter) === value.length;
    return isDigest && saysAny(key.own, hashPhrases) ? 0.95 : 0;
  },

  mayHold: ({ length, mask }) =>
    length >= 27 && (mask & (shapeBits.dollar | shapeBits.brace | shapeBits.colon)) !== 0,

  find,
};

function find(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (!"$p{".includes(text[at] ?? "")) continue;
    const format = formats.find(({ prefix }) => text.startsWith(prefix, at));
    if (format === undefined) continue;
    const bodyStart = at + format.prefix.length + (text[at] === "{" ? 4 : 0);
    const end = endOfRun(text, bodyStart, isHashCharacter, 1024);
    if (end - at < format.prefix.length + format.restMin) continue;
    spans.push({ start: at, end, confidence: 0.95 });
    at = end;
  }
  return spans;
}
