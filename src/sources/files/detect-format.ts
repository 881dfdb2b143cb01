export type FileFormat = "jsonl" | "har";

/** Bytes of a file after which its format must be clear. */
const headBytesMax = 65_536;

/** Tells the format from the head of a file; undefined as long as more bytes could decide. */
export function detectFormat(head: Buffer, isAll: boolean): FileFormat | undefined {
  const text = head
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  const enough = isAll || head.length >= headBytesMax;
  if (text === "") return enough ? "jsonl" : undefined;
  if (!text.startsWith("{")) return "jsonl";

  const afterBrace = text.slice(1).trimStart();
  const key = '"log"';
  if (afterBrace.startsWith(key)) return "har";
  if (afterBrace.length < key.length && !enough) return undefined;
  // A brace alone on its line starts a document that was printed over several lines.
  const lineEnd = text.indexOf("\n");
  return lineEnd > 0 && text.slice(1, lineEnd).trim() === "" ? "har" : "jsonl";
}
