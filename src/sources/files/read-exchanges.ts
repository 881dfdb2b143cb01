import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { MerlonError } from "../../model/merlon-error.ts";
import type { ExchangeReader, ReaderOptions } from "./exchange-reader.ts";
import type { FileFormat } from "./file-format.ts";
import { detectFormat, formats } from "./formats.ts";
import type { ReadResult } from "./read-result.ts";

export interface ReadOptions {
  /** Id of a format; told from the first bytes when missing. */
  readonly format?: string;
  /** Longest line, entry or document, 64 MiB unless told; a longer one is a problem of its place. */
  readonly pieceBytesMax?: number;
  /** The time of an exchange that says none. */
  readonly now?: () => number;
  /** The host of exchanges whose source does not tell it; `unknown` unless told. */
  readonly host?: string;
  /** Bytes read from the source so far, for a progress display. */
  readonly onProgress?: (bytesRead: number) => void;
}

const pieceBytesMaxByDefault = 67_108_864;
const chunkBytes = 262_144;

/**
 * Reads exchanges from a file, a stream, or standard input (`-`), in order and in bounded memory, in
 * any of the formats of `formats.ts`, gzip or plain. Throws ERR_INPUT_UNREADABLE when the source
 * cannot be opened and ERR_USAGE for an unknown format; everything later is a problem in its place.
 */
export async function* readExchanges(
  source: string | Readable,
  options: ReadOptions = {},
): AsyncGenerator<ReadResult> {
  const readerOptions: ReaderOptions = {
    pieceBytesMax: options.pieceBytesMax ?? pieceBytesMaxByDefault,
    now: options.now ?? Date.now,
    host: options.host ?? "unknown",
  };
  let line = 0;
  try {
    for await (const result of resultsOf(source, options, readerOptions)) {
      if ("line" in result) line = result.line;
      yield result;
    }
  } catch (cause) {
    if (cause instanceof MerlonError) throw cause;
    // A truncated gzip or a failing disk: what came before was good.
    yield { problem: `reading stopped: ${messageOf(cause)}`, line: line + 1 };
  }
}

async function* resultsOf(
  source: string | Readable,
  { format: formatId, onProgress }: ReadOptions,
  options: ReaderOptions,
): AsyncGenerator<ReadResult> {
  let reader: ExchangeReader | undefined =
    formatId === undefined ? undefined : formatNamed(formatId).open(options);
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of decompressed(opened(source, onProgress))) {
    head = reader === undefined ? Buffer.concat([head, chunk]) : chunk;
    reader ??= detectFormat(head, false)?.open(options);
    if (reader !== undefined) yield* reader.push(head);
  }
  if (reader === undefined) {
    reader = (detectFormat(head, true) ?? formatNamed("jsonl")).open(options);
    yield* reader.push(head);
  }
  yield* reader.end();
}

function formatNamed(id: string): FileFormat {
  const format = formats.find((candidate) => candidate.id === id);
  if (format !== undefined) return format;
  throw new MerlonError("ERR_USAGE", `${id} is no format that is read`, {
    fix: `Give one of ${formats.map((known) => known.id).join(", ")}.`,
  });
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

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
