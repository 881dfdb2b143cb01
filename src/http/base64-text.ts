import { TextRuns } from "./text-runs.ts";

/**
 * The text that a value hides as base64 (either alphabet, padding optional), or undefined when it
 * is none: identifiers, hashes and keys decode to bytes that are no text, which shows after a few.
 */
export function base64TextOf(value: string): string | undefined {
  const start = value.startsWith("data:") ? value.indexOf(";base64,") + 8 : 0;
  if (value.length - start < encodedCharsMin || isHexadecimal(value)) return undefined;
  if (!isEncodedText(value, start)) return undefined;
  const bytes = Buffer.from(start === 0 ? value : value.slice(start), "base64");
  // PowerShell's -EncodedCommand takes UTF-16.
  return bytes[1] === 0 && bytes[3] === 0 ? bytes.toString("utf16le") : bytes.toString("utf8");
}

/** Shorter ones hide too little, and too many words would pass. */
const encodedCharsMin = 8;
/** Bytes that are no text among text hide nothing when a run this long is left. */
const textRunBytes = 10;
/** Without such a run by then, it is a key or a picture. */
const bytesWithoutRunMax = 256;

function isEncodedText(value: string, start: number): boolean {
  const runs = new TextRuns();
  let bits = 0;
  let bitCount = 0;
  let at = start;
  for (; at < value.length; at++) {
    const sextet = sextets[value.charCodeAt(at)] ?? -1;
    if (sextet === lineEnd) continue;
    if (sextet < 0) break;
    bits = ((bits << 6) | sextet) & 0xffff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    runs.add((bits >> bitCount) & 0xff);
    if (runs.bytes > bytesWithoutRunMax && runs.longestRun < textRunBytes) return false;
  }
  // A single character left over encodes nothing.
  if (bitCount === 6 || !isPaddedEnd(value, at)) return false;
  return runs.textBytes === runs.bytes || runs.longestRun >= textRunBytes;
}

/** UUIDs, hashes and numbers: of these sixteen letters no base64 makes words. */
function isHexadecimal(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    const letter = code | 0x20;
    const isDigit = (code >= 0x30 && code <= 0x39) || code === 0x2d;
    if (!isDigit && (letter < 0x61 || letter > 0x66)) return false;
  }
  return true;
}

function isPaddedEnd(value: string, from: number): boolean {
  if (value.length - from > 4) return false;
  for (let at = from; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code !== 0x3d && code !== 0x0a && code !== 0x0d) return false;
  }
  return true;
}

const lineEnd = 64;
const sextets: Int8Array = createSextets();
function createSextets(): Int8Array {
  const table = new Int8Array(128).fill(-1);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (let value = 0; value < 64; value++) table[alphabet.charCodeAt(value)] = value;
  table["-".charCodeAt(0)] = 62;
  table["_".charCodeAt(0)] = 63;
  table[0x0a] = lineEnd;
  table[0x0d] = lineEnd;
  return table;
}
