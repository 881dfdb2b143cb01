import type { Confidence } from "../../../model/detection.ts";

/** A serialised object of PHP within a value. */
export interface PhpObject {
  readonly confidence: Confidence;
  readonly start: number;
  readonly end: number;
}

/** More beginnings of one value are not tried. */
const triesMax = 32;
const classCharsMax = 256;

/** What every value with such an object has. */
export const phpObjectSigns: readonly string[] = ["o:", "c:", ";r:"];

/**
 * Finds `O:8:"Monolog…":1:{…`: the object's class with its length, and the number of its properties.
 * Arrays of plain values are what PHP applications store honestly.
 */
export function findPhpObject(value: string): PhpObject | undefined {
  let tries = 0;
  for (let at = value.indexOf(":"); at >= 0 && tries < triesMax; at = value.indexOf(":", at + 1)) {
    const kind = value.charAt(at - 1);
    if (kind !== "O" && kind !== "C" && kind !== "o") continue;
    if (!isStart(value, at - 2)) continue;
    tries++;
    const found = readObject(value, at - 1);
    if (found !== undefined) return found;
  }
  return findReference(value);
}

/** A value starts, or another one ended. */
function isStart(value: string, at: number): boolean {
  return at < 0 || "{;|=\"' \n".includes(value.charAt(at));
}

function readObject(value: string, start: number): PhpObject | undefined {
  let at = start + 2;
  if (value.charAt(at) === "+") at++;
  const lengthEnd = digitsEnd(value, at);
  if (lengthEnd === at || value.charAt(lengthEnd) !== ":") return undefined;
  const length = Number(value.slice(at, lengthEnd));
  const quote = value.charAt(lengthEnd + 1) === "\\" ? lengthEnd + 2 : lengthEnd + 1;
  if (value.charAt(quote) !== '"') return undefined;
  const name = value.slice(quote + 1, quote + 1 + classCharsMax);
  const close = name.indexOf('"');
  if (close <= 0) return undefined;
  const behind = quote + 1 + close + 1;
  const isComplete = close === length && value.charAt(behind) === ":";
  return {
    confidence: isComplete ? "high" : "medium",
    start,
    end: Math.min(value.length, behind + 40),
  };
}

/** `a:2:{s:10:"admin_hash";N;s:4:"hmac";R:2;}`: a reference makes two values one. */
function findReference(value: string): PhpObject | undefined {
  if (!value.trimStart().startsWith("a:")) return undefined;
  const start = value.indexOf(";R:");
  if (start < 0 || !value.includes(":{")) return undefined;
  return { confidence: "medium", start, end: Math.min(value.length, start + 8) };
}

function digitsEnd(value: string, from: number): number {
  let at = from;
  while (at < from + 10 && value.charCodeAt(at) >= 0x30 && value.charCodeAt(at) <= 0x39) at++;
  return at;
}
