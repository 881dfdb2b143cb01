/** How a command came to be run. */
export type Opener =
  /** The value itself, as far as the first separator. */
  | "start"
  | ";"
  | "|"
  | "||"
  | "&"
  | "&&"
  | "newline"
  /** `$(…)` or a backtick pair. */
  | "$("
  | "`"
  /** `<(…)` and `>(…)`. */
  | "<("
  /** A group or subshell. */
  | "(";

/** One word after quote removal. */
export interface ShellWord {
  /** At most `wordLengthMax` characters. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Quotes, escapes or empty expansions stood inside the word: `c'a't`, `w\ho`, `c$@at`. */
  readonly broken: boolean;
  readonly quoted: boolean;
  /** A variable or substitution whose value is not known stood in it. */
  readonly expanded: boolean;
  readonly glob: boolean;
  /** A redirection stood before it: the word is a file. */
  readonly redirected: boolean;
}

/** One simple command as a shell would run it. */
export interface ShellCommand {
  readonly opener: Opener;
  /** Offset of the separator or opening mark. */
  readonly openedAt: number;
  readonly start: number;
  readonly end: number;
  /** At most `wordsMax`. */
  readonly words: readonly ShellWord[];
  /** `${IFS}`, `$IFS$9` or a brace list stood for the spaces. */
  readonly disguisedSpaces: boolean;
  /** White space stood before or after the separator. */
  readonly spacedBefore: boolean;
  readonly spacedAfter: boolean;
  /** Nothing but white space, quotes and closing brackets stood before the separator. */
  readonly leads: boolean;
  /** The quote that the value closed first, when it is read inside one. */
  readonly escapedQuote: boolean;
  /** A separator, closing mark or comment ended it. */
  readonly terminated: boolean;
}

/** Longer words are neither program names nor telling arguments. */
export const wordLengthMax = 256;

/** More words of one command are not looked at. */
export const wordsMax = 24;
