import type { ExchangeReader } from "./exchange-reader.ts";
import { Unreadable } from "./json-value.ts";
import type { Piece, PieceScanner } from "./piece-scanner.ts";
import type { ReadResult } from "./read-result.ts";

/** Reads one piece; throws `Unreadable` or a SyntaxError for what is none. */
export type PieceParser = (
  text: string,
  at: { readonly line: number; readonly number: number },
) => readonly ReadResult[];

/** A reader of sources that can be cut into pieces of text; a bad piece is a problem of its line. */
export function createPieceReader(
  scanner: PieceScanner,
  parse: PieceParser,
  end: () => readonly ReadResult[] = () => [],
): ExchangeReader {
  // Counts entries, which have no line of their own in minified files.
  let number = 0;
  const read = (piece: Piece): readonly ReadResult[] => {
    const { line } = piece;
    if ("problem" in piece) return [{ problem: piece.problem, line }];
    const text = line === 1 ? piece.text.replace(/^\uFEFF/, "") : piece.text;
    if (text.trim() === "") return [];
    number += 1;
    return orProblem(line, () => parse(text, { line, number }));
  };
  return {
    *push(chunk) {
      for (const piece of scanner.push(chunk)) yield* read(piece);
    },
    *end() {
      for (const piece of scanner.end()) yield* read(piece);
      yield* end();
    },
  };
}

function orProblem(line: number, parse: () => readonly ReadResult[]): readonly ReadResult[] {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof Unreadable) return [{ problem: cause.message, line }];
    // The parser's own message quotes the line, which may hold secrets.
    if (cause instanceof SyntaxError) return [{ problem: "not valid JSON", line }];
    throw cause;
  }
}
