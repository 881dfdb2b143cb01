/** Whether a text is a number as JSON writes it. */
export function isJsonNumber(text: string): boolean {
  let at = text.charCodeAt(0) === 0x2d ? 1 : 0;
  const wholeEnd = digitsEnd(text, at);
  if (wholeEnd === at || (text.charCodeAt(at) === 0x30 && wholeEnd > at + 1)) return false;
  at = wholeEnd;
  if (text.charCodeAt(at) === 0x2e) {
    const fractionEnd = digitsEnd(text, at + 1);
    if (fractionEnd === at + 1) return false;
    at = fractionEnd;
  }
  if ((text.charCodeAt(at) | 0x20) === 0x65) {
    const sign = text.charCodeAt(at + 1);
    const start = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
    const exponentEnd = digitsEnd(text, start);
    if (exponentEnd === start) return false;
    at = exponentEnd;
  }
  return at === text.length;
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) break;
    at++;
  }
  return at;
}

/** What a JSON string with escapes says; escapes that JSON does not have keep their character. */
export function jsonStringOf(raw: string): {
  readonly value: string;
  readonly wellFormed: boolean;
} {
  let value = "";
  let copiedTo = 0;
  let wellFormed = true;
  for (let at = raw.indexOf("\\"); at >= 0; at = raw.indexOf("\\", copiedTo)) {
    value += raw.slice(copiedTo, at);
    const kind = raw.charAt(at + 1);
    const unit = kind === "u" ? unitAt(raw, at + 2) : -1;
    const character = unit >= 0 ? String.fromCharCode(unit) : escapedCharacters.get(kind);
    wellFormed &&= character !== undefined;
    value += character ?? kind;
    copiedTo = at + (unit >= 0 ? 6 : 2);
  }
  return { value: value + raw.slice(copiedTo), wellFormed };
}

/** The UTF-16 unit written as four hexadecimal digits, or -1. */
function unitAt(text: string, at: number): number {
  let unit = 0;
  for (let digit = at; digit < at + 4; digit++) {
    const code = text.charCodeAt(digit);
    const letter = code | 0x20;
    if (code >= 0x30 && code <= 0x39) unit = unit * 16 + code - 0x30;
    else if (letter >= 0x61 && letter <= 0x66) unit = unit * 16 + letter - 0x57;
    else return -1;
  }
  return unit;
}

const escapedCharacters: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);
