import type { Match } from "../../detector.ts";
import { rankArguments } from "./arguments.ts";
import { findProgram } from "./program.ts";
import { isLetter } from "./shell-characters.ts";
import type { ShellCommand } from "./shell-command.ts";
import { lexShell } from "./shell-lexer.ts";

/** Functions of many languages that hand a string to a shell. */
const shellFunctions: ReadonlySet<string> = new Set(
  (
    "system exec passthru shell_exec popen proc_open pcntl_exec execsync spawn spawnsync execfile " +
    "eval assert os.system os.popen subprocess.run subprocess.call subprocess.popen " +
    "subprocess.check_output kernel.exec kernel.system io.popen child_process.exec " +
    "child_process.execsync runtime.exec shell wscript.shell process.start execvp execl"
  ).split(" "),
);

/** A call is looked at this far before its bracket and after it. */
const functionLengthMax = 64;
const literalLengthMax = 512;

/** More calls in one value are not looked at. */
const callsMax = 64;

/** Judges code and markup that hand a command line to a shell: `system('id')`, `<!--#exec …-->`. */
export function judgeCall(value: string): Match | undefined {
  return judgeShellshock(value) ?? judgeInclude(value) ?? judgeForkBomb(value) ?? judgeCalls(value);
}

/** `() { :; }; command`: old bash ran what follows a function in a variable. */
function judgeShellshock(value: string): Match | undefined {
  const at = value.indexOf("() {");
  if (at < 0 || (at > 0 && !" =".includes(value.charAt(at - 1)))) return undefined;
  const before = value.slice(0, at).trimEnd();
  // Code has a name, a keyword or another sign before the brackets; a variable has its `=`.
  if (before !== "" && !before.endsWith("=")) return undefined;
  const rest = value.slice(at + 4, at + 4 + literalLengthMax).trimStart();
  const isEmptyBody =
    rest === "" || rest.startsWith(":") || rest.startsWith("_") || rest.startsWith("}");
  if (!isEmptyBody) return undefined;
  return matchOf(
    at,
    value.length,
    "high",
    'The value begins like an exported bash function "() {"; old versions of bash run what follows it (Shellshock).',
  );
}

const directives = ["include", "echo", "set", "printenv", "config", "fsize", "flastmod", "if"];

/** `<!--#exec cmd="…"-->`: server-side include. */
function judgeInclude(value: string): Match | undefined {
  const at = value.indexOf("<!--#");
  if (at < 0) return undefined;
  const head = value.slice(at + 5, at + 32).toLowerCase();
  if (head.startsWith("exec")) {
    const explanation =
      'The value is a server-side include directive "#exec": a web server that parses the page runs its command.';
    return matchOf(at, value.length, "high", explanation);
  }
  const name = directives.find(
    (directive) => head.startsWith(`${directive} `) || head.startsWith(`${directive}-`),
  );
  if (name === undefined) return undefined;
  const explanation = `The value is a server-side include directive "#${name}", which a web server that parses the page carries out.`;
  return matchOf(at, value.length, "medium", explanation);
}

/** `:(){ :|:& };:` and its variants under other names. */
function judgeForkBomb(value: string): Match | undefined {
  const brackets = value.indexOf("(){");
  const at = brackets < 0 ? value.indexOf("() {") : brackets;
  if (at <= 0) return undefined;
  let start = at;
  while (start > 0 && at - start < 32 && !" ;\t\n".includes(value.charAt(start - 1))) start--;
  const name = value.slice(start, at);
  const body = value
    .slice(value.indexOf("{", at) + 1, at + 128)
    .replaceAll(" ", "")
    .replaceAll("()", "");
  if (name === "" || !callsItselfTwice(body, name)) return undefined;
  return matchOf(
    start,
    value.length,
    "high",
    `The value defines a shell function "${name}" that starts itself twice and so fills the process table.`,
  );
}

function callsItselfTwice(body: string, name: string): boolean {
  return body.startsWith(`${name}|${name}`) || body.startsWith(`${name}&${name}`);
}

function judgeCalls(value: string): Match | undefined {
  let at = value.indexOf("(");
  let best: Match | undefined;
  for (let call = 0; at >= 0 && call < callsMax; call++) {
    const name = functionNameBefore(value, at);
    if (name !== undefined) best = judgeArgument(value, name, at) ?? best;
    if (best?.confidence === "high") return best;
    at = value.indexOf("(", at + 1);
  }
  return best;
}

function functionNameBefore(value: string, bracket: number): string | undefined {
  let end = bracket;
  while (end > 0 && value.charCodeAt(end - 1) === 0x20 && bracket - end < 3) end--;
  let start = end;
  while (start > 0 && end - start < functionLengthMax && isNameCode(value.charCodeAt(start - 1)))
    start--;
  const name = value.slice(start, end).toLowerCase();
  if (shellFunctions.has(name)) return name;
  const dot = name.lastIndexOf(".");
  return dot >= 0 && shellFunctions.has(name.slice(dot + 1)) ? name.slice(dot + 1) : undefined;
}

function isNameCode(code: number): boolean {
  return isLetter(code) || code === 0x5f || code === 0x2e || (code >= 0x30 && code <= 0x39);
}

/** Reads the string literal after the bracket as a command line. */
function judgeArgument(value: string, name: string, bracket: number): Match | undefined {
  let at = bracket + 1;
  while (at < bracket + 4 && " [".includes(value.charAt(at))) at++;
  const quote = value.charAt(at);
  if (quote !== "'" && quote !== '"') return undefined;
  const close = value.indexOf(quote, at + 1);
  const end = close < 0 ? value.length : close;
  const literal = value.slice(at + 1, Math.min(end, at + 1 + literalLengthMax));
  if (!isCommandLine(literal)) return undefined;
  const alone = bracket - name.length <= 4 || value.length - name.length < literal.length + 24;
  const explanation = `The value calls "${name}" of a programming language with the command line "${literal.slice(0, 64)}", which a shell then runs.`;
  return matchOf(bracket - name.length, end + 1, alone ? "high" : "medium", explanation);
}

function isCommandLine(literal: string): boolean {
  let found = false;
  lexShell(literal, "none", (command: ShellCommand) => {
    const program = findProgram(command.words);
    if (program === undefined) return;
    const args = rankArguments(command, program);
    found ||=
      args !== "prose" && (program.rank !== "word" || args === "strong" || program.name === "echo");
  });
  return found;
}

function matchOf(
  start: number,
  end: number,
  confidence: Match["confidence"],
  explanation: string,
): Match {
  return { confidence, start: Math.max(0, start), end: Math.min(end, start + 256), explanation };
}
