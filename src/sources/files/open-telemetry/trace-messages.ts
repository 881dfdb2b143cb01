import { RecordBuffer } from "../capture/record-buffer.ts";

/** One encoded `ResourceSpans`, or why there is none; `line` is the offset in the file. */
export type TraceMessage =
  | { readonly message: Uint8Array; readonly line: number }
  | { readonly problem: string; readonly line: number };

const lengthPrefixBytes = 4;
const tagAndLengthBytesMax = 6;
const resourceSpansTag = 0x0a;

/**
 * Cuts OTLP files in protobuf into their `ResourceSpans`. The bytes of several `TracesData` behind
 * each other are the bytes of one; the collector's file exporter puts four bytes of length before each.
 */
export class TraceMessages {
  readonly #buffer = new RecordBuffer();
  readonly #bytesMax: number;
  #offset = 0;
  #isPrefixed: boolean | undefined;
  /** Bytes left of what the last length prefix announced. */
  #announced = 0;
  /** Bytes left of a message that is too long. */
  #toSkip = 0;
  #isBroken = false;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  *push(chunk: Buffer): Generator<TraceMessage> {
    if (this.#isBroken) return;
    this.#buffer.push(chunk);
    this.#isPrefixed ??= chunk[0] === 0;
    while (!this.#isBroken && this.#skip() && this.#readPrefix()) {
      const message = this.#next();
      if (message === undefined) return;
      yield message;
    }
  }

  *end(): Generator<TraceMessage> {
    if (this.#buffer.bytes === 0 || this.#isBroken) return;
    yield { problem: "the file ends in the middle of a message", line: this.#offset };
  }

  #drop(length: number): number {
    const dropped = this.#buffer.drop(length);
    this.#offset += dropped;
    this.#announced -= dropped;
    return dropped;
  }

  #skip(): boolean {
    this.#toSkip -= this.#drop(this.#toSkip);
    return this.#toSkip === 0;
  }

  /** True when a message may follow. */
  #readPrefix(): boolean {
    while (this.#isPrefixed === true && this.#announced <= 0) {
      const prefix = this.#buffer.peek(lengthPrefixBytes);
      if (prefix === undefined) return false;
      const announced = prefix.readUInt32BE(0);
      this.#drop(lengthPrefixBytes);
      this.#announced = announced;
    }
    return true;
  }

  #next(): TraceMessage | undefined {
    const head = this.#buffer.peek(Math.min(tagAndLengthBytesMax, this.#buffer.bytes));
    const length = head === undefined ? undefined : lengthOf(head);
    if (head === undefined || length === undefined) return undefined;
    const line = this.#offset;
    if (head[0] !== resourceSpansTag || length.bytes < 0) {
      this.#isBroken = true;
      return { problem: "not a message of spans", line };
    }
    if (length.value > this.#bytesMax) {
      this.#toSkip = length.bytes + length.value;
      return { problem: `${length.value} bytes long, over the limit of ${this.#bytesMax}`, line };
    }
    if (this.#buffer.bytes < length.bytes + length.value) return undefined;
    this.#drop(length.bytes);
    const message = Buffer.from(this.#buffer.peek(length.value) ?? []);
    this.#drop(length.value);
    return { message, line };
  }
}

/** The length behind a tag of one byte, and how long both are; negative when it is none. */
function lengthOf(head: Buffer): { readonly value: number; readonly bytes: number } | undefined {
  let value = 0;
  for (let at = 1; at < tagAndLengthBytesMax; at += 1) {
    const byte = head[at];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * (at - 1));
    if (byte < 0x80) return { value, bytes: at + 1 };
  }
  return { value: 0, bytes: -1 };
}
