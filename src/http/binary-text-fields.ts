import type { FieldPlace, FieldSink } from "./field-sink.ts";

/** Shorter texts in binary bodies are accidents. */
const runCharsMin = 6;
const runsMax = 1_000;

/** Adds the runs of printable text in a binary body such as Protocol Buffers, MessagePack or CBOR. */
export function readBinaryTexts(sink: FieldSink, bytes: Uint8Array, place: FieldPlace): void {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  let start = 0;
  let runs = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x20 && code < 0x7f) continue;
    if (at - start >= runCharsMin) {
      if (runs++ >= runsMax) {
        sink.note("too-many-fields");
        return;
      }
      sink.value(place, "$", text.slice(start, at));
    }
    start = at + 1;
  }
}
