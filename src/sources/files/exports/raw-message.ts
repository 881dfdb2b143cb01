import type { Body, Header } from "../../../model/exchange.ts";
import { ChunkedBodyReader } from "../../gateway/chunked-body-reader.ts";

/** A message as an intercepting proxy saved it: some rewrite HTTP/2 into these lines. */
export interface RawMessage {
  /** Request or status line. */
  readonly firstLine: string;
  readonly headers: readonly Header[];
  readonly body?: Body;
}

const headersMax = 512;

/** Reads a saved message, forgivingly: it was edited by people and must be shown as it is. */
export function readRawMessage(bytes: Buffer): RawMessage {
  const { head, rest } = splitHead(bytes);
  const [firstLine = "", ...lines] = head.split(/\r?\n/, headersMax + 1);
  const headers = lines.flatMap((line): Header[] => {
    const colon = line.indexOf(":", 1);
    return colon < 0
      ? []
      : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
  });
  const body = isChunked(headers) ? (unchunked(rest) ?? rest) : rest;
  return {
    firstLine,
    headers: headers.filter(([name]) => name !== "" && !name.startsWith(":")),
    ...(body.length === 0 ? {} : { body: { bytes: body, bytesTotal: body.length } }),
  };
}

function splitHead(bytes: Buffer): { readonly head: string; readonly rest: Buffer } {
  const strict = bytes.indexOf("\r\n\r\n");
  const loose = bytes.indexOf("\n\n");
  const isLoose = loose >= 0 && (strict < 0 || loose < strict);
  const end = isLoose ? loose : strict;
  if (end < 0) return { head: bytes.toString("latin1"), rest: Buffer.alloc(0) };
  return {
    head: bytes.toString("latin1", 0, end),
    rest: bytes.subarray(end + (isLoose ? 2 : 4)),
  };
}

function isChunked(headers: readonly Header[]): boolean {
  return headers.some(
    ([name, value]) => name === "transfer-encoding" && value.toLowerCase() === "chunked",
  );
}

/** Some proxies save the body as it was framed, others as it was meant. */
function unchunked(bytes: Buffer): Buffer | undefined {
  const pieces: Buffer[] = [];
  const reader = new ChunkedBodyReader({
    onBodyBytes: (piece) => pieces.push(piece),
    onBodyEnd: () => undefined,
  });
  return typeof reader.push(bytes) === "number" && reader.isDone
    ? Buffer.concat(pieces)
    : undefined;
}
