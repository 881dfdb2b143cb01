import type { Leak } from "./leak.ts";

/** Texts of which one occurs in every stack trace, in lower case. */
export const traceSigns: readonly string[] = [
  ".java:",
  ".kt:",
  ".scala:",
  ".groovy:",
  "native method)",
  "unknown source)",
  ".cs:line ",
  ".vb:line ",
  "at system.",
  "at microsoft.",
  "(most recent call last)",
  ".php on line ",
  ".php</b> on line ",
  ".php:",
  ".php(",
  ".js:",
  ".mjs:",
  ".cjs:",
  ".ts:",
  "node:internal",
  ".rb:",
  "goroutine ",
  " panicked at ",
  ".ex:",
  ".pl line ",
];

const linesMax = 20_000;
const lineCharsMax = 512;
/** One line may be a sentence about code; two of one kind are a trace. */
const framesMin = 2;

type Language =
  | "Java"
  | ".NET"
  | "Node.js"
  | "PHP"
  | "Ruby"
  | "Go"
  | "Python"
  | "Rust"
  | "Elixir"
  | "Perl";

/** The first stack trace of a text, also where its line ends are those of JSON or HTML. */
export function stackTraceIn(text: string): Omit<Leak, "kind" | "confidence"> | undefined {
  let language: Language | undefined;
  let frames = 0;
  let start = 0;
  let lineStart = 0;
  for (let nth = 0; nth < linesMax && lineStart < text.length; nth++) {
    const end = lineEnd(text, lineStart);
    const line = text.slice(lineStart, Math.min(end, lineStart + lineCharsMax));
    const found = frameOf(line.trim());
    if (found !== undefined) {
      if (found.language !== language) {
        frames = 0;
        start = lineStart;
        language = found.language;
      }
      frames += found.weight;
      if (frames >= framesMin) return { start, end, what: `a stack trace of ${found.language}` };
    }
    lineStart = separatorEnd(text, end);
  }
  return undefined;
}

/** Lines end at line ends, at `\n` within JSON, at tags, and at the quotes around an array's items. */
function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return at;
    if (code === 0x5c && (text[at + 1] === "n" || text[at + 1] === "r")) return at;
    if (code === 0x3c && startsTag(text, at)) return at;
    if (code === 0x22 && text[at - 1] !== "\\" && ",:]}".includes(text[at + 1] ?? ",")) return at;
  }
  return text.length;
}

function startsTag(text: string, at: number): boolean {
  const tag = text.slice(at + 1, at + 4).toLowerCase();
  return lineTags.some((start) => tag.startsWith(start));
}

/** `<br>`, `<pre>`, `<p>`, `<div>`, `<li>`, `<tr>` and their ends. */
const lineTags: readonly string[] = ["br", "p>", "pr", "di", "li", "tr", "/p", "/di", "/li", "/tr"];

function separatorEnd(text: string, end: number): number {
  const code = text.charCodeAt(end);
  if (code === 0x5c) return end + 2;
  if (code !== 0x3c) return end + 1;
  const close = text.slice(end, end + 16).indexOf(">");
  return close < 0 ? end + 1 : end + close + 1;
}

interface Frame {
  readonly language: Language;
  /** Frames it counts as. */
  readonly weight: number;
}

function frameOf(line: string): Frame | undefined {
  const plain = withoutLead(line);
  if (plain.length < 6) return undefined;
  if (plain.startsWith("at ")) return atFrame(plain);
  return pythonFrame(plain) ?? phpFrame(plain) ?? otherFrame(plain);
}

/** `"  \tat x` of an array's item, of JSON's tabs, and of HTML's blanks. */
function withoutLead(line: string): string {
  let at = 0;
  while (at < line.length && " \t\"'[,:".includes(line.charAt(at))) at++;
  const rest = line.slice(at);
  if (rest.startsWith("\\t")) return withoutLead(rest.slice(2));
  return rest.startsWith("&nbsp;") ? withoutLead(rest.slice(6)) : rest;
}

function atFrame(line: string): Frame | undefined {
  const hasParenthesis = line.includes("(");
  if (hasParenthesis && javaPlaces.some((place) => line.includes(place))) return frame("Java");
  if (line.includes(":line ") || line.startsWith("at System.") || line.startsWith("at Microsoft."))
    return frame(".NET");
  return hasPosition(line) ? frame("Node.js") : undefined;
}

const javaPlaces: readonly string[] = [
  ".java:",
  ".kt:",
  ".scala:",
  ".groovy:",
  "(Native Method)",
  "(Unknown Source)",
  "(<generated>)",
];

/** `:12:34` or `:12:34)` at the end. */
function hasPosition(line: string): boolean {
  let at = line.length - 1;
  if (line[at] === ")") at--;
  const column = digitsBefore(line, at);
  return column < at && line[column] === ":" && digitsBefore(line, column - 1) < column - 1;
}

function digitsBefore(line: string, from: number): number {
  let at = from;
  while (at >= 0 && isDigit(line.charCodeAt(at))) at--;
  return at;
}

function pythonFrame(line: string): Frame | undefined {
  if (line.startsWith("Traceback (most recent call last)")) return frame("Python", framesMin - 1);
  const isFile =
    line.startsWith('File "') || line.startsWith('File \\"') || line.startsWith("File &quot;");
  // The quote behind the name may have ended the line.
  return isFile && (line.includes(", line ") || line.includes(".py")) ? frame("Python") : undefined;
}

/** `#0 /app/x.php(12): f()`, or one message with file and line, which is enough. */
function phpFrame(line: string): Frame | undefined {
  if (line.startsWith("#") && isDigit(line.charCodeAt(1)) && line.includes(".php("))
    return frame("PHP");
  const isPlaced =
    line.includes(".php on line ") || line.includes(".php</b> on line ") || line.includes(".php:");
  return isPlaced && phpMessages.some((message) => line.includes(message))
    ? frame("PHP", framesMin)
    : undefined;
}

const phpMessages: readonly string[] = [
  "Fatal error",
  "Parse error",
  "Warning",
  "Notice:",
  "Notice<",
  "Uncaught ",
  "Deprecated:",
  "Deprecated<",
];

function otherFrame(line: string): Frame | undefined {
  if (line.includes(".rb:") && line.includes(":in ")) return frame("Ruby");
  if (line.startsWith("goroutine ") && line.includes(" [")) return frame("Go");
  if (line.includes(".go:") && (line.startsWith("/") || line.includes(" +0x"))) return frame("Go");
  if (line.startsWith("thread '") && line.includes(" panicked at "))
    return frame("Rust", framesMin);
  if (line.startsWith("(") && line.includes(".ex:")) return frame("Elixir");
  return line.includes(" at /") && line.includes(".pl line ")
    ? frame("Perl", framesMin)
    : undefined;
}

function frame(language: Language, weight = 1): Frame {
  return { language, weight };
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
