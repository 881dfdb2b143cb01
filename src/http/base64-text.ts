/**
 * The text that a value hides as base64 (either alphabet, padding optional), or undefined when it
 * is none: identifiers, hashes and keys decode to bytes that are no text, which shows after a few.
 */
export function base64TextOf(value: string): string | undefined {
  const start = value.startsWith("data:") ? value.indexOf(";base64,") + 8 : 0;
  if (value.length - start < encodedCharsMin || !isEncodedText(value, start)) return undefined;
  const bytes = Buffer.from(start === 0 ? value : value.slice(start), "base64");
  // PowerShell's -EncodedCommand takes UTF-16.
  return bytes[1] === 0 && bytes[3] === 0 ? bytes.toString("utf16le") : bytes.toString("utf8");
}

/** Shorter ones hide too little, and too many words would pass. */
const encodedCharsMin = 8;
/** Bytes that are no text among text hide nothing when a run this long is left. */
const textRunBytes = 8;
/** Without such a run by then, it is a key or a picture. */
const bytesWithoutRunMax = 256;

function isEncodedText(value: string, start: number): boolean {
  const check = { bits: 0, bitCount: 0, bytes: 0, otherBytes: 0, run: 0, longestRun: 0 };
  let at = start;
  for (; at < value.length; at++) {
    const sextet = sextets[value.charCodeAt(at)] ?? -1;
    if (sextet === lineEnd) continue;
    if (sextet < 0) break;
    check.bits = ((check.bits << 6) | sextet) & 0xffff;
    check.bitCount += 6;
    if (check.bitCount < 8) continue;
    check.bitCount -= 8;
    addByte(check, (check.bits >> check.bitCount) & 0xff);
    const isNoText = check.otherBytes > 0 && check.longestRun < textRunBytes;
    if (isNoText && check.bytes > bytesWithoutRunMax) return false;
  }
  if (!isPaddedEnd(value, at)) return false;
  // A single character left over encodes nothing.
  return check.bitCount < 6 && (check.otherBytes === 0 || check.longestRun >= textRunBytes);
}

function addByte(
  check: { bytes: number; otherBytes: number; run: number; longestRun: number },
  byte: number,
): void {
  check.bytes++;
  if (isText[byte] === 1 || (byte === 0 && check.run > 0 && check.otherBytes === 0)) {
    check.run++;
    if (check.run > check.longestRun) check.longestRun = check.run;
  } else {
    check.otherBytes++;
    check.run = 0;
  }
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
const isText: Uint8Array = createTextBytes();

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

function createTextBytes(): Uint8Array {
  const table = new Uint8Array(256).fill(1, 0x20, 0x7f);
  for (const code of [0x09, 0x0a, 0x0d]) table[code] = 1;
  return table;
}
