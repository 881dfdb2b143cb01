import { charactersOf, endOfRun, isWord } from "../characters.ts";
import type { Classifier, Span } from "../classifier.ts";
import { shapeBits } from "../value-shape.ts";

/** How every base64url text of a JSON object starts: `{"`. */
const start = "eyJ";
const headerCharactersMax = 4_096;
const isBase64Url = charactersOf("A-Za-z0-9_-");

/** Recognises JSON Web Tokens, signed, encrypted and unsecured, by a header that names an algorithm. */
export const jwt: Classifier = {
  class: "jwt",
  summary: "JSON Web Tokens whose header names an algorithm.",
  hiding: "fingerprint",

  mayMatch: ({ length, mask }) => length >= 20 && (mask & shapeBits.dot) !== 0,

  classify({ value }) {
    if (!value.startsWith(start)) return 0;
    const [only] = find(value);
    return only !== undefined && only.end === value.length ? 0.99 : 0;
  },

  mayHold: ({ length, mask }) => length >= 20 && (mask & shapeBits.dot) !== 0,

  find,
};

function find(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
    if (isWord(text.charCodeAt(at - 1))) continue;
    const end = endOfToken(text, at);
    if (end === undefined) continue;
    spans.push({ start: at, end, confidence: 0.98 });
    at = end;
  }
  return spans;
}

/** Three parts, or five of an encrypted token; the last may be empty. */
function endOfToken(text: string, from: number): number | undefined {
  const headerEnd = endOfRun(text, from, isBase64Url, headerCharactersMax);
  if (text[headerEnd] !== "." || !namesAlgorithm(text.slice(from, headerEnd))) return undefined;
  let end = headerEnd;
  for (let part = 1; part < 5 && text[end] === "."; part += 1) {
    end = endOfRun(text, end + 1, isBase64Url);
  }
  return end;
}

function namesAlgorithm(header: string): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(header, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null && "alg" in value;
  } catch {
    return false;
  }
}
