import type { Confidence } from "../../../model/detection.ts";

/** A formula that a spreadsheet works out when a file with the value is opened. */
export interface Formula {
  readonly confidence: Confidence;
  readonly start: number;
  readonly end: number;
  readonly what: string;
}

const readCharsMax = 4096;

/** Functions that start programs or reach other hosts and files, in lower case. */
const dangerousFunctions: ReadonlyMap<string, string> = new Map([
  ["hyperlink", "a link to a place of the client's choice"],
  ["webservice", "a request to a host of the client's choice"],
  ["importxml", "a request to a host of the client's choice"],
  ["importdata", "a request to a host of the client's choice"],
  ["importhtml", "a request to a host of the client's choice"],
  ["importfeed", "a request to a host of the client's choice"],
  ["importrange", "a request to a host of the client's choice"],
  ["image", "a request to a host of the client's choice"],
  ["filterxml", "a request to a host of the client's choice"],
  ["dde", "a program that is started"],
  ["ddeinitiate", "a program that is started"],
  ["exec", "a program that is started"],
  ["call", "a program that is started"],
  ["register.id", "a program that is started"],
  ["rtd", "a program that is started"],
]);

/** Programs that formulas of Dynamic Data Exchange start. */
const programs: readonly string[] = [
  "cmd",
  "powershell",
  "msexcel",
  "mshta",
  "rundll32",
  "regsvr32",
  "calc",
  "bash",
  "sh",
  "wscript",
  "cscript",
  "certutil",
];

/** Reads a value as the cell of a sheet: a formula begins with `=`, `+`, `-` or `@`, perhaps behind white space. */
export function formulaIn(value: string): Formula | undefined {
  let start = 0;
  while (start < value.length && isSkipped(value.charCodeAt(start))) start++;
  if (!isLead(value.charCodeAt(start))) return undefined;
  let at = start;
  while (isLead(value.charCodeAt(at)) || value.charCodeAt(at) === 0x20) at++;
  const text = value.slice(start, start + readCharsMax);
  const body = value.slice(at, at + readCharsMax).toLowerCase();
  const found = exchangeIn(body) ?? functionIn(body);
  if (found === undefined) return undefined;
  return { ...found, start, end: start + text.length };
}

/** White space and the quotes with which an attacker leaves a quoted cell. */
function isSkipped(code: number): boolean {
  return (
    code <= 0x20 ||
    code === 0x22 ||
    code === 0x27 ||
    code === 0xfeff ||
    code === 0x2c ||
    code === 0x3b
  );
}

function isLead(code: number): boolean {
  return code === 0x3d || code === 0x2b || code === 0x2d || code === 0x40;
}

/** `cmd|'/c calc'!A0`, also behind an expression: `10+cmd|…`. */
function exchangeIn(body: string): Pick<Formula, "confidence" | "what"> | undefined {
  const pipe = body.indexOf("|");
  if (pipe <= 0) return undefined;
  const bang = body.indexOf("!", pipe);
  const name = wordBefore(body, pipe);
  if (name === "" || bang < 0) return undefined;
  const isQuoted = body.slice(pipe + 1, pipe + 3).includes("'");
  if (!programs.some((program) => name === program || name === `${program}.exe`) && !isQuoted)
    return undefined;
  return { confidence: "high", what: "a program that is started" };
}

function functionIn(body: string): Pick<Formula, "confidence" | "what"> | undefined {
  let open = body.indexOf("(");
  for (let nth = 0; open > 0 && nth < callsMax; nth++) {
    const what = dangerousFunctions.get(wordBefore(body, open));
    const inside = body.slice(open + 1).trimStart();
    // A call has arguments in quotes, cells or further calls; "-image (small)" has a word.
    if (what !== undefined && isArgument(inside)) return { confidence: "high", what };
    open = body.indexOf("(", open + 1);
  }
  return undefined;
}

const callsMax = 64;

function isArgument(inside: string): boolean {
  const first = inside.charCodeAt(0);
  if (first === 0x22 || first === 0x27) return true;
  // `A1`, `A1&"x"`, `CONCAT(…)`.
  let at = 0;
  while (at < 64 && isWordCode(inside.charCodeAt(at))) at++;
  const next = inside.charAt(at);
  return (
    at > 0 &&
    (next === "(" ||
      next === "&" ||
      ((next === ")" || next === ",") && hasDigit(inside.slice(0, at))))
  );
}

function wordBefore(text: string, end: number): string {
  let at = end;
  while (at > 0 && at > end - 32 && (isWordCode(text.charCodeAt(at - 1)) || text[at - 1] === "."))
    at--;
  return text.slice(at, end);
}

function isWordCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f;
}

function hasDigit(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) return true;
  }
  return false;
}
