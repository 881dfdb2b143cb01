import { isDigit, isLetter } from "../characters.ts";
import type { Classifier, Span } from "../classifier.ts";
import { shapeBits } from "../value-shape.ts";

const localCharactersMax = 64;
const domainCharactersMax = 253;

/** Recognises e-mail addresses: dot-atom, `@` (also as `%40`), a domain with a letter-only ending. */
export const email: Classifier = {
  class: "email",
  summary: "E-mail addresses.",
  hiding: "mask",

  mayMatch: ({ length, letters, mask }) =>
    length >= 6 &&
    length <= localCharactersMax + domainCharactersMax + 3 &&
    letters >= 4 &&
    (mask & shapeBits.dot) !== 0 &&
    (mask & (shapeBits.at | shapeBits.percent)) !== 0,

  classify({ value }) {
    const [only] = find(value);
    return only !== undefined && only.start === 0 && only.end === value.length ? 0.99 : 0;
  },

  mayHold: ({ mask }) => (mask & (shapeBits.at | shapeBits.percent)) !== 0,

  find,
};

function find(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let sign = nextSign(text, 0); sign !== undefined; sign = nextSign(text, sign.end)) {
    const start = startOfLocal(text, sign.start, from);
    const end = endOfDomain(text, sign.end);
    if (start === undefined || end === undefined) continue;
    spans.push({ start, end, confidence: 0.95 });
    from = end;
  }
  return spans;
}

/** The next `@` or `%40`. */
function nextSign(text: string, from: number): { start: number; end: number } | undefined {
  const plain = text.indexOf("@", from);
  const encoded = text.indexOf("%40", from);
  if (plain < 0 && encoded < 0) return undefined;
  if (plain >= 0 && (encoded < 0 || plain < encoded)) return { start: plain, end: plain + 1 };
  return { start: encoded, end: encoded + 3 };
}

function startOfLocal(text: string, sign: number, from: number): number | undefined {
  const least = Math.max(from, sign - localCharactersMax);
  let at = sign;
  while (at > least && isLocal(text.charCodeAt(at - 1))) at -= 1;
  // Neither a dot nor a quotation mark starts an address; both may stand before one.
  while (at < sign && (text[at] === "." || text[at] === "'")) at += 1;
  return at < sign && text[sign - 1] !== "." ? at : undefined;
}

function endOfDomain(text: string, from: number): number | undefined {
  const most = Math.min(text.length, from + domainCharactersMax);
  let end = from;
  while (end < most && isDomain(text.charCodeAt(end))) end += 1;
  while (end > from && (text[end - 1] === "." || text[end - 1] === "-")) end -= 1;
  end = withoutTail(text, from, end);
  const labels = text.slice(from, end).split(".");
  const last = labels.at(-1) ?? "";
  const wellFormed = labels.length >= 2 && labels.every((label) => isLabel(label));
  return wellFormed && isTopLevel(last) ? end : undefined;
}

/** In `bob@example.com-2026` the address ends before the dash. */
function withoutTail(text: string, from: number, end: number): number {
  // Within the domain only: a search back through the whole text would be quadratic.
  const domain = text.slice(from, end);
  const last = domain.lastIndexOf(".") + 1;
  if (last === 0 || domain.startsWith("xn--", last)) return end;
  const dash = domain.indexOf("-", last);
  return dash < 0 ? end : from + dash;
}

function isLabel(label: string): boolean {
  return label.length >= 1 && label.length <= 63 && !label.startsWith("-") && !label.endsWith("-");
}

/** `com`, `xn--p1ai`; file names such as `icon@2x.png` are no addresses. */
function isTopLevel(label: string): boolean {
  if (label.length < 2 || notTopLevel.has(label.toLowerCase())) return false;
  if (label.toLowerCase().startsWith("xn--")) return true;
  for (let at = 0; at < label.length; at += 1) {
    const code = label.charCodeAt(at);
    if (code < 128 && !isLetter(code)) return false;
  }
  return true;
}

const notTopLevel: ReadonlySet<string> = new Set(
  "png jpg jpeg gif svg webp ico css js mjs json html htm xml txt pdf woff ttf map".split(" "),
);

/** Of the marks that RFC 5322 allows, those that do not more often separate an address from a key. */
const localMarks: ReadonlySet<number> = new Set(
  [..."!#$%'*+-^_{|}~."].map((character) => character.charCodeAt(0)),
);

function isLocal(code: number): boolean {
  return isLetter(code) || isDigit(code) || code > 127 || localMarks.has(code);
}

function isDomain(code: number): boolean {
  return isLetter(code) || isDigit(code) || code > 127 || code === 45 || code === 46;
}
