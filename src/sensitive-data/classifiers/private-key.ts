import type { Span } from "../classifier.ts";

const begin = "-----BEGIN ";
const end = "-----END ";
const labelCharactersMax = 64;
/** A key is longer; `anything` between the markers is an example. */
const bodyCharactersMin = 40;

/** Finds private keys in PEM, OpenSSH and PGP armour; one without an end reaches to the text's. */
export function privateKeysIn(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1)) {
    const labelEnd = text.indexOf("-----", at + begin.length);
    if (labelEnd < 0) break;
    const label = text.slice(at + begin.length, labelEnd);
    if (label.length > labelCharactersMax || !label.includes("PRIVATE KEY")) continue;
    const footer = text.indexOf(end, labelEnd);
    if (footer >= 0 && footer - labelEnd < bodyCharactersMin) continue;
    const stop = footer < 0 ? text.length : text.indexOf("-----", footer + end.length) + 5;
    const spanEnd = stop < footer ? text.length : stop;
    spans.push({ start: at, end: spanEnd, confidence: 0.99 });
    at = spanEnd;
  }
  return spans;
}
