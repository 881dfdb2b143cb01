/** Whether one of the path's segments is one that GraphQL servers are put behind. */
export function isGraphqlPath(path: string, segments: ReadonlySet<string>): boolean {
  return path.split("/").some((segment) => segments.has(segment.toLowerCase()));
}

const keywords: readonly string[] = ["query", "mutation", "subscription", "fragment"];
const startCharsMax = 4_096;

/** Whether a text starts as a GraphQL document does, past white space, commas and comments. */
export function looksLikeDocument(text: string): boolean {
  const start = startOf(text);
  if (text.charCodeAt(start) === 0x7b) {
    // JSON, which starts alike, goes on with a quote.
    return /^\{[\s,]*(?:[_A-Za-z]|\.\.\.)/.test(text.slice(start, start + startCharsMax));
  }
  return keywords.some((keyword) => text.startsWith(keyword, start)) && text.includes("{", start);
}

function startOf(text: string): number {
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x23) {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end + 1;
    } else if (code <= 0x20 || code === 0x2c || code === 0xfeff) at += 1;
    else break;
  }
  return at;
}
