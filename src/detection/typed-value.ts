import { characterClass } from "./character-classes.ts";

/** A value of nothing but letters and digits, and not long, is a name, a number or an identifier. */
const plainClasses = characterClass.letter | characterClass.digit;
const plainLengthMax = 64;

const uuidClasses = plainClasses | characterClass.hyphen;
const uuidLength = 36;

const dateClasses = uuidClasses | characterClass.colon | characterClass.dot | characterClass.plus;
const dateLengthMin = 10;
const dateLengthMax = 35;

/**
 * Whether a value is of a type in which no attack can be written, so that it is not searched: a
 * plain word or number, a UUID, a date with or without a time (RFC 3339). `mask` is that of its
 * character classes.
 */
export function isTypedValue(value: string, mask: number): boolean {
  if ((mask & ~dateClasses) !== 0) return false;
  if ((mask & ~plainClasses) === 0) return value.length <= plainLengthMax && !isCodes(value);
  return isUuid(value, mask) || isDateTime(value);
}

/** `0x2e0x2e0x2f`: characters by their numbers. */
function isCodes(value: string): boolean {
  return value.charCodeAt(0) === 0x30 && (value.charCodeAt(1) | 0x20) === 0x78;
}

function isUuid(value: string, mask: number): boolean {
  if (value.length !== uuidLength || (mask & ~uuidClasses) !== 0) return false;
  for (let at = 0; at < uuidLength; at++) {
    const isHyphen = at === 8 || at === 13 || at === 18 || at === 23;
    if (isHyphen ? value.charCodeAt(at) !== 0x2d : !isHexadecimal(value.charCodeAt(at)))
      return false;
  }
  return true;
}

/** The digits of `2026-11-24T10:00:00.000+01:00`; what stands between them is not questioned. */
function isDateTime(value: string): boolean {
  const { length } = value;
  if (length < dateLengthMin || length > dateLengthMax || !hasDate(value)) return false;
  if (length === dateLengthMin) return true;
  const separator = value.charCodeAt(dateLengthMin) | 0x20;
  if (separator !== 0x74) return false;
  for (let at = dateLengthMin + 1; at < length; at++) {
    const code = value.charCodeAt(at);
    const isMark = code === 0x3a || code === 0x2e || code === 0x2b || code === 0x2d;
    if (isMark ? !isDigit(value.charCodeAt(at + 1)) : !isDigit(code)) {
      return at === length - 1 && (code | 0x20) === 0x7a;
    }
  }
  return true;
}

function hasDate(value: string): boolean {
  for (let at = 0; at < dateLengthMin; at++) {
    const isHyphen = at === 4 || at === 7;
    if (isHyphen ? value.charCodeAt(at) !== 0x2d : !isDigit(value.charCodeAt(at))) return false;
  }
  return true;
}

/**
 * Whether a value is `Bearer eyJ….eyJ….…` or the token alone (RFC 7515, 3.1): three parts of
 * base64url, in which no attack can be written. Its claims are values of their own.
 */
export function isJsonWebToken(value: string): boolean {
  const start = value.startsWith("Bearer ") ? 7 : 0;
  if (!value.startsWith("eyJ", start)) return false;
  let dots = 0;
  for (let at = start; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code !== 0x2e) {
      if (!isBase64Url(code)) return false;
    } else if (++dots > 2 || value.charCodeAt(at + 1) === 0x2e) {
      return false;
    }
  }
  return dots === 2;
}

function isBase64Url(code: number): boolean {
  const letter = code | 0x20;
  return isDigit(code) || (letter >= 0x61 && letter <= 0x7a) || code === 0x2d || code === 0x5f;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isHexadecimal(code: number): boolean {
  const letter = code | 0x20;
  return isDigit(code) || (letter >= 0x61 && letter <= 0x66);
}
