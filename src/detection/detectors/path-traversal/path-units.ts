import { characterClass } from "../../character-classes.ts";

/** A value as a file system would walk it: every spelling of a dot or separator made plain. */
export interface PathText {
  /** Dots as `.`, separators of both kinds as `/`, everything else as it stood. */
  readonly text: string;
  /** UTF-16 offset in the value of each character of `text`, and one more for the end. */
  readonly offsets: Uint32Array | undefined;
  /** Dots and separators that stood there in a disguise which survived decoding. */
  readonly disguised: number;
  readonly backslashes: number;
}

interface Unit {
  readonly char: string;
  readonly length: number;
  readonly disguised: boolean;
}

const dot = 0x2e;
const slash = 0x2f;
const backslash = 0x5c;

/** Characters that some file system or decoder turns into a dot or a separator. */
const lookAlikes: ReadonlyMap<number, string> = new Map([
  [0x2024, "."],
  [0xff0e, "."],
  [0x2044, "/"],
  [0x2215, "/"],
  [0x2216, "/"],
  [0xff0f, "/"],
  [0xff3c, "/"],
  // What IIS and some Java decoders made of invalid sequences.
  [0xefc8, "/"],
  [0xf025, "/"],
]);

/** Layers of encoding looked through at one place, so that a run of them costs linear time. */
const layersMax = 8;

/** Reads a value the way file-system code does after one more lenient decoder. Linear. */
export function readPathText(value: string, classes = -1): PathText {
  if (!mayHideUnits(value, classes)) return plainPathText(value);
  const chars: string[] = [];
  const offsets = new Uint32Array(value.length + 1);
  let disguised = 0;
  let backslashes = 0;
  let at = 0;
  while (at < value.length) {
    const unit = unitAt(value, at, chars);
    offsets[chars.length] = at;
    if (unit === undefined) {
      const code = value.charCodeAt(at);
      if (code === backslash) backslashes++;
      chars.push(code === backslash ? "/" : value.charAt(at));
      at++;
      continue;
    }
    if (unit.char !== "") chars.push(unit.char);
    if (unit.disguised) disguised++;
    at += unit.length;
  }
  offsets[chars.length] = value.length;
  return { text: chars.join(""), offsets, disguised, backslashes };
}

function plainPathText(value: string): PathText {
  const backslashes = value.includes("\\") ? countOf(value, backslash) : 0;
  const text = backslashes === 0 ? value : value.replaceAll("\\", "/");
  return { text, offsets: undefined, disguised: 0, backslashes };
}

function countOf(value: string, code: number): number {
  let count = 0;
  for (let at = 0; at < value.length; at++) if (value.charCodeAt(at) === code) count++;
  return count;
}

const hidingClasses = characterClass.percent | characterClass.control | characterClass.nonAscii;

/** Whether anything but plain dots and separators can spell one. */
function mayHideUnits(value: string, classes: number): boolean {
  if ((classes & hidingClasses) !== 0 && hasHidingCharacter(value)) return true;
  // `0x2e` and `..2f`, where the percent sign was stripped by a filter.
  if (value.includes("0x")) return true;
  for (let at = value.indexOf(".."); at >= 0; at = value.indexOf("..", at + 1)) {
    if (isBareHexSlash(value, at + 2)) return true;
  }
  return false;
}

function hasHidingCharacter(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code > 0x7f || code === 0x25 || code === 0) return true;
  }
  return false;
}

function unitAt(value: string, at: number, before: readonly string[]): Unit | undefined {
  const code = value.charCodeAt(at);
  if (code === 0x25) return percentUnitAt(value, at);
  if (code === 0x30) return hexUnitAt(value, at);
  if (code === 0x32 || code === 0x35) {
    const afterUp = before.at(-1) === "." && before.at(-2) === ".";
    return afterUp && isBareHexSlash(value, at) ? hidden("/", 2) : undefined;
  }
  if (code > 0x7f) return foreignUnitAt(value, at);
  return undefined;
}

function hidden(char: string, length: number): Unit {
  return { char, length, disguised: true };
}

/** `%2e`, `%252e`, `%%32%65`, `%u2215`, `%c0%ae` and its relatives. */
function percentUnitAt(value: string, at: number): Unit | undefined {
  const from = afterPercentSigns(value, at);
  if (value.charAt(from) === "u" || value.charAt(from) === "U") {
    const char = unitOfCode(Number.parseInt(hexAt(value, from + 1, 4), 16));
    return char === undefined ? undefined : hidden(char, from + 5 - at);
  }
  const pair = value.slice(from, from + 2).toLowerCase();
  const char = unitOfPair(pair);
  if (char !== undefined) return hidden(char, from + 2 - at);
  return overlongUnitAt(value, at, from, pair) ?? nestedUnitAt(value, at, from, pair);
}

function unitOfPair(pair: string): string | undefined {
  if (pair === "2e") return ".";
  if (pair === "2f" || pair === "5c") return "/";
  return isInvisiblePair(pair) ? "\0" : undefined;
}

/** NUL and the control characters that some file functions drop, white space aside. */
function isInvisiblePair(pair: string): boolean {
  const code = Number.parseInt(hexAt(pair, 0, 2), 16);
  return code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d;
}

function unitOfCode(code: number): string | undefined {
  if (code === dot) return ".";
  if (code === slash || code === backslash) return "/";
  return lookAlikes.get(code);
}

function hexAt(value: string, at: number, length: number): string {
  const text = value.slice(at, at + length);
  for (let index = 0; index < text.length; index++) {
    if (!isHexCode(text.charCodeAt(index))) return "";
  }
  return text.length === length ? text.toLowerCase() : "";
}

function isHexCode(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
}

/** Lead bytes of overlong UTF-8 with the number of filler bytes after them. */
const overlongFillers: ReadonlyMap<string, number> = new Map([
  ["c0", 0],
  ["c1", 0],
  // Not hexadecimal at all, yet some decoders computed a byte from it.
  ["bg", 0],
  ["e0", 1],
  ["f0", 2],
  ["f8", 3],
  ["fc", 4],
]);

function overlongUnitAt(value: string, at: number, from: number, lead: string): Unit | undefined {
  const fillers = overlongFillers.get(lead);
  if (fillers === undefined) return undefined;
  let next = from + 2;
  for (let filler = 0; filler < fillers; filler++) {
    next = afterPercentSigns(value, next);
    if (value.slice(next, next + 2) !== "80") return undefined;
    next += 2;
  }
  const last = afterPercentSigns(value, next);
  if (last === next) {
    const char = unitOfCode(value.charCodeAt(next));
    return char === undefined ? undefined : hidden(char, next + 1 - at);
  }
  const char = unitOfOverlongEnd(value.slice(last, last + 2).toLowerCase());
  return char === undefined ? undefined : hidden(char, last + 2 - at);
}

/** Skips one percent sign, however many times it was itself encoded, within reason. */
function afterPercentSigns(value: string, at: number): number {
  let next = at;
  for (let layer = 0; layer < layersMax; layer++) {
    if (value.charCodeAt(next) === 0x25) next++;
    else if (next > at && value.startsWith("25", next)) next += 2;
    else break;
  }
  return next;
}

/** Lenient decoders look at the low bits only: `ae`, `2e`, `fe` all become a dot. */
function unitOfOverlongEnd(pair: string): string | undefined {
  if (pair === "9v" || pair === "qf" || pair === "8s" || pair === "pc") return "/";
  const low = hexAt(pair, 0, 2).charAt(1);
  if (low === "e") return ".";
  return low === "f" || low === "c" ? "/" : undefined;
}

/** `%%32%65`: the two digits of the escape are escaped themselves. */
function nestedUnitAt(value: string, at: number, from: number, first: string): Unit | undefined {
  if (value.charCodeAt(at + 1) !== 0x25 && !value.startsWith("%25", at)) return undefined;
  const next = afterPercentSigns(value, from + 2);
  const high = digitOf(first);
  if (next === from + 2) {
    const char = unitOfPair(high + value.charAt(next).toLowerCase());
    return char === undefined ? undefined : hidden(char, next + 1 - at);
  }
  const char = unitOfPair(high + digitOf(value.slice(next, next + 2)));
  return char === undefined ? undefined : hidden(char, next + 2 - at);
}

function digitOf(pair: string): string {
  const code = Number.parseInt(hexAt(pair, 0, 2), 16);
  return isHexCode(code) ? String.fromCharCode(code).toLowerCase() : "";
}

/** `0x2e`, `0x2f`, `0x5c`: escapes of languages that read a value once more. */
function hexUnitAt(value: string, at: number): Unit | undefined {
  if ((value.charCodeAt(at + 1) | 0x20) !== 0x78) return undefined;
  const char = unitOfPair(value.slice(at + 2, at + 4).toLowerCase());
  return char === undefined || char === "\0" ? undefined : hidden(char, 4);
}

function isBareHexSlash(value: string, at: number): boolean {
  const pair = value.slice(at, at + 2).toLowerCase();
  return pair === "2f" || pair === "5c";
}

function foreignUnitAt(value: string, at: number): Unit | undefined {
  const code = value.charCodeAt(at);
  const char = lookAlikes.get(code);
  if (char !== undefined) return hidden(char, 1);
  // Lead bytes of an overlong dot or slash, read as Latin-1 or as a replacement character.
  if (code !== 0xc0 && code !== 0xc1 && code !== 0xfffd) return undefined;
  let next = at + 1;
  while (value.charCodeAt(next) === 0xfffd && next - at < layersMax) next++;
  const following = value.charCodeAt(next);
  if (following === 0xae) return hidden(".", next + 1 - at);
  if (following === 0xaf || following === 0x9c) return hidden("/", next + 1 - at);
  if (following === dot || following === slash || following === backslash) {
    // `..\ufffd\ufffd..`: what stood between two climbs can only have been a separator.
    const between = value.charCodeAt(at - 1) === dot && value.charCodeAt(at - 2) === dot;
    return hidden(between && following === dot ? "/" : "", next - at);
  }
  return undefined;
}
