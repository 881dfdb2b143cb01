import { createPieceBuffer, type PieceScanner } from "./piece-scanner.ts";

const lineFeed = 10;

/** Cuts a byte stream into lines of at most `bytesMax` bytes. */
export function createLineScanner(bytesMax: number): PieceScanner {
  const buffer = createPieceBuffer(bytesMax);
  let line = 1;

  return {
    *push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
        buffer.add(chunk.subarray(start, end));
        yield buffer.take(line);
        line += 1;
        start = end + 1;
      }
      buffer.add(chunk.subarray(start));
    },

    *end() {
      if (!buffer.isEmpty) yield buffer.take(line);
    },
  };
}
