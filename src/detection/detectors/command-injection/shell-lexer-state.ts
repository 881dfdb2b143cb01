import { isBlank } from "./shell-characters.ts";
import {
  type Opener,
  type ShellCommand,
  type ShellWord,
  wordLengthMax,
  wordsMax,
} from "./shell-command.ts";

/** Deeper substitutions are read as text. */
const framesMax = 32;

interface WordDraft {
  text: string;
  start: number;
  broken: boolean;
  quoted: boolean;
  expanded: boolean;
  glob: boolean;
  redirected: boolean;
}

interface CommandDraft {
  opener: Opener;
  openedAt: number;
  spacedBefore: boolean;
  leads: boolean;
  escapedQuote: boolean;
  disguisedSpaces: boolean;
  words: ShellWord[];
  word: WordDraft | undefined;
  redirected: boolean;
}

interface Frame {
  readonly closer: string;
  readonly command: CommandDraft;
  readonly quote: string;
}

/** Where the reading of a value has come to. */
export interface Lexer {
  readonly value: string;
  readonly onCommand: (command: ShellCommand) => void;
  readonly frames: Frame[];
  at: number;
  /** The open quote: empty outside of quotes. */
  quote: string;
  /** The value is still inside the quotes that the application put around it. */
  enclosed: boolean;
  /** It has just closed them. */
  escaped: boolean;
  /** Only white space, quotes and closing brackets have been read so far. */
  blank: boolean;
  command: CommandDraft;
}

/** A command of which nothing but its opening is known. */
export function draftOf(
  opener: Opener,
  openedAt: number,
  spacedBefore: boolean,
  leads: boolean,
  escapedQuote: boolean,
): CommandDraft {
  return {
    opener,
    openedAt,
    spacedBefore,
    leads,
    escapedQuote,
    disguisedSpaces: false,
    words: [],
    word: undefined,
    redirected: false,
  };
}

/** The word being read, begun if there is none. */
export function wordOf(lexer: Lexer): WordDraft {
  const { command } = lexer;
  command.word ??= {
    text: "",
    start: lexer.at,
    broken: false,
    quoted: false,
    expanded: false,
    glob: false,
    redirected: command.redirected,
  };
  return command.word;
}

/** Adds text to the word being read, as far as words are kept. */
export function append(lexer: Lexer, text: string): void {
  const word = wordOf(lexer);
  if (lexer.quote === "") lexer.escaped = false;
  if (word.text.length < wordLengthMax) word.text += text;
}

/** Ends the word being read, if any. */
export function endWord(lexer: Lexer): void {
  const { command } = lexer;
  const { word } = command;
  if (word === undefined) return;
  command.word = undefined;
  command.redirected = false;
  if (command.words.length < wordsMax) command.words.push({ ...word, end: lexer.at });
}

/** Ends the command being read and hands it over unless it is empty. */
export function endCommand(lexer: Lexer, terminated: boolean): void {
  endWord(lexer);
  const { command } = lexer;
  const first = command.words[0];
  if (first === undefined) return;
  const opened = command.openedAt + openerLengthOf(command.opener);
  lexer.onCommand({
    opener: command.opener,
    openedAt: command.openedAt,
    start: first.start,
    end: lexer.at,
    words: command.words,
    disguisedSpaces: command.disguisedSpaces,
    spacedBefore: command.spacedBefore,
    spacedAfter: first.start > opened,
    leads: command.leads,
    escapedQuote: command.escapedQuote,
    terminated,
  });
}

function openerLengthOf(opener: Opener): number {
  if (opener === "start") return 0;
  return opener === "newline" ? 1 : opener.length;
}

/** Ends a command at a separator and begins the next one. */
export function separate(lexer: Lexer, opener: Opener, length: number): void {
  const { at, value } = lexer;
  // After the operator, a command that was empty leaves the place where the next one leads.
  const leads = lexer.blank;
  const spacedBefore = at > 0 && isBlank(value.charCodeAt(at - 1));
  endCommand(lexer, true);
  lexer.command = draftOf(opener, at, spacedBefore, leads, lexer.escaped);
  lexer.at += length;
}

/** Begins a substitution or subshell. */
export function openFrame(lexer: Lexer, opener: Opener, closer: string, length: number): void {
  if (lexer.frames.length >= framesMax) {
    append(lexer, lexer.value.slice(lexer.at, lexer.at + length));
    lexer.at += length;
    return;
  }
  if (opener !== "(") {
    const word = wordOf(lexer);
    word.expanded = true;
  }
  lexer.frames.push({ closer, command: lexer.command, quote: lexer.quote });
  const spacedBefore = lexer.at > 0 && isBlank(lexer.value.charCodeAt(lexer.at - 1));
  const outer = lexer.command;
  lexer.command =
    opener === "(" && outer.words.length === 0
      ? // `&& (id)`: the subshell is what the separator runs.
        draftOf(outer.opener, outer.openedAt, outer.spacedBefore, outer.leads, outer.escapedQuote)
      : draftOf(opener, lexer.at, spacedBefore, lexer.blank, lexer.escaped);
  lexer.quote = "";
  lexer.at += length;
}

/** Ends a substitution or subshell. */
export function closeFrame(lexer: Lexer, closed: boolean): void {
  const frame = lexer.frames.pop();
  if (frame === undefined) return;
  const empty = lexer.command.words.length === 0 && lexer.command.word === undefined;
  endCommand(lexer, closed);
  lexer.command = frame.command;
  lexer.quote = frame.quote;
  const { word } = frame.command;
  // `wh$()oami` and `wh``oami`: an empty substitution only breaks the word up.
  if (word === undefined) return;
  word.broken = true;
  if (empty) word.expanded = false;
}
