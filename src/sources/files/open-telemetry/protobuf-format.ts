import type { ExchangeReader } from "../exchange-reader.ts";
import type { FileFormat } from "../file-format.ts";
import type { ReadResult } from "../read-result.ts";
import { createSpanExchanges } from "./span-exchanges.ts";
import { spansOfProtobuf } from "./spans-of-protobuf.ts";
import { type TraceMessage, TraceMessages } from "./trace-messages.ts";

const resourceSpansTag = 0x0a;
const scopeSpansTag = 0x12;

/** OpenTelemetry spans in OTLP's protobuf encoding, plain or with a length before each message. */
export const openTelemetryProtobuf: FileFormat = {
  id: "otlp-protobuf",

  recognise({ bytes, isEnough }) {
    const start = bytes[0] === 0 ? 4 : 0;
    if (bytes.length < start + 4) return isEnough ? false : undefined;
    if (bytes[start] !== resourceSpansTag) return false;
    let at = start + 1;
    while ((bytes[at] ?? 0) >= 0x80 && at < start + 5) at += 1;
    const inner = bytes[at + 1];
    if (inner !== resourceSpansTag && inner !== scopeSpansTag) return false;
    // Empty lines look alike so far; but no text has such characters.
    if (bytes.subarray(0, 4_096).some((byte) => byte < 0x09)) return true;
    return isEnough || bytes.length >= 4_096 ? false : undefined;
  },

  open({ pieceBytesMax, now }): ExchangeReader {
    const messages = new TraceMessages(pieceBytesMax);
    const spans = createSpanExchanges({ now });
    const read = (piece: TraceMessage): readonly ReadResult[] => {
      if ("problem" in piece) return [{ ...piece, unit: "byte" }];
      try {
        return spans.push(spansOfProtobuf(piece.message), piece.line);
      } catch {
        return [{ problem: "not a message of spans", line: piece.line, unit: "byte" }];
      }
    };
    return {
      *push(chunk) {
        for (const piece of messages.push(chunk)) yield* read(piece);
      },
      *end() {
        for (const piece of messages.end()) yield* read(piece);
        yield* spans.end();
      },
    };
  },
};
