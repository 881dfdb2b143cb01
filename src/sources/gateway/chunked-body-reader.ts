import type { BodyReader, BodySink } from "./body-reader.ts";
import { type HeaderLines, readHeaderLines } from "./header-lines.ts";
import { isViolation, type Violation, violation } from "./violation.ts";

/** All chunk extensions of a body together, and its trailers, may have this many bytes. */
const EXTENSION_BYTES_MAX = 1_024;
const TRAILER_BYTES_MAX = 8_192;

/** 2^44 bytes in one chunk; every digit more would only test our arithmetic. */
const SIZE_DIGITS_MAX = 11;

const CR = 0x0d;
const LF = 0x0a;

type State =
  | "size"
  | "extension"
  | "size-lf"
  | "data"
  | "data-cr"
  | "data-lf"
  | "trailers"
  | "done";

/** Takes the chunked coding apart, strictly: no bare line ends, no signs, no white space. */
export class ChunkedBodyReader implements BodyReader {
  readonly isUntilClose = false;
  readonly #sink: BodySink;
  #state: State = "size";
  #size = 0;
  #digits = 0;
  #extensionBytes = 0;
  #trailers = "";

  constructor(sink: BodySink) {
    this.#sink = sink;
  }

  get isDone(): boolean {
    return this.#state === "done";
  }

  push(bytes: Buffer): number | Violation {
    let at = 0;
    while (at < bytes.length && this.#state !== "done") {
      if (this.#state === "data") {
        at = this.#pushData(bytes, at);
      } else if (this.#state === "trailers") {
        const next = this.#pushTrailers(bytes, at);
        if (typeof next !== "number") return next;
        at = next;
      } else {
        const wrong = this.#step(bytes[at] ?? 0);
        if (wrong !== undefined) return wrong;
        at += 1;
      }
    }
    return at;
  }

  #pushData(bytes: Buffer, start: number): number {
    const end = Math.min(bytes.length, start + this.#size);
    this.#size -= end - start;
    if (this.#size === 0) this.#state = "data-cr";
    this.#sink.onBodyBytes(bytes.subarray(start, end));
    return end;
  }

  #step(code: number): Violation | undefined {
    switch (this.#state) {
      case "size":
        return this.#stepSize(code);
      case "extension":
        return this.#stepExtension(code);
      case "size-lf":
        if (code !== LF) return brokenLine;
        this.#state = this.#size === 0 ? "trailers" : "data";
        this.#digits = 0;
        return undefined;
      case "data-cr":
        if (code !== CR) return brokenData;
        this.#state = "data-lf";
        return undefined;
      default:
        if (code !== LF) return brokenData;
        this.#state = "size";
        return undefined;
    }
  }

  #stepSize(code: number): Violation | undefined {
    const digit = hexDigitOf(code);
    if (digit >= 0) {
      this.#digits += 1;
      this.#size = this.#size * 16 + digit;
      return this.#digits > SIZE_DIGITS_MAX ? brokenSize : undefined;
    }
    if (this.#digits === 0) return brokenSize;
    if (code === CR) this.#state = "size-lf";
    else if (code === 0x3b) this.#state = "extension";
    else return brokenSize;
    return undefined;
  }

  #stepExtension(code: number): Violation | undefined {
    if (code === CR) {
      this.#state = "size-lf";
      return undefined;
    }
    this.#extensionBytes += 1;
    const isAllowed = code === 0x09 || (code >= 0x20 && code !== 0x7f);
    return isAllowed && this.#extensionBytes <= EXTENSION_BYTES_MAX ? undefined : brokenExtension;
  }

  #pushTrailers(bytes: Buffer, start: number): number | Violation {
    const before = this.#trailers.length;
    const room = TRAILER_BYTES_MAX + 4 - before;
    this.#trailers += bytes.toString("latin1", start, Math.min(bytes.length, start + room));

    const isEmpty = this.#trailers.startsWith("\r\n");
    const end = isEmpty ? 0 : this.#trailers.indexOf("\r\n\r\n");
    if (end < 0) return this.#trailers.length > TRAILER_BYTES_MAX ? trailersTooLong : bytes.length;

    this.#state = "done";
    const trailers = isEmpty ? undefined : readTrailers(this.#trailers.slice(0, end));
    if (trailers !== undefined && isViolation(trailers)) return trailers;
    this.#sink.onBodyEnd(trailers);
    return start + (isEmpty ? 2 : end + 4) - before;
  }
}

function readTrailers(text: string): HeaderLines | Violation {
  const lines = readHeaderLines(text, 0);
  if (isViolation(lines)) return lines;
  const isForbidden = lines.headers.some(([name]) => forbiddenTrailers.has(name));
  return isForbidden
    ? violation("forbidden-trailer", "A trailer field decides framing, routing or authentication.")
    : lines;
}

const forbiddenTrailers: ReadonlySet<string> = new Set([
  "transfer-encoding",
  "content-length",
  "host",
  "connection",
  "trailer",
  "te",
  "upgrade",
  "expect",
  "authorization",
  "cookie",
  "set-cookie",
  "content-encoding",
  "content-type",
  "content-range",
  "forwarded",
  "via",
]);

function hexDigitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

const brokenSize = violation(
  "invalid-chunk-size",
  "A chunk size is not a plain hexadecimal number.",
);
const brokenLine = violation("invalid-chunk-size", "A chunk size line does not end with CR LF.");
const brokenData = violation("invalid-chunk-data", "A chunk is not as long as its size says.");
const brokenExtension = violation(
  "invalid-chunk-extension",
  "Chunk extensions hold a control character or are too long.",
);
const trailersTooLong = violation("trailers-too-long", "The trailers are too long.", 431);
