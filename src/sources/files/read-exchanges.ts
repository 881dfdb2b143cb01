import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { MerlonError } from "../../model/merlon-error.ts";
import { detectFormat, type FileFormat } from "./detect-format.ts";
import { HarScanner } from "./har-scanner.ts";
import { Unreadable } from "./json-value.ts";
import { createLineScanner } from "./line-scanner.ts";
import { parseExchangeLine } from "./parse-exchange-line.ts";
import { parseHarEntry } from "./parse-har-entry.ts";
import type { Piece, PieceScanner } from "./piece-scanner.ts";
import type { ReadResult } from "./read-result.ts";

export interface ReadOptions {
  /** Told from the first bytes when missing. */
  readonly format?: FileFormat;
  /** Longest line or HAR entry, 64 MiB unless told; a longer one is a problem of its line. */
  readonly pieceBytesMax?: number;
  /** The time of an exchange that says none. */
  readonly now?: () => number;
  /** Bytes read from the source so far, for a progress display. */
  readonly onProgress?: (bytesRead: number) => void;
}

const pieceBytesMaxByDefault = 67_108_864;
const chunkBytes = 262_144;

/**
 * Reads exchanges from a file, a stream, or standard input (`-`), in order and in constant memory:
 * JSON lines or HAR 1.2, gzip or plain. Throws ERR_INPUT_UNREADABLE when the source cannot be
 * opened; everything later is a problem in its place.
 */
export async function* readExchanges(
  source: string | Readable,
  options: ReadOptions = {},
): AsyncGenerator<ReadResult> {
  const parse = createPieceParser(options.now ?? Date.now);
  let line = 0;
  try {
    for await (const piece of piecesOf(source, options)) {
      line = piece.line;
      const result = parse(piece);
      if (result !== undefined) yield result;
    }
  } catch (cause) {
    if (cause instanceof MerlonError) throw cause;
    // A truncated gzip or a failing disk: what came before was good.
    yield { problem: `reading stopped: ${messageOf(cause)}`, line: line + 1 };
  }
}

type FormattedPiece = Piece & { readonly format: FileFormat };

async function* piecesOf(
  source: string | Readable,
  options: ReadOptions,
): AsyncGenerator<FormattedPiece> {
  const chunks = decompressed(opened(source, options.onProgress));
  let head: Buffer = Buffer.alloc(0);
  let format = options.format;
  let scanner = format === undefined ? undefined : scannerFor(format, options);
  for await (const chunk of chunks) {
    head = scanner === undefined ? Buffer.concat([head, chunk]) : chunk;
    format ??= detectFormat(head, false);
    if (format === undefined) continue;
    scanner ??= scannerFor(format, options);
    for (const piece of scanner.push(head)) yield { ...piece, format };
  }
  if (scanner === undefined || format === undefined) {
    format = detectFormat(head, true) ?? "jsonl";
    scanner = scannerFor(format, options);
    for (const piece of scanner.push(head)) yield { ...piece, format };
  }
  for (const piece of scanner.end()) yield { ...piece, format };
}

function scannerFor(format: FileFormat, options: ReadOptions): PieceScanner {
  const bytesMax = options.pieceBytesMax ?? pieceBytesMaxByDefault;
  return format === "har" ? new HarScanner(bytesMax) : createLineScanner(bytesMax);
}

async function* opened(
  source: string | Readable,
  onProgress: ((bytesRead: number) => void) | undefined,
): AsyncGenerator<Buffer> {
  let bytesRead = 0;
  try {
    for await (const chunk of streamOf(source)) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : (chunk as Buffer);
      bytesRead += bytes.length;
      onProgress?.(bytesRead);
      yield bytes;
    }
  } catch (cause) {
    if (bytesRead > 0) throw cause;
    const name = typeof source === "string" ? source : "the input";
    throw new MerlonError("ERR_INPUT_UNREADABLE", `cannot read ${name}: ${messageOf(cause)}`, {
      cause,
    });
  }
}

function streamOf(source: string | Readable): Readable {
  if (typeof source !== "string") return source;
  return source === "-" ? process.stdin : createReadStream(source, { highWaterMark: chunkBytes });
}

/** Passes plain bytes on and unpacks gzip, told by its magic number. */
async function* decompressed(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const first = await chunks.next();
  if (first.done === true) return;
  const all = prepended(first.value, chunks);
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* all;
    return;
  }
  const unpacked = createGunzip({ chunkSize: chunkBytes });
  // The error reaches the reader of `unpacked`; pipeline only has to pass it on.
  pipeline(Readable.from(all), unpacked, () => undefined);
  for await (const chunk of unpacked) yield chunk as Buffer;
}

async function* prepended(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/** Turns pieces into results; counts entries, which have no line of their own in minified files. */
function createPieceParser(now: () => number): (piece: FormattedPiece) => ReadResult | undefined {
  let number = 0;
  return (piece) => {
    const { line } = piece;
    if ("problem" in piece) return { problem: piece.problem, line };
    const text = line === 1 ? piece.text.replace(/^\uFEFF/, "") : piece.text;
    if (text.trim() === "") return undefined;
    number += 1;
    const at = { line, number, now };
    return orProblem(line, () => {
      const value: unknown = JSON.parse(text);
      return piece.format === "har" ? parseHarEntry(value, at) : parseExchangeLine(value, at);
    });
  };
}

function orProblem(line: number, parse: () => ReadResult): ReadResult {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof Unreadable) return { problem: cause.message, line };
    // The parser's own message quotes the line, which may hold secrets.
    if (cause instanceof SyntaxError) return { problem: "not valid JSON", line };
    throw cause;
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
