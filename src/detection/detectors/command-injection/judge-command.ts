import type { Confidence } from "../../../model/detection.ts";
import type { Match } from "../../detector.ts";
import { type ArgumentsRank, rankArguments } from "./arguments.ts";
import { findProgram, type Program } from "./program.ts";
import { programs } from "./program-table.ts";
import { isLetter } from "./shell-characters.ts";
import type { ShellCommand } from "./shell-command.ts";
import { isInAddress, type Surroundings } from "./surroundings.ts";

const programPoints = { certain: 3, distinctive: 2, terse: 1, word: 0 } as const;
const argumentPoints = { strong: 2, none: 1, plain: 0, prose: -3 } as const;

/** Enough ordinary words around a command that the value is a text. */
const proseWordsMin = 5;

/** What a command in a value amounts to; undefined when nothing of note runs. */
export function judgeCommand(
  value: string,
  command: ShellCommand,
  surroundings: Surroundings,
): Match | undefined {
  const program = findProgram(command.words);
  if (program === undefined) return undefined;
  if (command.opener === "start") return undefined;
  const args = rankArguments(command, program);
  const points = pointsOf(value, command, program, args);
  const confidence = settle(value, command, program, args, points, surroundings);
  if (confidence === undefined) return undefined;
  return {
    confidence,
    start: command.openedAt,
    end: Math.min(command.end, command.openedAt + 256),
    explanation: explain(command, program),
  };
}

function pointsOf(
  value: string,
  command: ShellCommand,
  program: Program,
  args: ArgumentsRank,
): number {
  const points = programPoints[program.rank] + argumentPoints[args] + openerPoints(value, command);
  return points + (program.disguised ? 1 : 0);
}

/** How surely the opening is meant as one: 0 to 3. */
function openerPoints(value: string, command: ShellCommand): number {
  const { opener, openedAt } = command;
  if (isSubstitution(command)) return 3;
  if (opener === "(") return 0;
  if (command.leads || command.escapedQuote) return 3;
  if (opener === "&" && isInAddress(value, openedAt)) return 0;
  if (opener === "|" && isLinkText(value, openedAt)) return 0;
  // `a;id` and `8.8.8.8 | id` leave no room for another reading; `cats | dogs` does.
  const tight = !command.spacedBefore && !command.spacedAfter;
  if (tight || isSingleArgument(value, openedAt)) return 2;
  // `time; nmap x`: a chain of programs; "bash & zsh" is a pair of names.
  return opener === ";" && programs.has(value.slice(0, Math.min(openedAt, 32)).trim()) ? 2 : 1;
}

/** `<https://shop.example|link>`: chats part the address of a link from its text so. */
function isLinkText(value: string, at: number): boolean {
  const start = value.lastIndexOf("<", at);
  if (start < 0 || at - start > linkCharsMax) return false;
  const target = value.slice(start + 1, at);
  if (target.includes(" ") || value.indexOf(">", at) < 0) return false;
  return target.includes(":") || "@#!".includes(target.charAt(0) || " ");
}

const linkCharsMax = 1_024;

function isSubstitution({ opener }: ShellCommand): boolean {
  return opener === "$(" || opener === "`" || opener === "<(";
}

/** Whether what stands before is one word that is no word of a language: an address, a number. */
function isSingleArgument(value: string, end: number): boolean {
  if (end > 256) return false;
  const before = value.slice(0, end).trim();
  if (before === "" || before.includes(" ")) return false;
  let hasSign = before.length < 2;
  let hasName = false;
  for (const char of before) {
    hasSign ||= "0123456789./=_-:@$*\"')".includes(char);
    hasName ||=
      (char >= "0" && char <= "9") || (char >= "A" && char <= "z") || "$*\"'".includes(char);
  }
  return hasSign && hasName;
}

function settle(
  value: string,
  command: ShellCommand,
  program: Program,
  args: ArgumentsRank,
  points: number,
  surroundings: Surroundings,
): Confidence | undefined {
  if (args === "prose") return undefined;
  if (points < 4) return points === 3 ? "low" : undefined;
  if (args !== "strong" && isEveryday(value, command, program, args, surroundings)) return "low";
  const sure = points >= 6;
  const around = { ...surroundings, proseWords: surroundings.proseWords - plainWordsOf(command) };
  if (command.opener === "`") {
    return settleBacktick(program, args, sure, around, isClosedMark(value, command));
  }
  if (!isText(around)) return sure ? "high" : "medium";
  // A separator after a sentence may still be meant.
  return sure && args === "strong" && !surroundings.quoted ? "medium" : "low";
}

/** Whether the same characters are more likely a list, a pair of names, or a word. */
function isEveryday(
  value: string,
  command: ShellCommand,
  program: Program,
  args: ArgumentsRank,
  surroundings: Surroundings,
): boolean {
  const substituted = isSubstitution(command);
  if (program.rank === "word" && !command.leads && !substituted) return true;
  if (program.name.length === 1 && !command.leads && !substituted) return true;
  // `$(MAKE)` and `$(CC)` are variables of a makefile, and `Diff` in backticks is a name.
  const head = command.words[0]?.text ?? "";
  if (command.opener === "$(" && isUpperCase(head)) return true;
  if (command.opener === "`" && head.charAt(0) < "a" && head.charAt(0) >= "A") return true;
  if (command.opener === "|" && isTableRow(value)) return true;
  if (args !== "none") return false;
  const isPair = command.opener === "&" && command.spacedBefore && command.spacedAfter;
  if (isPair && !command.leads && !isSingleArgument(value, command.openedAt)) return true;
  return surroundings.isNameList(command.opener);
}

/** `| Export | Description |`: cells with spaces around them. */
function isTableRow(value: string): boolean {
  const row = value.trim();
  if (!row.startsWith("| ") || !row.endsWith(" |")) return false;
  return row.indexOf(" | ", 1) > 0;
}

function isUpperCase(text: string): boolean {
  return text !== text.toLowerCase() && text === text.toUpperCase();
}

/** Old manuals quote words `so'. */
function isClosedMark(value: string, { openedAt }: ShellCommand): boolean {
  const quote = value.indexOf("'", openedAt + 1);
  const mark = value.indexOf("`", openedAt + 1);
  return quote < 0 || (mark >= 0 && (mark < quote || value.indexOf("'", quote + 1) >= 0));
}

/** In Markdown and SQL, backticks mark names and code; alone or glued to a value, they run. */
function settleBacktick(
  program: Program,
  args: ArgumentsRank,
  sure: boolean,
  surroundings: Surroundings,
  isClosed: boolean,
): Confidence {
  if (isText(surroundings) || !isClosed) return "low";
  if (surroundings.proseWords > 1)
    return args === "strong" && program.rank !== "word" ? "medium" : "low";
  if (program.rank === "word" && args !== "strong") return "low";
  return sure ? "high" : "medium";
}

/** How many of the words counted as prose belong to the command itself. */
function plainWordsOf(command: ShellCommand): number {
  // Words glued to backticks were not counted.
  if (isSubstitution(command)) return 0;
  return command.words.filter(({ text, quoted }) => !quoted && isPlainWord(text)).length;
}

function isPlainWord(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isLetter(text.charCodeAt(at))) return false;
  return text.length > 1;
}

function isText({ quoted, proseWords, lines }: Surroundings): boolean {
  return quoted || proseWords >= proseWordsMin || lines > 4;
}

const openerNames: Readonly<Record<ShellCommand["opener"], string>> = {
  start: "The value is a command line that",
  ";": 'The ";" ends the command that the value belongs to, and what follows',
  "|": 'The "|" feeds a second command, which',
  "||": 'The "||" begins a second command, which',
  "&": 'The "&" ends the command that the value belongs to, and what follows',
  "&&": 'The "&&" begins a second command, which',
  newline: "The line break ends the command that the value belongs to, and the next line",
  "$(": 'The "$(" makes a shell run what is inside, which',
  "`": "The backtick makes a shell run what is inside, which",
  "<(": "The process substitution makes a shell run what is inside, which",
  "(": "The bracket opens a subshell, which",
};

function explain(command: ShellCommand, program: Program): string {
  const disguise = program.disguised ? ", spelled so that a filter does not see the name" : "";
  const quote = command.escapedQuote ? " after closing the quotes around the value" : "";
  return `${openerNames[command.opener]}${quote} runs the program "${program.name.slice(0, 64)}"${disguise}, in a shell command the value is put into.`;
}
