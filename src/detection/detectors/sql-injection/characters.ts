const stringPrefixes: ReadonlySet<string> = new Set(["n", "x", "b", "e", "r", "q", "nq"]);

/** Whether a word before a quote belongs to the string: `n'…'`, `_utf8'…'`. */
export function isStringPrefix(word: string): boolean {
  return stringPrefixes.has(word) || word.startsWith("_");
}

/** Whether a character is a decimal digit. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Whether a character is a hexadecimal digit. */
export function isHexDigit(code: number): boolean {
  const lower = code | 0x20;
  return isDigit(code) || (lower >= 0x61 && lower <= 0x66);
}

/** Whether a character begins a word or an unquoted name. */
export function isWordStart(code: number): boolean {
  const lower = code | 0x20;
  return (
    (lower >= 0x61 && lower <= 0x7a) || code === 0x5f || (code > 0x7f && !isWidePunctuation(code))
  );
}

/** Whether a character continues a word or an unquoted name. */
export function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code) || code === 0x24;
}

/** Spaces, dashes and quotes beyond ASCII, which are no part of a name. */
function isWidePunctuation(code: number): boolean {
  return code < 0xaa || (code >= 0x2000 && code <= 0x206f) || code === 0x3000;
}

/** White space of any dialect, with the wide and fixed spaces some databases fold into one. */
export function isBlank(code: number): boolean {
  if (code <= 0x20) return code !== 0;
  return code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200b);
}

/** Whether a character continues a comparison operator. */
export function isComparisonPart(code: number): boolean {
  return code === 0x3d || code === 0x3c || code === 0x3e || code === 0x7e;
}

/** The end of an exponent such as `e10` or `e-3`, or where it would start when there is none. */
export function endOfExponent(text: string, at: number): number {
  if ((text.charCodeAt(at) | 0x20) !== 0x65) return at;
  let next = at + 1;
  const sign = text.charCodeAt(next);
  if (sign === 0x2b || sign === 0x2d) next++;
  if (!isDigit(text.charCodeAt(next))) return at;
  while (isDigit(text.charCodeAt(next))) next++;
  return next;
}

/** The end of a `1.e` that MySQL drops, or 0 when there is none at this offset. */
export function ignoredNumberEnd(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at++;
  const isDropped = text.charCodeAt(at) === 0x2e && (text.charCodeAt(at + 1) | 0x20) === 0x65;
  return isDropped && !isWordPart(text.charCodeAt(at + 2)) ? at + 2 : 0;
}
