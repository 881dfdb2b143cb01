/** A piece of a file that is complete in itself, such as a line or an entry, or why it cannot be had. */
export type Piece =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly problem: string };

/** Cuts a byte stream into pieces; holds at most one unfinished piece. */
export interface PieceScanner {
  push(chunk: Buffer): Iterable<Piece>;
  /** What is left when the stream ends. */
  end(): Iterable<Piece>;
}

/** Collects the bytes of one piece until it is complete; of a longer one than allowed it keeps none. */
export interface PieceBuffer {
  readonly isEmpty: boolean;
  add(part: Buffer): void;
  take(line: number): Piece;
}

export function createPieceBuffer(bytesMax: number): PieceBuffer {
  let parts: Buffer[] = [];
  let bytes = 0;

  return {
    get isEmpty() {
      return bytes === 0;
    },
    add(part) {
      bytes += part.length;
      if (bytes > bytesMax) parts = [];
      else if (part.length > 0) parts.push(part);
    },
    take(line) {
      const piece =
        bytes > bytesMax
          ? { line, problem: `${bytes} bytes long, over the limit of ${bytesMax}` }
          : { line, text: Buffer.concat(parts, bytes).toString("utf8") };
      parts = [];
      bytes = 0;
      return piece;
    },
  };
}
