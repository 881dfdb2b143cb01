import type { ExchangeRecord } from "../protection/guard.ts";

/**
 * A number for method, host, status and the path with its variable segments left out: exchanges
 * that teach the same have the same number. Made of characters only, since it is made for every
 * exchange; two shapes meet by chance once in 2^50 or so.
 */
export function shapeOf({ exchange: { request, response } }: ExchangeRecord): number {
  const hash = new ShapeHash();
  hash.add(request.method);
  hash.add(request.authority);
  hash.addPath(request.path);
  hash.addNumber(response?.status ?? 0);
  return hash.value();
}

/** Segments from this length on count as identifiers whatever they are made of. */
const NAME_LENGTH_MAX = 32;

class ShapeHash {
  #low = 0x811c9dc5;
  #high = 0x1505;

  add(text: string): void {
    for (let index = 0; index < text.length; index += 1) this.addNumber(text.charCodeAt(index));
    this.addNumber(0x100);
  }

  /** Segments with a digit, and very long ones, are values, not names. */
  addPath(path: string): void {
    let start = 1;
    while (start <= path.length) {
      const slash = path.indexOf("/", start);
      const end = slash < 0 ? path.length : slash;
      if (isName(path, start, end)) {
        for (let index = start; index < end; index += 1) this.addNumber(path.charCodeAt(index));
      } else {
        this.addNumber(0x102);
      }
      this.addNumber(0x101);
      start = end + 1;
    }
  }

  addNumber(code: number): void {
    this.#low = Math.imul(this.#low ^ code, 0x01000193);
    this.#high = (Math.imul(this.#high, 33) + code) | 0;
  }

  value(): number {
    return (this.#low >>> 0) * 0x100000 + ((this.#high >>> 0) % 0x100000);
  }
}

function isName(path: string, start: number, end: number): boolean {
  if (end - start >= NAME_LENGTH_MAX) return false;
  // `v1` is a name although it ends with a digit.
  const isVersion = end - start <= 3 && (path.charCodeAt(start) | 0x20) === 0x76;
  if (isVersion) return true;
  for (let index = start; index < end; index += 1) {
    const code = path.charCodeAt(index);
    if (code >= 0x30 && code <= 0x39) return false;
  }
  return true;
}
