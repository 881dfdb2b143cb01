import type { RequestHead } from "../../../model/exchange.ts";
import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { judgeBatch } from "./batch.ts";
import { judgeCall } from "./exec-call.ts";
import { judgeExportedFunction } from "./exported-function.ts";
import { judgeCommand } from "./judge-command.ts";
import { judgeCommandLine } from "./judge-command-line.ts";
import { findProgram, isAssignment, isUnsetVariable } from "./program.ts";
import type { ShellCommand } from "./shell-command.ts";
import { lexShell, type QuoteContext } from "./shell-lexer.ts";
import { type Surroundings, surroundingsOf } from "./surroundings.ts";

/**
 * Finds values that make a shell run another command when they are put into a command line:
 * `;id`, `$(id)`, `' && ping -c 9 host #`. Prose and code that mention commands stay at low
 * confidence.
 */
export const commandInjection: Detector = {
  id: "command-injection",
  summary:
    "Values that break out of an argument of a shell command and start a command of their own, for sh, bash, cmd.exe and PowerShell.",
  requires: [characterClass.letter | characterClass.otherPunctuation | characterClass.parenthesis],

  detect(field: Field, _request?: RequestHead, classes = -1): Match | undefined {
    const { value } = field;
    const found = new Strongest();
    found.offer(judgeCommandLine(field, withPlainSpaces(value)));
    found.offer(judgeBatch(value));
    found.offer(judgeExportedFunction(value));
    // Every call has a bracket, every directive begins a comment of HTML.
    if (value.includes("(") || value.includes("<")) found.offer(judgeCall(value));
    if (found.match?.confidence !== "high" && (classes & openingClasses) !== 0) {
      searchCommands(value, found);
    }
    return found.match;
  },
};

/** Of the characters that can begin a command, or escape one that can. */
const openingClasses =
  characterClass.semicolon |
  characterClass.pipe |
  characterClass.ampersand |
  characterClass.backtick |
  characterClass.dollar |
  characterClass.newline |
  characterClass.lessThan |
  characterClass.greaterThan |
  characterClass.parenthesis |
  characterClass.brace |
  characterClass.backslash;

const rank = { low: 1, medium: 2, high: 3 } as const;

/** Keeps the first of the surest matches. */
class Strongest {
  match: Match | undefined;

  offer(match: Match | undefined): void {
    if (match === undefined) return;
    const held = this.match;
    if (held === undefined || rank[match.confidence] > rank[held.confidence]) this.match = match;
  }
}

function searchCommands(value: string, found: Strongest): void {
  if (!hasOpener(value)) return;
  const readable = withPlainSpaces(withLineBreaks(value));
  let surroundings: Surroundings | undefined;
  let assigned = false;
  const onCommand = (command: ShellCommand): void => {
    if (found.match?.confidence === "high") return;
    if (assigned) found.offer(judgeAssembled(command));
    assigned ||= command.words.every((word) => isAssignment(word.text));
    if (findProgram(command.words) === undefined) return;
    surroundings ??= surroundingsOf(readable);
    found.offer(judgeCommand(readable, command, surroundings));
  };
  for (const context of contextsOf(value)) lexShell(readable, context, onCommand);
}

/** `a=cu;b=rl;$a$b host`: the name of the program is put together from variables. */
function judgeAssembled(command: ShellCommand): Match | undefined {
  const head = command.words.find((word) => !isAssignment(word.text));
  if (head === undefined || !isUnsetVariable(head)) return undefined;
  return {
    confidence: "high",
    start: command.openedAt,
    end: Math.min(command.end, command.openedAt + 256),
    explanation:
      "The value sets shell variables and then runs what they hold, so that no program is named in it.",
  };
}

function contextsOf(value: string): readonly QuoteContext[] {
  const contexts: QuoteContext[] = ["none"];
  if (value.includes("'")) contexts.push("'");
  // In double quotes that nothing closes, only substitutions run.
  const isClosed = value.includes('"');
  const isExpanded = value.includes("'") && (value.includes("`") || value.includes("$"));
  if (isClosed || isExpanded) contexts.push('"');
  return contexts;
}

function hasOpener(value: string): boolean {
  for (let at = 0; at < value.length; at++) if (openers[value.charCodeAt(at)] === 1) return true;
  return value.includes("\\n") || value.includes("\\r");
}

/** 1 for each character that can begin a command inside a value. */
const openers: Uint8Array = createOpeners();

function createOpeners(): Uint8Array {
  const table = new Uint8Array(128);
  for (const char of ";|&`$\n\r<>({") table[char.charCodeAt(0)] = 1;
  return table;
}

/** `;+cat+/etc/passwd` where a form was not decoded: beside a separator, the plus is a space. */
function withPlainSpaces(value: string): string {
  const at = value.indexOf("+");
  if (at < 0 || (value.includes(" ") && !isBesideSeparator(value, at))) return value;
  return value.replaceAll("+", " ");
}

function isBesideSeparator(value: string, at: number): boolean {
  return at > 0 && ";|&".includes(value.charAt(at - 1));
}

/** `\nid`: many applications turn the written-out escape into a line break. Keeps all offsets. */
function withLineBreaks(value: string): string {
  if (!value.includes("\\n") && !value.includes("\\r")) return value;
  // In a Windows path the same letters begin a name.
  if (value.includes(":\\")) return value;
  return value.replaceAll("\\n", " \n").replaceAll("\\r", " \n");
}
