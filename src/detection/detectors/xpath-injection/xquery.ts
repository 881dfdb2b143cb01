import type { Match } from "../../detector.ts";

const readCharsMax = 2048;

/** Functions of XQuery that open documents, in lower case. */
const sources: readonly string[] = ["doc(", "collection(", "unparsed-text(", "doc-available("];

/** A loop of XQuery over documents, or one of its functions with the name of a document and nothing else. */
export function judgeQuery(value: string): Match | undefined {
  const text = value.slice(0, readCharsMax).toLowerCase();
  const source = sources.find((name) => text.includes(name));
  if (source === undefined) return undefined;
  const start = text.indexOf(source);
  const isLoop = hasLoop(text, start);
  if (!isLoop && !opensAddress(text, start + source.length)) return undefined;
  return {
    confidence: isLoop ? "high" : "medium",
    start: isLoop ? 0 : start,
    end: Math.min(value.length, start + 64),
    explanation: `Put into an XQuery expression, the value opens a document of its choice with "${source.slice(0, -1)}".`,
  };
}

/** `for $user in doc("users.xml")//user return $user`. */
function hasLoop(text: string, source: number): boolean {
  const lead = text.slice(0, source);
  const isBound =
    (lead.includes("for $") && lead.includes(" in ")) ||
    (lead.includes("let $") && lead.includes(":="));
  return isBound && text.includes("return ", source);
}

/** `doc('file:///etc/passwd')`, `unparsed-text("http://…")`: an address or a path from the root. */
function opensAddress(text: string, from: number): boolean {
  const argument = text.slice(from, from + 64).trimStart();
  const quote = argument.charAt(0);
  if (quote !== "'" && quote !== '"') return false;
  const name = argument.slice(1);
  return (
    name.startsWith("/") ||
    name.startsWith("file:") ||
    name.startsWith("http:") ||
    name.startsWith("https:") ||
    name.startsWith("..")
  );
}
