/** One word of a log line, and how it was set apart. */
export interface LogToken {
  readonly kind: "word" | "quoted" | "bracketed";
  readonly text: string;
}

/** Words after which a line is not read on; the longest known format has 33. */
const tokensMax = 64;

/** Splits a log line at spaces; `"…"` (with `\"` and `\x22` undone) and `[…]` are one word. */
export function logTokensOf(line: string): readonly LogToken[] {
  const tokens: LogToken[] = [];
  let at = 0;
  while (at < line.length && tokens.length < tokensMax) {
    const character = line[at];
    if (character === " " || character === "\t" || character === "\r") {
      at += 1;
    } else if (character === '"') {
      const end = quoteEndOf(line, at + 1);
      tokens.push({ kind: "quoted", text: unescaped(line.slice(at + 1, end)) });
      at = end + 1;
    } else {
      const end = wordEndOf(line, at);
      tokens.push(wordOf(line.slice(at, end)));
      at = end;
    }
  }
  return tokens;
}

function quoteEndOf(line: string, from: number): number {
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === "\\") at += 1;
    else if (line[at] === '"') return at;
  }
  return line.length;
}

function wordEndOf(line: string, from: number): number {
  if (line[from] === "[") {
    const close = line.indexOf("]", from);
    if (close >= 0) return close + 1;
  }
  let at = from;
  while (at < line.length && line[at] !== " " && line[at] !== "\t") at += 1;
  return at;
}

function wordOf(text: string): LogToken {
  return text.startsWith("[") && text.endsWith("]")
    ? { kind: "bracketed", text: text.slice(1, -1) }
    : { kind: "word", text };
}

/** Apache and nginx escape quotes and whatever is not printable. */
function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|(["\\nrt]))/g,
    (_all, hex?: string, plain?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      return { n: "\n", r: "\r", t: "\t" }[plain ?? ""] ?? plain ?? "";
    },
  );
}
