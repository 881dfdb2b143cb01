import type { Header } from "../../model/exchange.ts";
import { type Violation, violation } from "./violation.ts";

/** How long a message body is. `until-close` only for responses. */
export interface Framing {
  readonly kind: "none" | "length" | "chunked" | "until-close";
  /** Bytes of a `length` body, else 0. */
  readonly bytes: number;
}

export const noBody: Framing = { kind: "none", bytes: 0 };
export const chunkedBody: Framing = { kind: "chunked", bytes: 0 };
export const untilCloseBody: Framing = { kind: "until-close", bytes: 0 };

/** The framing that Content-Length and Transfer-Encoding state; `undefined` when neither is there. */
export function statedFramingOf(
  headers: readonly Header[],
  isHttp10: boolean,
): Framing | Violation | undefined {
  let length: string | undefined;
  let encoding: string | undefined;
  for (const [name, value] of headers) {
    if (name === "content-length") {
      if (length !== undefined) {
        return violation("duplicate-content-length", "Content-Length is given more than once.");
      }
      length = value;
    } else if (name === "transfer-encoding") {
      if (encoding !== undefined) {
        return violation(
          "duplicate-transfer-encoding",
          "Transfer-Encoding is given more than once.",
        );
      }
      encoding = value;
    } else if (looksLikeFraming(name)) {
      return violation(
        "disguised-framing-header",
        "A header name differs from Content-Length or Transfer-Encoding only by punctuation.",
      );
    }
  }
  if (encoding !== undefined) return encodedFraming(encoding, length, isHttp10);
  return length === undefined ? undefined : lengthFraming(length);
}

function encodedFraming(
  encoding: string,
  length: string | undefined,
  isHttp10: boolean,
): Framing | Violation {
  if (length !== undefined) {
    return violation(
      "length-and-encoding",
      "Both Content-Length and Transfer-Encoding say how long the body is.",
    );
  }
  if (isHttp10) {
    return violation("encoding-in-http-1.0", "HTTP/1.0 has no Transfer-Encoding.");
  }
  if (encoding.length === 7 && encoding.toLowerCase() === "chunked") return chunkedBody;
  return violation(
    "unknown-transfer-encoding",
    "Transfer-Encoding is something other than exactly `chunked`.",
    501,
  );
}

function lengthFraming(length: string): Framing | Violation {
  // A leading zero reads as octal to some; no honest client writes one.
  if (!/^(?:0|[1-9][0-9]{0,14})$/.test(length)) {
    return violation("invalid-content-length", "Content-Length is not a plain decimal number.");
  }
  return length === "0" ? noBody : { kind: "length", bytes: Number(length) };
}

/** `content_length`, `transfer.encoding`, `Transfer-Encoding!`: what a lenient reader may fold into one. */
function looksLikeFraming(name: string): boolean {
  if (name.length < 13 || name.length > 24) return false;
  const letters = name.replace(/[^a-z0-9]/g, "");
  return letters === "contentlength" || letters === "transferencoding";
}
