import type { Exchange, HttpResponse } from "../../model/exchange.ts";

/** One thing read from a file of exchanges, in the file's order. */
export type ReadResult = ReadExchange | ReadRaw | ReadProblem | ReadNote;

export interface ReadExchange {
  readonly exchange: Exchange;
  /** Where it starts, from 1. */
  readonly line: number;
}

/** A request given as its bytes on the wire, which only the strict parser may interpret. */
export interface ReadRaw {
  readonly raw: Uint8Array;
  readonly id: string;
  readonly timeMs: number;
  readonly client: string;
  readonly destination?: string;
  readonly response?: HttpResponse;
  readonly durationMs?: number;
  readonly line: number;
}

/** Something that could not be read; what follows it is still read. */
export interface ReadProblem {
  readonly problem: string;
  readonly line: number;
  /** What `line` counts where the source has no lines. */
  readonly unit?: "packet" | "byte";
}

/** Something about the source as a whole that a person should know and that is no fault in it. */
export interface ReadNote {
  readonly note: string;
}
