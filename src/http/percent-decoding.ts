import type { Decoding } from "../model/field.ts";

/**
 * Undoes percent-encoding once. Bytes are read as UTF-8, overlong forms included because lenient
 * servers accept them; a byte that is no UTF-8 becomes the character of that number, and what is
 * no escape stays.
 */
export function percentDecoded(value: string): string {
  let decoded = "";
  let copiedTo = 0;
  let at = value.indexOf("%");
  while (at >= 0) {
    const byte = byteAt(value, at);
    if (byte < 0) {
      at = value.indexOf("%", at + 1);
      continue;
    }
    decoded += value.slice(copiedTo, at);
    const point = byte < 0x80 ? -1 : codePointAt(value, at, byte);
    decoded += point < 0 ? String.fromCharCode(byte) : String.fromCodePoint(point);
    at += point < 0 ? 3 : 3 * sequenceLengthOf(byte);
    copiedTo = at;
    at = value.indexOf("%", at);
  }
  return copiedTo === 0 ? value : decoded + value.slice(copiedTo);
}

/** Undoes `+` for a space and percent-encoding, as in queries and forms. */
export function formDecoded(value: string): string {
  return percentDecoded(value.includes("+") ? value.replaceAll("+", " ") : value);
}

/** Undoes `%u0027`, which some servers still read beside `%27`. */
export function unicodePercentDecoded(value: string): string {
  let decoded = "";
  let copiedTo = 0;
  let at = value.indexOf("%");
  while (at >= 0) {
    const high = (value.charCodeAt(at + 1) | 0x20) === 0x75 ? hexPairAt(value, at + 2) : -1;
    const low = high < 0 ? -1 : hexPairAt(value, at + 4);
    if (low >= 0) {
      decoded += value.slice(copiedTo, at) + String.fromCharCode(high * 256 + low);
      copiedTo = at + 6;
    }
    at = value.indexOf("%", low < 0 ? at + 1 : copiedTo);
  }
  return copiedTo === 0 ? value : decoded + value.slice(copiedTo);
}

/** Which decoding `percentDecoded` amounts to for a value that it changes. */
export function percentKindOf(value: string): Decoding {
  for (let at = value.indexOf("%"); at >= 0; at = value.indexOf("%", at + 1)) {
    const byte = byteAt(value, at);
    if (byte >= 0xc0 && isOverlong(value, at, byte)) return "utf-8-overlong";
  }
  return "percent";
}

/** The number written as two hexadecimal digits, or -1. */
export function hexPairAt(value: string, at: number): number {
  const high = hexDigits[value.charCodeAt(at)] ?? -1;
  const low = hexDigits[value.charCodeAt(at + 1)] ?? -1;
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function isOverlong(value: string, at: number, lead: number): boolean {
  const point = codePointAt(value, at, lead);
  return point >= 0 && point < (leastOfLength[sequenceLengthOf(lead)] ?? 0);
}

/** The code point of the escaped UTF-8 sequence that starts with `lead`, or -1. */
function codePointAt(value: string, at: number, lead: number): number {
  const length = sequenceLengthOf(lead);
  if (length === 1) return -1;
  let point = lead & (0xff >> (length + 1));
  for (let nth = 1; nth < length; nth++) {
    const byte = byteAt(value, at + 3 * nth);
    if (byte < 0x80 || byte > 0xbf) return -1;
    point = point * 64 + (byte & 0x3f);
  }
  return point > 0x10ffff ? -1 : point;
}

/** How many bytes a UTF-8 sequence with this first byte has; 1 when it cannot start one. */
function sequenceLengthOf(lead: number): number {
  if (lead < 0xc0 || lead > 0xf7) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** The byte escaped at a percent sign, or -1. */
function byteAt(value: string, at: number): number {
  return value.charCodeAt(at) === 0x25 ? hexPairAt(value, at + 1) : -1;
}

const leastOfLength: readonly number[] = [0, 0, 0x80, 0x800, 0x10000];

const hexDigits: Int8Array = createHexDigits();

function createHexDigits(): Int8Array {
  const table = new Int8Array(128).fill(-1);
  for (let digit = 0; digit < 16; digit++) {
    const character = digit.toString(16);
    table[character.charCodeAt(0)] = digit;
    table[character.toUpperCase().charCodeAt(0)] = digit;
  }
  return table;
}
