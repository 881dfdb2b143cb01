/** A line within a value that a protocol of lines would read as a header or a status. */
export interface InjectedLine {
  /** Where the line end before it stands. */
  readonly start: number;
  readonly end: number;
  /** Lower case; empty for a status line. */
  readonly name: string;
  readonly content: string;
  readonly isStatus: boolean;
}

/** More lines make a document, not a header's value. */
const linesMax = 32;
const nameCharsMax = 64;
const contentCharsMax = 256;

/** The header-like lines behind the first line end of a value. */
export function injectedLinesIn(value: string): readonly InjectedLine[] {
  const lines: InjectedLine[] = [];
  let start = nextLineEnd(value, 0);
  for (let count = 0; start >= 0 && count < linesMax; count++) {
    let at = start;
    while (at < value.length && (isLineEnd(value.charCodeAt(at)) || value.charCodeAt(at) === 0x20))
      at++;
    const line = readLine(value, start, at);
    if (line !== undefined) lines.push(line);
    start = nextLineEnd(value, at);
  }
  return lines;
}

function readLine(value: string, start: number, at: number): InjectedLine | undefined {
  const lineEnd = nextLineEnd(value, at);
  const end = Math.min(lineEnd < 0 ? value.length : lineEnd, at + contentCharsMax);
  if (value.startsWith("HTTP/", at)) {
    return { start, end, name: "", content: value.slice(at, end), isStatus: true };
  }
  let nameEnd = at;
  while (nameEnd < at + nameCharsMax && isNameCode(value.charCodeAt(nameEnd))) nameEnd++;
  let colon = nameEnd;
  // Some servers skip stray line ends before the colon.
  while (colon < nameEnd + 8 && isLineEnd(value.charCodeAt(colon))) colon++;
  if (nameEnd === at || value.charCodeAt(colon) !== 0x3a) return undefined;
  const content = value.slice(colon + 1, Math.max(end, Math.min(value.length, colon + 64))).trim();
  return {
    start,
    end: Math.max(end, colon + 1),
    name: value.slice(at, nameEnd).toLowerCase(),
    content,
    isStatus: false,
  };
}

function nextLineEnd(value: string, from: number): number {
  for (let at = from; at < value.length; at++) if (isLineEnd(value.charCodeAt(at))) return at;
  return -1;
}

/** Carriage return, line feed, and two characters whose low bytes are these to careless code. */
export function isLineEnd(code: number): boolean {
  return code === 0x0d || code === 0x0a || code === 0x560d || code === 0x560a;
}

function isNameCode(code: number): boolean {
  const letter = code | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) ||
    code === 0x2d ||
    code === 0x5f ||
    (code >= 0x30 && code <= 0x39)
  );
}
