import type { BodyReader, BodySink } from "./body-reader.ts";
import { ChunkedBodyReader } from "./chunked-body-reader.ts";
import type { Framing } from "./framing.ts";

/** A reader for every framing but `none`. */
export function createBodyReader(framing: Framing, sink: BodySink): BodyReader {
  if (framing.kind === "chunked") return new ChunkedBodyReader(sink);
  return new LengthBodyReader(framing.kind === "length" ? framing.bytes : Infinity, sink);
}

class LengthBodyReader implements BodyReader {
  readonly #sink: BodySink;
  #left: number;

  constructor(bytes: number, sink: BodySink) {
    this.#left = bytes;
    this.#sink = sink;
  }

  get isDone(): boolean {
    return this.#left === 0;
  }

  get isUntilClose(): boolean {
    return this.#left === Infinity;
  }

  push(bytes: Buffer): number {
    const taken = Math.min(bytes.length, this.#left);
    this.#left -= taken;
    this.#sink.onBodyBytes(taken === bytes.length ? bytes : bytes.subarray(0, taken));
    if (this.#left === 0) this.#sink.onBodyEnd(undefined);
    return taken;
  }
}
