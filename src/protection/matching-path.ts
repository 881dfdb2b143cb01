/**
 * The segments of a raw path as policy compares them: one percent-decoding, dot segments resolved,
 * empty segments and `;parameters` dropped, backslashes as slashes, so that no spelling that an
 * upstream treats alike slips past an endpoint's mode. Never used for what is sent upstream.
 */
export function matchingSegmentsOf(path: string): readonly string[] {
  // Ordinary paths, which are nearly all, need no more than a split.
  if (!/[%\\;]|\/[./]/.test(path)) return plainSegmentsOf(path);

  const segments: string[] = [];
  for (const raw of path.split(/[/\\]/)) {
    const segment = decodedOf(withoutParameters(raw));
    if (segment === "" || segment === ".") continue;
    if (segment === "..") segments.pop();
    else segments.push(segment);
  }
  return segments;
}

function plainSegmentsOf(path: string): readonly string[] {
  const start = path.startsWith("/") ? 1 : 0;
  const end = path.endsWith("/") ? path.length - 1 : path.length;
  return end <= start ? [] : path.slice(start, end).split("/");
}

function withoutParameters(segment: string): string {
  const end = segment.indexOf(";");
  return end < 0 ? segment : segment.slice(0, end);
}

function decodedOf(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not UTF-8, hence no endpoint that a policy could name.
    return segment;
  }
}
