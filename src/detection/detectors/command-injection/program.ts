import { matchesGlob } from "./glob.ts";
import {
  globTargets,
  launchers,
  type ProgramRank,
  programs,
  reservedWords,
} from "./program-table.ts";
import { isLetter } from "./shell-characters.ts";
import type { ShellWord } from "./shell-command.ts";

/** The program that a command runs, as far as it can be told. */
export interface Program {
  readonly name: string;
  /** `certain`: a path to an executable, or a known name in a disguise. */
  readonly rank: "certain" | ProgramRank;
  /** Index of the first argument in the command's words. */
  readonly argumentsFrom: number;
  readonly disguised: boolean;
  /** Named after another program that runs it: `nohup whoami`. */
  readonly launched?: true;
}

/** Finds the program of a command behind assignments, reserved words and launchers. */
export function findProgram(words: readonly ShellWord[]): Program | undefined {
  let launched: Program | undefined;
  let hidden = false;
  for (let index = 0; index < words.length && index < headWordsMax; index++) {
    const word = words[index];
    if (word === undefined || isSkipped(word, index)) {
      // `$x wget`: a variable that is not set leaves the next word to be the program.
      hidden ||= word !== undefined && isUnsetVariable(word);
      continue;
    }
    const program = programOf(word, index + 1);
    if (program === undefined) return launched;
    if (!launchers.has(program.name)) return finished(program, launched, hidden);
    launched ??= program;
  }
  return launched;
}

/** Assignments, reserved words and launchers before a program, at most. */
const headWordsMax = 6;

function isSkipped(word: ShellWord, index: number): boolean {
  if (word.redirected || isAssignment(word.text)) return true;
  if (isUnsetVariable(word)) return true;
  return index === 0 && reservedWords.has(word.text.toLowerCase());
}

/** A variable alone; a substitution that stood there leaves the word broken instead. */
export function isUnsetVariable(word: ShellWord): boolean {
  return word.expanded && word.text === "" && !word.broken && !word.quoted;
}

function finished(program: Program, launched: Program | undefined, hidden: boolean): Program {
  if (hidden) return { ...program, rank: raised(program), disguised: true };
  return launched === undefined ? program : { ...program, rank: raised(program), launched: true };
}

/** A program named after `time`, `sudo` or `nohup` is meant as one. */
function raised(program: Program): Program["rank"] {
  return program.rank === "terse" ? "distinctive" : program.rank;
}

/** `a=b` before a command; a value that ends in a comma belongs to a list of something else. */
export function isAssignment(text: string): boolean {
  const equals = text.indexOf("=");
  if (equals <= 0 || equals > 32 || text.endsWith(",")) return false;
  for (let at = 0; at < equals; at++) {
    const code = text.charCodeAt(at);
    const isNumber = code >= 0x30 && code <= 0x39;
    if (!isLetter(code) && code !== 0x5f && !(isNumber && at > 0)) return false;
  }
  return true;
}

function programOf(word: ShellWord, argumentsFrom: number): Program | undefined {
  const text = withoutCarets(word.text);
  if (text.length > 128 || text === "") return undefined;
  if (word.glob) return globbedProgram(word, text, argumentsFrom);
  const path = text.replaceAll("\\", "/").toLowerCase();
  // `\w` and `\d` are more likely parts of a pattern than programs of one letter.
  const broken = word.broken && !text.includes(":") && text.length > 1;
  const disguised = broken || text !== word.text;
  const slash = path.lastIndexOf("/");
  const draft = { argumentsFrom, disguised };
  if (slash < 0) return namedProgram(path, draft);
  const name = nameOf(path.slice(slash + 1));
  const known = programs.has(name);
  const isAbsolute = path.startsWith("/") || path.charAt(1) === ":" || path.startsWith("%");
  if (isProgramFolder(path.slice(0, slash + 1)) && (known || (isAbsolute && isPlainName(name)))) {
    return { name, rank: "certain", ...draft };
  }
  if (path.startsWith("./") && known) return { name, rank: "distinctive", ...draft };
  // cmd.exe needs no space before a switch: `bcdboot/r`.
  const switched = slash > 1 && path.length - slash < 4 && !path.includes(".");
  return switched ? namedProgram(path.slice(0, slash), draft) : undefined;
}

function namedProgram(
  path: string,
  draft: Pick<Program, "argumentsFrom" | "disguised">,
): Program | undefined {
  const name = nameOf(path);
  const known = programs.get(name);
  if (known === undefined) return cmdletOf(name, draft.argumentsFrom);
  if (draft.disguised) {
    return { name, rank: known === "word" ? "distinctive" : "certain", ...draft };
  }
  // `ping.exe` is a program whatever `ping` may be.
  const ended = name !== path && isEnding(path);
  return { name, rank: ended ? "distinctive" : known, ...draft };
}

/** cmd.exe drops carets: `w^h^o^a^m^i`. */
function withoutCarets(text: string): string {
  const plain = text.includes("^") ? text.replaceAll("^", "") : text;
  // `@echo` only silences a line of a batch file.
  return plain.startsWith("@") ? plain.slice(1) : plain;
}

const endings = [".exe", ".com", ".bat", ".cmd", ".ps1", ".sh"];

/** Whether a bare word is the name of a program or cmdlet. */
export function isProgramName(word: string): boolean {
  const lower = word.toLowerCase();
  if (programs.has(lower) || launchers.has(lower)) return true;
  const last = lower.charCodeAt(lower.length - 1);
  // Only an ending or a version leaves another name, and every cmdlet has a hyphen.
  if (!isVersionCode(last) && !lower.includes(".") && !lower.includes("-")) return false;
  const name = nameOf(lower);
  return programs.has(name) || launchers.has(name) || cmdletOf(name, 1) !== undefined;
}

function isEnding(path: string): boolean {
  return endings.some((ending) => path.endsWith(ending));
}

/** Without its ending and version: `python3.11` is `python`. */
function nameOf(text: string): string {
  let name = text;
  for (const ending of endings) if (name.endsWith(ending)) name = name.slice(0, -ending.length);
  if (programs.has(name)) return name;
  let end = name.length;
  while (end > 2 && isVersionCode(name.charCodeAt(end - 1))) end--;
  // `ab99527` is the beginning of a digest, not a version of `ab`.
  const isVersion = end < name.length && (end > 2 || name.length - end < 3);
  return isVersion && programs.has(name.slice(0, end)) ? name.slice(0, end) : name;
}

function isVersionCode(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2e;
}

const programFolders = ["bin", "sbin", "libexec", "system32", "syswow64", "windows", "winnt"];

/** `/usr/bin/`, `bin/`, `C:/Windows/System32/`: the last folder holds programs. */
function isProgramFolder(folder: string): boolean {
  const names = folder.slice(0, -1).split("/");
  if (!programFolders.includes(names.at(-1) ?? "")) return false;
  const first = names[0] ?? "";
  return (
    first === "" ||
    first === "usr" ||
    names.length === 1 ||
    ":%".includes(first.charAt(first.length - 1))
  );
}

function isPlainName(name: string): boolean {
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    const isLetter = code >= 0x61 && code <= 0x7a;
    const isOther =
      (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e || code === 0x5f;
    if (!isLetter && !isOther) return false;
  }
  return name.length > 1;
}

function globbedProgram(word: ShellWord, text: string, argumentsFrom: number): Program | undefined {
  if (!text.startsWith("/") || !hasPlainCharacter(text)) return undefined;
  const target = globTargets.find((path) => path.includes("bin/") && matchesGlob(text, path));
  if (target === undefined) return undefined;
  return { name: target, rank: "certain", argumentsFrom, disguised: word.glob };
}

/** `/*` and `/???` alone match everything and say nothing. */
function hasPlainCharacter(pattern: string): boolean {
  for (const char of pattern) if (!"/?*".includes(char)) return true;
  return false;
}

const verbs: ReadonlySet<string> = new Set(
  (
    "get set new remove invoke start stop out write format select where foreach import export add " +
    "clear copy move rename test convertto convertfrom measure sort group compare join split " +
    "resolve update unblock read wait debug trace tee enable disable register"
  ).split(" "),
);

const nouns: ReadonlySet<string> = new Set(
  (
    "webrequest expression restmethod command item itemproperty childitem content location path " +
    "process service variable object psdrive wmiobject wmimethod ciminstance cimmethod acl alias " +
    "eventlog executionpolicy host output string file csv clixml json member module scheduledtask " +
    "localuser localgroupmember netipaddress netfirewallrule credential date random history job"
  ).split(" "),
);

/** `Get-ChildItem`: a PowerShell verb and noun. */
function cmdletOf(name: string, argumentsFrom: number): Program | undefined {
  const hyphen = name.indexOf("-");
  if (hyphen < 0) return undefined;
  if (!verbs.has(name.slice(0, hyphen)) || !nouns.has(name.slice(hyphen + 1))) return undefined;
  return { name, rank: "terse", argumentsFrom, disguised: false };
}
