import { type SegmentType, typeOfSegment } from "./segment-type.ts";

/** One decoded path segment, with what may stand behind a value: `.json`, `:cancel`. */
export interface Segment {
  readonly text: string;
  readonly stem: string;
  /** Empty, a representation such as `.json`, or a custom verb such as `:batchGet`. */
  readonly suffix: string;
  /** Set when the stem is a value by its form alone. */
  readonly type: SegmentType | undefined;
}

export interface PathSegments {
  readonly segments: readonly Segment[];
  readonly trailingSlash: boolean;
}

const segmentsMax = 32;
const segmentLengthMax = 512;

/** Extensions that name the representation of a resource; any other one belongs to a file's name. */
const representations: ReadonlySet<string> = new Set(
  ".json .xml .rss .atom .csv .ics .jsonp .geojson .ndjson .pb".split(" "),
);

/** Splits a raw path; undefined when it is no ordinary path or over the limits. */
export function segmentsOf(path: string): PathSegments | undefined {
  if (path.charCodeAt(0) !== 47) return undefined;
  const trailingSlash = path.length > 1 && path.endsWith("/");
  const parts = (trailingSlash ? path.slice(0, -1) : path).split("/");
  const segments: Segment[] = [];
  for (let at = 1; at < parts.length; at += 1) {
    const part = parts[at] ?? "";
    if (part === "" || part === ".") continue;
    if (part === ".." || part.length > segmentLengthMax || segments.length >= segmentsMax) {
      return undefined;
    }
    segments.push(segmentOf(decodeSegment(withoutMatrixParameters(part)), at === parts.length - 1));
  }
  return { segments, trailingSlash };
}

/** As `segmentsOf` for one decoded text that may stand last in a path. */
export function segmentOf(text: string, last = true): Segment {
  const cut = last ? suffixStart(text) : verbStart(text);
  if (cut <= 0) return { text, stem: text, suffix: "", type: typeOfSegment(text) };
  const stem = text.slice(0, cut);
  return { text, stem, suffix: text.slice(cut), type: typeOfSegment(stem) };
}

function suffixStart(text: string): number {
  const dot = text.lastIndexOf(".");
  if (dot <= 0 || text.length - dot > 9) return verbStart(text);
  const extension = text.slice(dot).toLowerCase();
  if (representations.has(extension)) return dot;
  // `23.diff`, `5f3a….pdf`: what follows an id is no part of it.
  const isNamed =
    /^\.[a-z]{2,8}$/.test(extension) && typeOfSegment(text.slice(0, dot)) !== undefined;
  return isNamed && typeOfSegment(text) === undefined ? dot : verbStart(text);
}

/** Google's custom methods: `/orders/12:cancel`, `/orders:batchGet`. */
function verbStart(text: string): number {
  const colon = text.lastIndexOf(":");
  return colon > 0 &&
    text.indexOf(":") === colon &&
    /^[a-z][a-zA-Z]{2,30}$/.test(text.slice(colon + 1))
    ? colon
    : -1;
}

function withoutMatrixParameters(part: string): string {
  const semicolon = part.indexOf(";");
  return semicolon > 0 && part.includes("=", semicolon) ? part.slice(0, semicolon) : part;
}

function decodeSegment(part: string): string {
  if (!part.includes("%")) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
