const stringPrefixes: ReadonlySet<string> = new Set([
  "n",
  "x",
  "b",
  "e",
  "r",
  "q",
  "nq",
  "_utf8",
  "_utf8mb4",
  "_latin1",
  "_binary",
]);

/** Whether a word before a quote belongs to the string: `n'…'`, `_utf8'…'`. */
export function isStringPrefix(word: string): boolean {
  return stringPrefixes.has(word);
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
  return (lower >= 0x61 && lower <= 0x7a) || code === 0x5f || (code > 0x7f && !isBlank(code));
}

/** Whether a character continues a word or an unquoted name. */
export function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code) || code === 0x24;
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

/** Takes `e10`, and the bare `e` after a dot that MySQL's reader swallows: `1.e(1)`. */
export function endOfExponent(text: string, at: number, hasDot: boolean): number {
  if ((text.charCodeAt(at) | 0x20) !== 0x65) return at;
  let next = at + 1;
  const sign = text.charCodeAt(next);
  if (sign === 0x2b || sign === 0x2d) next++;
  if (!isDigit(text.charCodeAt(next))) {
    return hasDot && text.charCodeAt(at + 1) === 0x28 ? at + 1 : at;
  }
  while (isDigit(text.charCodeAt(next))) next++;
  return next;
}
