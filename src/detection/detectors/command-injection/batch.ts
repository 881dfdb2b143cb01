import type { Match } from "../../detector.ts";

/** Longer than any line that is typed into a form to be run. */
const batchLengthMax = 1_024;

const comparisons: ReadonlySet<string> = new Set(["equ", "neq", "lss", "leq", "gtr", "geq"]);
const conditions: ReadonlySet<string> = new Set([
  "exist",
  "defined",
  "errorlevel",
  "cmdextversion",
]);

/** What a batch file does under a condition. */
const batchCommands: ReadonlySet<string> = new Set(
  (
    "cmd echo @echo set goto call del copy move type start exit cd md rd dir ping powershell if for " +
    "reg net shutdown do ren"
  ).split(" "),
);

/** Judges control flow of cmd.exe: `for %i in (…) do …`, `if exist x (…)`. */
export function judgeBatch(value: string): Match | undefined {
  if (value.length > batchLengthMax) return undefined;
  const start = startOf(value);
  const head = value.slice(start, start + 3).toLowerCase();
  const isFor = head === "for" && isGap(value.charCodeAt(start + 3));
  const isIf = head.startsWith("if") && (isGap(value.charCodeAt(start + 2)) || head === "if/");
  if (!isFor && !isIf) return undefined;
  const words = wordsOf(value.slice(start + (isFor ? 3 : 2)));
  const found = isFor ? isLoop(words) : isCondition(words);
  if (!found) return undefined;
  return {
    confidence: start > 0 && value.charCodeAt(start - 1) !== 0x20 ? "high" : "medium",
    start: 0,
    end: Math.min(value.length, 256),
    explanation: `The value is a "${isFor ? "for" : "if"}" statement of the Windows command interpreter, which runs the command at its end.`,
  };
}

/** Separators and spaces may come first: `& for %a in (…)`. */
function startOf(value: string): number {
  let start = 0;
  while (start < value.length && " \t\r\n;|&\"'(@".includes(value.charAt(start))) start++;
  return start;
}

function isGap(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function wordsOf(text: string): readonly string[] {
  const spaced = text.replaceAll("(", " ( ").replaceAll(")", " ) ").toLowerCase();
  return spaced.split(" ").filter((word) => word !== "");
}

/** `for [/f "…"] %i in (…) do command`. */
function isLoop(words: readonly string[]): boolean {
  const variable = words.findIndex((word) => word.startsWith("%"));
  if (variable < 0) return false;
  const into = words.indexOf("in", variable + 1);
  if (into < 0 || into > variable + 2 || words[into + 1] !== "(") return false;
  return words.indexOf("do", into + 2) > 0;
}

/** `if [/i] [not] exist x command`, `if "%a%" equ 1 command`, `if "%1"=="" command`. */
function isCondition(words: readonly string[]): boolean {
  let at = 0;
  while (words[at] === "/i" || words[at] === "not") at++;
  // Only cmd.exe has this switch.
  if (words.slice(0, at).includes("/i")) return words.length > at + 1;
  const first = words[at] ?? "";
  // Other languages put a condition of several words in brackets; cmd.exe has no such brackets.
  const isBracket = first === "(" && words[at + 2] !== ")";
  if (isBracket && !comparisons.has(words[at + 2] ?? "")) return false;
  if (conditions.has(first)) return runsCommand(words, at + 2);
  const compared = words.findIndex((word, index) => index >= at && comparisons.has(word));
  if (compared > at && compared < at + 8) return words.length > compared + 1;
  const equal = words.findIndex((word, index) => index >= at && word.includes("=="));
  return equal >= at && equal < at + 6 && runsCommand(words, equal + 1);
}

/** Whether a command of a batch file, or a bracket around one, follows. */
function runsCommand(words: readonly string[], from: number): boolean {
  for (let at = from; at < words.length; at++) {
    const word = words[at] ?? "";
    if (batchCommands.has(word) || word === "(" || word === "...") return true;
  }
  return false;
}
