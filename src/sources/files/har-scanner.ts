import { createJsonStringSkipper, type JsonStringSkipper } from "./json-string-skipper.ts";
import {
  createPieceBuffer,
  type Piece,
  type PieceBuffer,
  type PieceScanner,
} from "./piece-scanner.ts";

const mark = {
  quote: 34,
  lineFeed: 10,
  comma: 44,
  openArray: 91,
  closeArray: 93,
  openObject: 123,
  closeObject: 125,
} as const;

/** Longest key that is compared; `entries` is shorter. */
const keyBytesMax = 16;
/** Depth of the values in `log.entries[]`. */
const entryDepth = 3;

/**
 * Cuts `log.entries[]` of a HAR document into the texts of its entries, without holding the rest.
 * What surrounds the entries is followed, not validated.
 */
export class HarScanner implements PieceScanner {
  readonly #strings: JsonStringSkipper = createJsonStringSkipper();
  readonly #buffer: PieceBuffer;
  #depth = 0;
  #line = 1;
  #inString = false;
  /** First string since the last comma or bracket, when it can be a key on the way to the entries. */
  #key = "";
  #readsKey = false;
  /** Key of the object at depth 1 that is open. */
  #outerKey = "";
  #inEntries = false;
  #foundEntries = false;
  /** Line of the open entry. */
  #entryLine: number | undefined;
  /** Where the open entry starts in the current chunk. */
  #entryStart = 0;

  constructor(bytesMax: number) {
    this.#buffer = createPieceBuffer(bytesMax);
  }

  *push(chunk: Buffer): Generator<Piece> {
    this.#strings.startChunk(chunk);
    this.#entryStart = 0;
    for (let at = 0; at < chunk.length; ) {
      if (this.#inString) {
        at = this.#readString(chunk, at);
      } else {
        const piece = this.#readMark(chunk, at);
        if (piece !== undefined) yield piece;
        at += 1;
      }
    }
    // A copy, so that the stream's chunk can be let go.
    if (this.#entryLine !== undefined)
      this.#buffer.add(Buffer.from(chunk.subarray(this.#entryStart)));
  }

  *end(): Generator<Piece> {
    const line = this.#line;
    if (!this.#foundEntries) yield { line, problem: "no log.entries in this HAR document" };
    else if (this.#depth > 0) yield { line, problem: "the HAR document ends in the middle" };
  }

  #readString(chunk: Buffer, from: number): number {
    const { at, over } = this.#strings.skip(from);
    if (this.#readsKey && this.#key.length < keyBytesMax) {
      const end = Math.min(over ? at - 1 : at, from + keyBytesMax);
      this.#key += chunk.toString("latin1", from, end);
    }
    this.#inString = !over;
    return at;
  }

  #readMark(chunk: Buffer, at: number): Piece | undefined {
    switch (chunk[at]) {
      case mark.quote:
        this.#inString = true;
        this.#readsKey = this.#depth < entryDepth && this.#key === "";
        break;
      case mark.lineFeed:
        this.#line += 1;
        break;
      case mark.comma:
        this.#key = "";
        break;
      case mark.openObject:
      case mark.openArray:
        this.#openValue(at, chunk[at] === mark.openArray);
        break;
      case mark.closeObject:
      case mark.closeArray:
        return this.#closeValue(chunk, at);
      default:
    }
    return undefined;
  }

  #openValue(at: number, isArray: boolean): void {
    if (this.#depth === 1) this.#outerKey = this.#key;
    const opensEntries = isArray && this.#outerKey === "log" && this.#key === "entries";
    if (this.#depth === entryDepth - 1 && opensEntries) {
      this.#inEntries = true;
      this.#foundEntries = true;
    }
    if (this.#inEntries && this.#depth === entryDepth) {
      this.#entryLine = this.#line;
      this.#entryStart = at;
    }
    this.#depth += 1;
    this.#key = "";
  }

  #closeValue(chunk: Buffer, at: number): Piece | undefined {
    this.#depth -= 1;
    if (this.#depth < entryDepth) this.#inEntries = false;
    if (this.#depth !== entryDepth || this.#entryLine === undefined) return undefined;
    this.#buffer.add(chunk.subarray(this.#entryStart, at + 1));
    const piece = this.#buffer.take(this.#entryLine);
    this.#entryLine = undefined;
    return piece;
  }
}
