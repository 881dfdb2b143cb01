import type { ExchangeReader, ReaderOptions } from "./exchange-reader.ts";

/** The beginning of a source. */
export interface FileHead {
  readonly bytes: Buffer;
  /** The same as text, without byte order mark and leading white space. */
  readonly text: string;
  /** No further bytes will come, or none that could decide. */
  readonly isEnough: boolean;
}

/** A way in which exchanges are written down. */
export interface FileFormat {
  /** How it is named on the command line. */
  readonly id: string;
  /** Whether a source begins like this; undefined as long as more bytes could decide. */
  recognise(head: FileHead): boolean | undefined;
  open(options: ReaderOptions): ExchangeReader;
}
