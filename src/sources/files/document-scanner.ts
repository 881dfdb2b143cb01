import { createPieceBuffer, type PieceScanner } from "./piece-scanner.ts";

/** Takes a whole source of at most `bytesMax` bytes as one piece. */
export function createDocumentScanner(bytesMax: number): PieceScanner {
  const buffer = createPieceBuffer(bytesMax);
  return {
    push(chunk) {
      buffer.add(chunk);
      return [];
    },
    *end() {
      if (!buffer.isEmpty) yield buffer.take(1);
    },
  };
}
