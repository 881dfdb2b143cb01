import { letterTransitions } from "./letter-plausibility.ts";

/** What a path segment is by its form alone, when the form says it was not written by a programmer. */
export type SegmentType =
  | "integer"
  | "number"
  | "uuid"
  | "ulid"
  | "object-id"
  | "hash"
  | "date"
  | "date-time"
  | "email"
  | "ip"
  | "coordinates"
  | "jwt"
  | "base64"
  | "phone"
  | "token"
  | "composite"
  | "text";

/** The type of a decoded segment whose form leaves no doubt that it is a value; else undefined. */
export function typeOfSegment(segment: string): SegmentType | undefined {
  const length = segment.length;
  if (length === 0) return undefined;
  const first = segment.charCodeAt(0);
  if (isDigit(first) || first === 43 || first === 45) {
    const numeric = numericTypeOf(segment);
    if (numeric !== undefined) return numeric;
  }
  for (const [type, lengthMin, pattern] of patterns) {
    if (length >= lengthMin && pattern.test(segment)) return type;
  }
  const hexadecimal = hexOrUlid(segment);
  if (hexadecimal !== undefined) return hexadecimal;
  if (/[^A-Za-z0-9._~\-:@$!*'(),;=+]/.test(segment)) return "text";
  if (isComposite(segment)) return "composite";
  return isOpaque(segment) ? "token" : undefined;
}

/** Each a single pass: classes that follow one another do not overlap, or their lengths are fixed. */
const patterns: readonly (readonly [SegmentType, number, RegExp])[] = [
  ["uuid", 32, /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i],
  ["email", 5, /^[^@\s/]{1,64}@[^@\s/.]{1,63}(?:\.[^@\s/.]{1,63}){1,8}$/],
  ["jwt", 20, /^eyJ[\w-]{5,}\.[\w-]+\.[\w-]*$/],
  ["ip", 5, /^[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}$/i],
  ["base64", 8, /^[A-Za-z0-9+_-]{6,}={1,2}$/],
];

function numericTypeOf(segment: string): SegmentType | undefined {
  if (/^-?\d+$/.test(segment)) return "integer";
  if (/^\d{4}-\d\d-\d\d$/.test(segment)) return "date";
  if (/^\d{4}-\d\d$/.test(segment)) return "date";
  if (/^\d{4}-\d\d-\d\d[T ]\d\d[:.]?\d\d/.test(segment)) return "date-time";
  if (/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(segment)) return "ip";
  if (/^[+-]?\d{1,3}\.\d+[,;][+-]?\d{1,3}\.\d+$/.test(segment)) return "coordinates";
  if (/^[+-]?\d+\.\d{3,}$/.test(segment) || /^-\d+\.\d+$/.test(segment)) return "number";
  if (/^\+\d{7,15}$/.test(segment)) return "phone";
  // Lists of numbers (`1,2,3`), ranges (`10-20`) and dashed account numbers are values too.
  if (/^\d+(?:[,;:_-]\d+)+$/.test(segment)) return "composite";
  return undefined;
}

function hexOrUlid(segment: string): SegmentType | undefined {
  const length = segment.length;
  if (length === 26 && /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(segment) && /\d/.test(segment)) {
    return "ulid";
  }
  if (length < 12 || !/^(?:0x)?[0-9a-f]+$/i.test(segment) || !/\d/.test(segment)) return undefined;
  return length === 24 ? "object-id" : "hash";
}

/** `spotify:track:4uLU6h`, `project,issue`: several values in one segment. */
function isComposite(segment: string): boolean {
  const parts = segment.split(/[:,;~]/);
  if (parts.length < 2) return false;
  return parts.some((part) => part !== "" && (/^\d+$/.test(part) || isOpaque(part)));
}

/** Random letters and digits: base62 and base36 ids, with or without a prefix such as `cus_`. */
function isOpaque(segment: string): boolean {
  const prefix = /^[A-Za-z]{1,12}[_-](?=[A-Za-z0-9]{6,}$)/.exec(segment);
  const body = prefix === null ? segment : segment.slice(prefix[0].length);
  if (body.length < (prefix === null ? 8 : 6) || !/^[A-Za-z0-9_-]+$/.test(body)) return false;
  if (prefix === null && /[_-]/.test(body) && !isRandomAcrossSeparators(body)) return false;
  return looksRandom(body) || (prefix !== null && looksRandomAfterPrefix(body));
}

/** Behind `cus_` less is needed: mixed case that is no camelCase. */
function looksRandomAfterPrefix(body: string): boolean {
  const { digits, upper, lower, words } = compositionOf(body);
  if (digits > 0 && upper + lower > 0)
    return !/^[A-Za-z]+\d+$/.test(body) || !isPronounceable(body);
  return upper > 0 && lower > 0 && words * 4 > body.length && !isPronounceable(body);
}

/** URL-safe base64 has separators too, but then nearly every stretch between them is random. */
function isRandomAcrossSeparators(body: string): boolean {
  const joined = body.replace(/[_-]/g, "");
  const { digits, upper, lower } = compositionOf(joined);
  // A nanoid may fall into short stretches; all of it together is still no words.
  if (joined.length >= 16 && digits > 0 && upper > 2 && lower > 2 && !isPronounceable(joined)) {
    return looksRandom(joined);
  }
  const stretches = body.split(/[_-]+/).filter((stretch) => stretch.length > 0);
  if (stretches.length > 3 && stretches.every((stretch) => /^[A-Za-z]+$/.test(stretch))) {
    return false;
  }
  const random = stretches.filter((stretch) => stretch.length >= 6 && looksRandom(stretch));
  const randomLength = random.reduce((sum, stretch) => sum + stretch.length, 0);
  return randomLength * 2 > body.length;
}

function looksRandom(body: string): boolean {
  const { digits, digitRuns, upper, lower, words } = compositionOf(body);
  const letters = upper + lower;
  // `name2024`, `oauth2`, `sha256`: digits in one run at the end are a number on a word.
  const interleaved = digitRuns >= 2 || (digitRuns === 1 && !/\d$/.test(body) && !/^\d/.test(body));
  if (digits > 0 && upper > 0 && lower > 0) {
    return interleaved ? words + digitRuns >= 3 || !isPronounceable(body) : !isPronounceable(body);
  }
  if (digits > 0 && interleaved) return digitRuns >= 3 || !isPronounceable(body);
  if (digits > 0) return letters >= 5 && !isPronounceable(body);
  if (upper > 0 && lower > 0 && words * 2.6 > body.length) return !isPronounceable(body);
  return body.length >= 12 && letterTransitions(body) < -3.7;
}

interface Composition {
  readonly digits: number;
  readonly digitRuns: number;
  readonly upper: number;
  readonly lower: number;
  /** Stretches that begin with an upper-case letter or at the start. */
  readonly words: number;
}

function compositionOf(body: string): Composition {
  let [digits, digitRuns, upper, lower, words, inDigits] = [0, 0, 0, 0, 1, false];
  for (let at = 0; at < body.length; at += 1) {
    const code = body.charCodeAt(at);
    const digit = isDigit(code);
    if (digit) {
      digits += 1;
      if (!inDigits) digitRuns += 1;
    } else if (code >= 65 && code <= 90) {
      upper += 1;
      if (at > 0) words += 1;
    } else if (code >= 97 && code <= 122) lower += 1;
    inDigits = digit;
  }
  return { digits, digitRuns, upper, lower, words };
}

/** Whether the letters follow one another as in words of an API. */
function isPronounceable(body: string): boolean {
  return letterTransitions(body) > -3.05;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
