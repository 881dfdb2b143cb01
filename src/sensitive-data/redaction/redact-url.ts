import { redactPairs } from "./redact-pairs.ts";
import { percentDecoded, type ValueHider } from "./value-hider.ts";

/** Redacts a URL, absolute or not: each path segment and each parameter for itself. */
export function redactUrl(url: string, hider: ValueHider): string {
  const start = pathStartOf(url);
  const mark = url.indexOf("?", start);
  const path = mark < 0 ? url.slice(start) : url.slice(start, mark);
  const query = mark < 0 ? "" : `?${redactPairs(url.slice(mark + 1), hider)}`;
  return `${hider.text(url.slice(0, start))}${redactPath(path, hider)}${query}`;
}

function pathStartOf(url: string): number {
  const scheme = url.indexOf("://");
  if (scheme < 0) return 0;
  const slash = url.indexOf("/", scheme + 3);
  const mark = url.indexOf("?", scheme + 3);
  if (slash < 0) return mark < 0 ? url.length : mark;
  return mark >= 0 && mark < slash ? mark : slash;
}

function redactPath(path: string, hider: ValueHider): string {
  // Across segments first: a secret's format may contain a slash.
  return hider
    .text(path)
    .split("/")
    .map((segment) => redactSegment(segment, hider))
    .join("/");
}

/** A segment has no name: `/password/reset` must stay readable. */
function redactSegment(segment: string, hider: ValueHider): string {
  const decoded = percentDecoded(segment);
  const hidden = hider.value("", decoded);
  return hidden === decoded ? segment : hidden;
}
