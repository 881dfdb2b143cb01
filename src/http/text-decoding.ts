import { isAscii, isUtf8 } from "node:buffer";
import type { Header } from "../model/exchange.ts";
import { headerOf } from "../model/exchange.ts";
import type { Decoding } from "../model/field.ts";
import type { DecodingAnomaly } from "./decoding-anomalies.ts";
import { parameterOf } from "./header-parameters.ts";

export interface TextReading {
  readonly text: string;
  /** Set when the bytes were not plain UTF-8. */
  readonly decoding?: Decoding;
  readonly anomaly?: DecodingAnomaly;
}

/** The text of a body that is not compressed, by byte order mark, charset parameter, or its zeros. */
export function textOf(headers: readonly Header[], bytes: Uint8Array): string {
  return readText(headerOf(headers, "content-type"), bytes).text;
}

/** As `textOf`, and tells what had to be undone or guessed. */
export function readText(contentType: string | undefined, bytes: Uint8Array): TextReading {
  const marked = markedCharsetOf(bytes);
  const charset =
    marked ??
    (contentType === undefined ? undefined : parameterOf(contentType, "charset")?.toLowerCase());
  if (
    charset === undefined ||
    charset === "utf-8" ||
    charset === "utf8" ||
    charset === "us-ascii"
  ) {
    return readUtf8(bytes);
  }
  const text = tryDecode(charset, bytes);
  if (text === undefined) return { ...readUtf8(bytes), anomaly: "unknown-charset" };
  return isAscii(bytes) && !charset.startsWith("utf-16") ? { text } : { text, decoding: "charset" };
}

/** A byte order mark wins over everything; zeros in the first characters give UTF-16 away. */
function markedCharsetOf(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (bytes.length >= 4 && bytes.length % 2 === 0) {
    if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return "utf-16le";
    if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return "utf-16be";
  }
  return undefined;
}

function readUtf8(bytes: Uint8Array): TextReading {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start);
  // One byte a character keeps every later step on its fast path.
  if (isAscii(buffer)) return { text: buffer.toString("latin1") };
  if (isUtf8(buffer)) return { text: buffer.toString("utf8") };
  return readBrokenUtf8(buffer);
}

/** The rare slow path: overlong forms are read, any other stray byte becomes its own character. */
function readBrokenUtf8(bytes: Uint8Array): TextReading {
  let text = "";
  let isOverlong = false;
  const piece: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLengthAt(bytes, at);
    const point = length === 1 ? (bytes[at] ?? 0) : pointAt(bytes, at, length);
    isOverlong ||= length > 1 && point < (leastOfLength[length] ?? 0);
    piece.push(point > 0x10ffff ? 0xfffd : point);
    at += length;
    if (piece.length >= pieceCharsMax) text += String.fromCodePoint(...piece.splice(0));
  }
  text += String.fromCodePoint(...piece);
  return isOverlong
    ? { text, decoding: "utf-8-overlong", anomaly: "overlong-utf-8" }
    : { text, decoding: "charset", anomaly: "invalid-utf-8" };
}

const pieceCharsMax = 4_096;
const leastOfLength: readonly number[] = [0, 0, 0x80, 0x800, 0x10000];

function sequenceLengthAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0xc0 || lead > 0xf7) return 1;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (let nth = 1; nth < length; nth++) {
    const byte = bytes[at + nth] ?? 0;
    if (byte < 0x80 || byte > 0xbf) return 1;
  }
  return length;
}

function pointAt(bytes: Uint8Array, at: number, length: number): number {
  let point = (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let nth = 1; nth < length; nth++) point = point * 64 + ((bytes[at + nth] ?? 0) & 0x3f);
  return point;
}

/** Charsets that Node knows under other names than clients use. */
const latin1Names: readonly string[] = ["iso-8859-1", "latin1", "latin-1", "windows-1252"];

function tryDecode(charset: string, bytes: Uint8Array): string | undefined {
  if (latin1Names.includes(charset)) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  }
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // The constructor refuses labels it does not know, and has no other way to ask.
    return undefined;
  }
}
