import { hexPairAt } from "./percent-decoding.ts";

/** Undoes the escapes of JSON and JavaScript that hide characters: `\u0027`, `\u{27}`, `\x27`, `\047`. */
export function escapesDecoded(value: string): string {
  let decoded = "";
  let copiedTo = 0;
  let at = value.indexOf("\\");
  while (at >= 0) {
    const length = escapeLengthAt(value, at);
    if (length === 0) {
      // A second backslash belongs to this one: `\\u0027` says `\u0027`, which is no quote.
      at = value.indexOf("\\", at + (value.charCodeAt(at + 1) === 0x5c ? 2 : 1));
      continue;
    }
    decoded += value.slice(copiedTo, at) + characterOf(value.slice(at + 1, at + length));
    copiedTo = at + length;
    at = value.indexOf("\\", copiedTo);
  }
  return copiedTo === 0 ? value : decoded + value.slice(copiedTo);
}

/** How long the escape at a backslash is, or 0 when it is none of these. */
function escapeLengthAt(value: string, at: number): number {
  const kind = value.charCodeAt(at + 1);
  if (kind === 0x78) return hexPairAt(value, at + 2) < 0 ? 0 : 4;
  if (kind === 0x75) return unicodeLengthAt(value, at);
  const isOctal =
    kind >= 0x30 && kind <= 0x33 && isOctalDigit(value, at + 2) && isOctalDigit(value, at + 3);
  return isOctal ? 4 : 0;
}

function unicodeLengthAt(value: string, at: number): number {
  if (value.charCodeAt(at + 2) === 0x7b) return bracedLengthAt(value, at);
  return hexPairAt(value, at + 2) < 0 || hexPairAt(value, at + 4) < 0 ? 0 : 6;
}

/** The longest number is `\u{10ffff}`; leading zeros up to eight digits are taken as well. */
function bracedLengthAt(value: string, at: number): number {
  const end = value.slice(at + 3, at + 12).indexOf("}");
  if (end <= 0) return 0;
  for (let digit = at + 3; digit < at + 3 + end; digit++) {
    if (hexPairAt(`0${value.charAt(digit)}`, 0) < 0) return 0;
  }
  return end + 4;
}

function characterOf(sequence: string): string {
  const kind = sequence.charCodeAt(0);
  if (kind !== 0x78 && kind !== 0x75) return String.fromCharCode(Number.parseInt(sequence, 8));
  const digits = sequence.charCodeAt(1) === 0x7b ? sequence.slice(2, -1) : sequence.slice(1);
  const point = Number.parseInt(digits, 16);
  return point > 0x10ffff ? "\ufffd" : String.fromCodePoint(point);
}

function isOctalDigit(value: string, at: number): boolean {
  const code = value.charCodeAt(at);
  return code >= 0x30 && code <= 0x37;
}
