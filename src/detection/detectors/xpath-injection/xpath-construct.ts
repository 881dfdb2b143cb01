/** A piece that only XPath or XQuery has. */
export interface XPathConstruct {
  readonly start: number;
  readonly end: number;
  /** Asks for the shape of the document, which no selector does. */
  readonly isProbe: boolean;
}

/** Steps and functions by which XPath is told from SQL; lower case. */
export const pieces: readonly string[] = [
  "child::",
  "parent::",
  "ancestor::",
  "descendant::",
  "descendant-or-self::",
  "following-sibling::",
  "preceding-sibling::",
  "attribute::",
  "self::",
  "text()",
  "node()",
  "comment()",
  "name()",
  "local-name(",
  "namespace-uri(",
  "position()",
  "last()",
  "string-length(",
  "normalize-space(",
  "codepoints-to-string(",
  "string-to-codepoints(",
  "starts-with(",
  "document-uri(",
  "base-uri(",
  "doc-available(",
  "doc(",
  "count(/",
  "count(.",
  "string(/",
  "string(.",
  "name(/",
  "substring(/",
  "substring(name",
  "contains(.",
  "contains(*",
  "//*",
  "/@*",
  "| //",
  "|//",
  "] | /",
];

const probes: readonly string[] = [
  "count(/",
  "name(/",
  "string(/",
  "local-name(",
  "namespace-uri(",
];

/** The first piece of the value that is XPath; values without any of its signs are not searched. */
export function findConstruct(value: string): XPathConstruct | undefined {
  if (!value.includes("(") && !value.includes("/")) return undefined;
  const text = value.length > charsMax ? value.slice(0, charsMax) : value;
  const lower = text.toLowerCase();
  let best: XPathConstruct | undefined;
  for (const piece of pieces) {
    const start = lower.indexOf(piece);
    if (start < 0 || (best !== undefined && best.start <= start)) continue;
    if (isInsideWord(lower, start, piece)) continue;
    best = { start, end: start + piece.length, isProbe: probes.includes(piece) && start === 0 };
  }
  return best;
}

/** An injected expression stands near the start of a value. */
const charsMax = 2_048;

function isInsideWord(text: string, start: number, piece: string): boolean {
  const first = piece.charCodeAt(0);
  const before = text.charCodeAt(start - 1);
  return (
    first >= 0x61 &&
    first <= 0x7a &&
    ((before >= 0x61 && before <= 0x7a) || before === 0x2e || before === 0x5f || before === 0x2d)
  );
}
