export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** ASCII letters only. */
export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

export function isAlphanumeric(code: number): boolean {
  return isDigit(code) || isLetter(code);
}

/** What glues a candidate to a longer identifier: letters, digits, underscore, anything beyond ASCII. */
export function isWord(code: number): boolean {
  return isAlphanumeric(code) || code === 95 || code > 127;
}

/** A set of characters as a predicate over codes: `charactersOf("A-Za-z0-9_-")`. */
export function charactersOf(ranges: string): (code: number) => boolean {
  const table = new Uint8Array(128);
  for (let at = 0; at < ranges.length; at += 1) {
    const from = ranges.charCodeAt(at);
    const isRange = ranges[at + 1] === "-" && at + 2 < ranges.length;
    const to = isRange ? ranges.charCodeAt(at + 2) : from;
    table.fill(1, from, to + 1);
    if (isRange) at += 2;
  }
  return (code) => table[code] === 1;
}

/** Where the run of characters that starts at `from` ends. */
export function endOfRun(
  text: string,
  from: number,
  isPart: (code: number) => boolean,
  lengthMax: number = Number.MAX_SAFE_INTEGER,
): number {
  const most = Math.min(text.length, from + lengthMax);
  let at = from;
  while (at < most && isPart(text.charCodeAt(at))) at += 1;
  return at;
}

/** The digits of a value without anything else. */
export function digitsOf(value: string): string {
  let digits = "";
  for (const character of value) if (character >= "0" && character <= "9") digits += character;
  return digits;
}
