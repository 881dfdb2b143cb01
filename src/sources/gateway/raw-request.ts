import type { HttpRequest } from "../../model/exchange.ts";
import { createBodyReader } from "./create-body-reader.ts";
import { findEarlyViolation } from "./early-violation.ts";
import type { Framing } from "./framing.ts";
import { readRequestHead } from "./strict-request.ts";
import { isViolation, type Violation, violation } from "./violation.ts";

/** What the strict parser made of a request given as its bytes on the wire. */
export type RawRequest = { readonly request: HttpRequest } | { readonly refusal: Violation };

const incomplete: Violation = violation(
  "incomplete-request",
  "The bytes end before the request does.",
  408,
);

/** Reads one recorded HTTP/1.x request exactly as the gateway would; what follows it is left out. */
export function parseRawRequest(raw: Uint8Array): RawRequest {
  const all = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  // RFC 9112, 2.2: one empty line before a request is an old client's habit.
  const bytes = all[0] === 0x0d && all[1] === 0x0a ? all.subarray(2) : all;
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) {
    const limits = { headerBytesMax: bytes.length, requestTargetBytesMax: bytes.length };
    return { refusal: findEarlyViolation(bytes, limits) ?? incomplete };
  }
  const read = readRequestHead(bytes.toString("latin1", 0, headEnd), "http");
  if (isViolation(read)) return { refusal: read };

  const { head, framing } = read;
  if (framing.kind === "none") return { request: head };
  const body = bodyOf(bytes.subarray(headEnd + 4), framing);
  if (isViolation(body)) return { refusal: { ...body, head } };
  return { request: { ...head, body: { bytes: body, bytesTotal: body.length } } };
}

function bodyOf(bytes: Buffer, framing: Framing): Buffer | Violation {
  const pieces: Buffer[] = [];
  const reader = createBodyReader(framing, {
    onBodyBytes: (piece) => pieces.push(piece),
    onBodyEnd: () => undefined,
  });
  const read = reader.push(bytes);
  if (typeof read !== "number") return read;
  return reader.isDone ? Buffer.concat(pieces) : incomplete;
}
