const quote = 34;
const backslash = 92;

/** Finds the end of JSON strings in a stream of chunks, at the speed of a native search. */
export interface JsonStringSkipper {
  /** Call before reading a new chunk. */
  startChunk(chunk: Buffer): void;
  /** Reads on inside a string; tells where it stopped and whether the string is over. */
  skip(from: number): { readonly at: number; readonly over: boolean };
}

export function createJsonStringSkipper(): JsonStringSkipper {
  let chunk: Buffer = Buffer.alloc(0);
  // Positions already searched for stay valid until passed: a text full of escapes before a far
  // quotation mark must not be searched anew at each escape.
  let quoteAt = -1;
  let backslashAt = -1;
  let escaped = false;

  const next = (byte: number, known: number, from: number): number => {
    if (known >= from) return known;
    const found = chunk.indexOf(byte, from);
    return found < 0 ? chunk.length : found;
  };

  return {
    startChunk(nextChunk) {
      chunk = nextChunk;
      quoteAt = -1;
      backslashAt = -1;
    },
    skip(from) {
      let at = from;
      while (at < chunk.length) {
        if (escaped) {
          escaped = false;
          at += 1;
          continue;
        }
        quoteAt = next(quote, quoteAt, at);
        backslashAt = next(backslash, backslashAt, at);
        if (quoteAt < backslashAt) return { at: quoteAt + 1, over: true };
        if (backslashAt === chunk.length) break;
        escaped = true;
        at = backslashAt + 1;
      }
      return { at: chunk.length, over: false };
    },
  };
}
