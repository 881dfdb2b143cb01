import type { ReadResult } from "./read-result.ts";

/** Turns the bytes of one source into exchanges; holds no more than its bounds say. */
export interface ExchangeReader {
  /** What these bytes complete. */
  push(chunk: Buffer): Iterable<ReadResult>;
  /** What is left when the source ends. */
  end(): Iterable<ReadResult>;
}

/** What every reader is told. */
export interface ReaderOptions {
  /** Longest line, entry or document; a longer one is a problem of its place. */
  readonly pieceBytesMax: number;
  /** The time of an exchange that says none. */
  readonly now: () => number;
  /** The host of an exchange whose source does not tell it, as most access logs. */
  readonly host: string;
}
