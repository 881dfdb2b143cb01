import type { HeaderLines } from "./header-lines.ts";
import type { Violation } from "./violation.ts";

/** Gets a body in pieces. */
export interface BodySink {
  onBodyBytes(bytes: Buffer): void;
  onBodyEnd(trailers: HeaderLines | undefined): void;
}

/** Finds a body's end in the bytes of a connection. */
export interface BodyReader {
  readonly isDone: boolean;
  /** Only the end of the connection ends this body. */
  readonly isUntilClose: boolean;
  /** Passes body bytes to the sink; tells how many bytes belonged to the body. */
  push(bytes: Buffer): number | Violation;
}
