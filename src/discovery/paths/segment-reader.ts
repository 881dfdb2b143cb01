import { type Lexis, lexisOf } from "./segment-lexis.ts";
import { segmentOf } from "./segments.ts";

/** A segment's text taken apart and judged by its spelling. */
interface ReadSegment {
  readonly stem: string;
  readonly suffix: string;
  readonly lexis: Lexis;
}

export type SegmentReader = (text: string) => ReadSegment;

/** Texts remembered; the same ones are judged at every new decision. */
const remembered = 20_000;

/** Reads segments, remembering those read before. */
export function createSegmentReader(): SegmentReader {
  const known = new Map<string, ReadSegment>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const { stem, suffix } = segmentOf(text);
    const read = { stem, suffix, lexis: lexisOf(stem) };
    if (known.size >= remembered) known.clear();
    known.set(text, read);
    return read;
  };
}
