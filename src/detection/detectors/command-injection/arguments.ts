import { matchesGlob } from "./glob.ts";
import type { Program } from "./program.ts";
import { globTargets, programs, timers } from "./program-table.ts";
import type { ShellCommand, ShellWord } from "./shell-command.ts";

/**
 * What the words after a program look like. `strong`: options, paths, addresses, redirections,
 * disguised spaces. `none`: there are none. `plain`: a word or two. `prose`: sentence.
 */
export type ArgumentsRank = "strong" | "none" | "plain" | "prose";

/** Words of a sentence that no command line has bare. */
const sentenceWords: ReadonlySet<string> = new Set(
  (
    "the a an and or of to in is are was were be been with for from that this these those it its " +
    "he she they we you i my your his her their our not but as on at by if so than then have has " +
    "had will would can could should may might must do does did who whom what when where why how " +
    "der die das und oder ein eine ist sich le la les et un une des est el los las y una es il"
  ).split(" "),
);

/** Ranks what follows the program of a command. */
export function rankArguments(command: ShellCommand, program: Program): ArgumentsRank {
  const words = command.words.slice(program.argumentsFrom);
  if (command.words.some((word) => word.redirected && word.text.length > 0)) {
    return isSentence(words, true) ? "prose" : "strong";
  }
  if (words.length === 0) return "none";
  if (timers.has(program.name) && words.length === 1 && isDuration(words[0]?.text ?? "")) {
    return "strong";
  }
  const telling = words.some((word) => isTelling(word)) || isSubcommand(program, words);
  if (isSentence(words, telling)) return "prose";
  if (telling || (command.disguisedSpaces && program.rank !== "terse")) return "strong";
  return words.length > 3 && program.rank !== "distinctive" ? "prose" : "plain";
}

/** Words that make a command line of a short name: `net user`, `ps aux`. */
const subcommands: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["net", new Set("user view localgroup share start use accounts group session config".split(" "))],
  ["ps", new Set(["aux", "auxf", "auxww", "ax", "ef"])],
  ["reg", new Set(["query", "add", "save", "export"])],
  ["nc", new Set(["lvp", "lvnp"])],
]);

function isSubcommand({ name }: Program, [first]: readonly ShellWord[]): boolean {
  return first !== undefined && subcommands.get(name)?.has(first.text.toLowerCase()) === true;
}

/** A sentence has articles and punctuation; beside an option or a path it takes more of them. */
function isSentence(words: readonly ShellWord[], telling: boolean): boolean {
  let ordinary = 0;
  for (const { text, quoted } of words) {
    if (quoted) continue;
    const plain = text.toLowerCase();
    if (sentenceWords.has(plain) || endsSentence(plain)) ordinary++;
  }
  if (telling) return ordinary > 2 && ordinary * 4 >= words.length;
  return ordinary > 0 && words.length > 1;
}

/** `store,` and `time.`: punctuation of prose after letters. */
function endsSentence(text: string): boolean {
  const last = text.charAt(text.length - 1);
  const before = text.charCodeAt(text.length - 2) | 0x20;
  return ",.!?:".includes(last) && last !== "" && before >= 0x61 && before <= 0x7a;
}

function isDuration(text: string): boolean {
  const digits = text.endsWith("s") || text.endsWith("m") ? text.slice(0, -1) : text;
  return digits !== "" && digits.length < 6 && isNumeric(digits);
}

function isNumeric(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code < 0x30 || code > 0x39) && code !== 0x2e) return false;
  }
  return true;
}

function isTelling(word: ShellWord): boolean {
  const { text } = word;
  if (word.broken && !text.endsWith(")") && word.expanded) return true;
  if (word.quoted && isQuotedCommand(text)) return true;
  return (
    isOption(text) || isPath(text) || isAddress(text) || isProgramName(text) || isVariable(word)
  );
}

/** `-la`, `--output`, `/all`. */
function isOption(text: string): boolean {
  if (text.startsWith("-")) {
    const next = text.charCodeAt(1) | 0x20;
    const long = next === 0x2d && text.length > 2 && text.charCodeAt(2) !== 0x2d;
    return (next >= 0x61 && next <= 0x7a) || long || (text.length === 2 && next >= 0x30);
  }
  return text.startsWith("/") && text.length > 1 && text.length < 5;
}

/** Absolute paths, home folders, drives, globs that reach a file of the host. */
function isPath(text: string): boolean {
  if (text.startsWith("/") || text.startsWith("~/") || text.startsWith("../")) return true;
  if (text.startsWith("./") || text.startsWith("%")) return text.length > 2;
  if (text.charAt(1) === ":" && (text.length === 2 || "/\\".includes(text.charAt(2)))) return true;
  if (!text.includes("/") || !isPattern(text)) return false;
  return globTargets.some((path) => matchesGlob(text, path));
}

/** `trap 'rm -rf x' EXIT`, `sh -c 'id'`, `echo '<?php'`. */
function isQuotedCommand(text: string): boolean {
  const space = text.indexOf(" ");
  const first = space < 0 ? text : text.slice(0, space);
  const rank = programs.get(first);
  return text.includes("<?") || (rank !== undefined && rank !== "word");
}

function isPattern(text: string): boolean {
  return text.includes("*") || text.includes("?") || text.includes("[");
}

/** A web address or an IPv4 address. */
export function isAddress(text: string): boolean {
  const scheme = text.indexOf("://");
  if (scheme > 1 && scheme < 12) return isLetters(text, scheme);
  const parts = text.split(".", 5);
  return (
    parts.length === 4 && parts.every((part) => part !== "" && part.length < 4 && isNumeric(part))
  );
}

function isLetters(text: string, end: number): boolean {
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at) | 0x20;
    if (code < 0x61 || code > 0x7a) return false;
  }
  return true;
}

/** `sudo -u root whoami`, `xargs curl`. */
function isProgramName(text: string): boolean {
  return programs.get(text) === "distinctive";
}

function isVariable(word: ShellWord): boolean {
  return word.expanded && word.text === "" && !word.quoted;
}
