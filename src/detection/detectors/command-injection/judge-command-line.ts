import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { type ArgumentsRank, isAddress, rankArguments } from "./arguments.ts";
import { matchesGlob } from "./glob.ts";
import { findProgram, isProgramName, type Program } from "./program.ts";
import { globTargets } from "./program-table.ts";
import type { ShellCommand, ShellWord } from "./shell-command.ts";
import { lexShell } from "./shell-lexer.ts";

/** Longer values are scripts or texts, judged by what breaks out of them. */
const commandLineLengthMax = 512;

/** Names of JSON fields that honestly hold command lines, in APIs that run programs. */
const commandFields = ["command", "cmd", "args", "script", "entrypoint", "run", "exec", "shell"];

/** Judges a value that is as a whole a command line: `cat /etc/passwd`, `nc -e /bin/sh host 80`. */
export function judgeCommandLine(field: Field, value: string): Match | undefined {
  if (value.length > commandLineLengthMax) return undefined;
  if (isFolderExpansion(field.value)) {
    const explanation = `The value "${field.value}" is what a shell replaces by the name of its working folder.`;
    return { confidence: "medium", start: 0, end: value.length, explanation };
  }
  if (!mayBeginCommand(value) || hasMarkup(value)) return undefined;
  const command = firstCommandOf(value);
  if (command === undefined || isHeading(value, command)) return undefined;
  const confidence = confidenceOf(field, command);
  if (confidence === undefined) return undefined;
  const name = findProgram(command.words)?.name ?? command.words[0]?.text ?? "";
  return {
    confidence,
    start: command.start,
    end: Math.min(command.end, command.start + 256),
    explanation: `The value is itself a command line that runs or reaches "${name.slice(0, 64)}" when a shell gets to see it.`,
  };
}

/** `as the <term>value</term>`, `<Outlet />`: what closes a tag is no redirection. */
function hasMarkup(value: string): boolean {
  return value.includes("<") && (value.includes("</") || value.includes("/>"));
}

/** Cheap refusal of ordinary text: its first word is no program and hides none. */
function mayBeginCommand(value: string): boolean {
  let start = 0;
  while (value.charCodeAt(start) <= 0x20) start++;
  if (kindOf(value.charCodeAt(start)) === beginning) return true;
  let end = start;
  let hasSlash = false;
  for (; end < value.length; end++) {
    const code = value.charCodeAt(end);
    if (code <= 0x20) break;
    if (kindOf(code) === disguise) return true;
    hasSlash ||= code === 0x2f;
  }
  const word = value.slice(start, Math.min(end, start + 40));
  return isProgramName(word) || (hasSlash && word.includes("bin/"));
}

function kindOf(code: number): number {
  return code < 0x80 ? (kindsOfCharacters[code] ?? 0) : 0;
}

const beginning = 1;
const disguise = 2;
const kindsOfCharacters: Uint8Array = new Uint8Array(0x80);
/** Characters that a path, a subshell or a silenced command begins with. */
for (const character of "/~.%(@!?") kindsOfCharacters[character.charCodeAt(0)] = beginning;
/** Characters that a shell removes or replaces within the name of a program. */
for (const character of "'\"\\$^{*[`<>") kindsOfCharacters[character.charCodeAt(0)] = disguise;

/** `~+`, `~-2`: the working folders of a shell. */
function isFolderExpansion(value: string): boolean {
  if (value.length < 2 || value.length > 3) return false;
  if (value.charAt(0) !== "~" || !"+-".includes(value.charAt(1))) return false;
  for (let at = 2; at < value.length; at++) {
    if (value.charCodeAt(at) < 0x30 || value.charCodeAt(at) > 0x39) return false;
  }
  return true;
}

/** A path or name on a line of its own, before a text about it. */
function isHeading(value: string, command: ShellCommand): boolean {
  return value.length > command.end * 2 && value.charCodeAt(command.end) === 0x0a;
}

function firstCommandOf(value: string): ShellCommand | undefined {
  let first: ShellCommand | undefined;
  lexShell(value, "none", (command) => {
    if (command.opener === "start") first ??= command;
  });
  return first;
}

function confidenceOf(field: Field, command: ShellCommand): Match["confidence"] | undefined {
  const word = command.words[0];
  if (word?.glob === true && reachesTarget(word.text)) return "medium";
  const program = word?.redirected === true ? undefined : findProgram(command.words);
  if (program === undefined) return undefined;
  const args = rankArguments(command, program);
  if (args === "prose") return undefined;
  return isCommandField(field) ? "low" : confidenceOfProgram(command, program, args);
}

function confidenceOfProgram(
  command: ShellCommand,
  program: Program,
  args: ArgumentsRank,
): Match["confidence"] | undefined {
  if (program.rank === "certain" && !program.disguised)
    return args === "strong" ? "high" : "medium";
  if (args === "strong") return confidenceOfArguments(command, program);
  if (program.disguised || command.disguisedSpaces) {
    return program.name.length > 2 ? "medium" : "low";
  }
  return program.launched && program.rank === "distinctive" ? "medium" : undefined;
}

function confidenceOfArguments(command: ShellCommand, program: Program): Match["confidence"] {
  const args = command.words.slice(program.argumentsFrom);
  if (command.disguisedSpaces) return "high";
  const reaches = args.some((word) => isHostPath(word.text) || isVariablePath(word));
  if (program.rank === "distinctive") {
    // "GCC supports -pthread": a name as a sentence writes it.
    const typed = command.words[program.argumentsFrom - 1]?.text ?? "";
    return reaches
      ? "high"
      : typed.charAt(0) < "a" && !program.name.includes("-")
        ? "low"
        : "medium";
  }
  if (reaches && program.rank === "word" && isSentenceAbout(args)) return "low";
  return reaches || isScript(args) || isTypedProgram(command, program, args) ? "medium" : "low";
}

/** "Move all header files to /usr/include": words without any option around a path. */
function isSentenceAbout(args: readonly ShellWord[]): boolean {
  if (args.some(({ text }) => text.startsWith("-"))) return false;
  return args.filter(({ text, quoted }) => !quoted && /^[a-z]{2,}[.,]?$/i.test(text)).length > 2;
}

/** `-e 'print 1'`, `-c "id"`: an option of interpreters with a program in quotes. */
function isScript(args: readonly ShellWord[]): boolean {
  const [option, script] = args;
  return option?.text.length === 2 && option.text.startsWith("-") && script?.quoted === true;
}

/** "find -me" and "set 8 -a" are too little; "ls -la" and "ping 127.0.0.1" are not. */
function isTypedProgram(
  command: ShellCommand,
  program: Program,
  args: readonly ShellWord[],
): boolean {
  const name = command.words[program.argumentsFrom - 1]?.text ?? "";
  if (program.rank !== "terse" || name !== program.name || name.length < 2) return false;
  const texts = args.map((word) => word.text);
  if (texts.every((text) => text.startsWith("-")) || texts.some((text) => isAddress(text)))
    return true;
  // `echo "…" > x.php`, `net user x /add`.
  if (args.some((word) => word.redirected) && args.some((word) => word.quoted)) return true;
  return texts.length > 2 && texts.some((text) => text.startsWith("/"));
}

const hostFolders = [
  "/etc",
  "/proc",
  "/bin",
  "/usr",
  "/var",
  "/root",
  "/tmp",
  "/dev",
  "/home",
  "/opt",
];

/** `%SYSTEMROOT%\\repair\\SAM`: a path that begins with a variable of cmd.exe. */
function isVariablePath({ text, quoted }: ShellWord): boolean {
  return !quoted && text.startsWith("%") && text.indexOf("%", 1) > 2 && text.length > 8;
}

function isHostPath(text: string): boolean {
  if (text === "/" || text.toLowerCase().startsWith("hklm\\")) return true;
  if (text.charAt(1) === ":" && "\\/".includes(text.charAt(2))) return true;
  return (
    hostFolders.some((folder) => text === folder || text.startsWith(`${folder}/`)) ||
    reachesTarget(text)
  );
}

/** `/e?c/p*d`: a pattern that has no use but to reach a file without naming it. */
function reachesTarget(pattern: string): boolean {
  const isPattern = pattern.includes("?") || pattern.includes("*") || pattern.includes("[");
  if (!isPattern || !pattern.startsWith("/") || pattern.length < 6) return false;
  return globTargets.some((target) => matchesGlob(pattern.toLowerCase(), target));
}

function isCommandField({ location, name }: Field): boolean {
  if (location !== "body" || !name.startsWith("$")) return false;
  const last = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const bracket = last.indexOf("[");
  return commandFields.includes(bracket < 0 ? last : last.slice(0, bracket));
}
