import { charactersOf, endOfRun, isWord } from "../characters.ts";
import type { Classifier, Span } from "../classifier.ts";
import { entropyOf, isPlaceholder } from "../randomness.ts";
import { connectionPasswordsIn } from "./connection-password.ts";
import { privateKeysIn } from "./private-key.ts";
import { alphabets, type SecretFormat, secretFormats } from "./secret-formats-table.ts";

/** Recognises credentials by the published formats of those who hand them out. */
export const secret: Classifier = {
  class: "secret",
  summary: "Tokens of known providers, private keys, passwords in connection strings.",
  hiding: "fingerprint",

  mayMatch: ({ length }) => length >= 15,

  classify({ value }) {
    const [only] = find(value);
    if (only === undefined) return 0;
    const isWhole = only.start === 0 && only.end === value.trimEnd().length;
    const isAddress = value.includes("://") && !value.includes(" ");
    return isWhole || isAddress ? only.confidence : 0;
  },

  mayHold: ({ length }) => length >= 15,

  find,
};

const isPart: Readonly<Record<keyof typeof alphabets, (code: number) => boolean>> =
  Object.fromEntries(
    Object.entries(alphabets).map(([name, ranges]) => [name, charactersOf(ranges)]),
  ) as Record<keyof typeof alphabets, (code: number) => boolean>;

/** Formats by the first two characters of their prefix; the longer prefix first. */
const formatsByStart: ReadonlyMap<string, readonly SecretFormat[]> = Map.groupBy(
  secretFormats.toSorted((a, b) => b.prefix.length - a.prefix.length),
  ({ prefix }) => prefix.slice(0, 2),
);

function find(text: string): Span[] {
  const spans = [...tokensIn(text), ...privateKeysIn(text), ...connectionPasswordsIn(text)];
  return withoutOverlap(spans.toSorted((a, b) => a.start - b.start));
}

function tokensIn(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < text.length - 14; at += 1) {
    const formats = formatsByStart.get(text.slice(at, at + 2));
    if (formats === undefined || isWord(text.charCodeAt(at - 1))) continue;
    const end = endOfToken(text, at, formats);
    if (end === undefined) continue;
    spans.push({ start: at, end, confidence: 0.95 });
    at = end;
  }
  return spans;
}

function endOfToken(
  text: string,
  start: number,
  formats: readonly SecretFormat[],
): number | undefined {
  for (const { prefix, alphabet, lengthMin, lengthMax } of formats) {
    if (!text.startsWith(prefix, start)) continue;
    const bodyStart = start + prefix.length;
    const end = endOfRun(text, bodyStart, isPart[alphabet], lengthMax + 1);
    const length = end - bodyStart;
    if (length < lengthMin || length > lengthMax || isAlphanumericAfter(text, end)) continue;
    if (isRandom(text.slice(bodyStart, end))) return end;
  }
  return undefined;
}

function isAlphanumericAfter(text: string, end: number): boolean {
  return isPart.alphanumeric(text.charCodeAt(end));
}

/** Not `ghp_xxxxxxxx`, and not the prose that a short prefix may start. */
function isRandom(body: string): boolean {
  return !isPlaceholder(body) && entropyOf(body.slice(0, 256)) >= 2.5;
}

function withoutOverlap(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span);
  return kept;
}
