import { SqlLexer } from "./lexer.ts";
import { tokenKind } from "./token.ts";
import {
  commonFunctions,
  constantWords,
  dangerousFunctions,
  dangerousProcedures,
  probingFunctions,
  reservedWords,
  sessionWords,
  statementWords,
  systemTables,
} from "./words-table.ts";

/** A fragment has fewer tokens. */
const tokensMax = 96;

interface Token {
  readonly kind: number;
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Words that are SQL's own wherever they stand. */
const knownWords: ReadonlySet<string> = new Set([
  ...reservedWords,
  ...statementWords,
  ...constantWords,
  ...sessionWords,
  ...systemTables,
  ...dangerousProcedures,
  "binary",
  "print",
  "top",
  "dual",
]);
/** Words that are SQL's own before a parenthesis. */
const knownFunctions: ReadonlySet<string> = new Set([
  ...probingFunctions,
  ...commonFunctions,
  ...dangerousFunctions,
]);

const hardKinds: ReadonlySet<number> = new Set([
  tokenKind.number,
  tokenKind.variable,
  tokenKind.open,
  tokenKind.comma,
  tokenKind.string,
  tokenKind.truncation,
]);

/** The tokens of a short value, read without any context, and what they count up to when asked. */
export class FragmentTokens {
  readonly text: string;
  readonly isCommentEmpty: boolean;
  /** Whether `#` hides the rest, which in other texts is a heading or a number. */
  readonly isHashComment: boolean;
  /** The last string is not closed by the value itself. */
  readonly isStringOpen: boolean;
  readonly #tokens: readonly Token[];
  #foreign = -1;

  constructor(text: string, tokens: readonly Token[], last: SqlLexer) {
    this.text = text;
    this.#tokens = tokens;
    const { commentTextStart } = last;
    this.isCommentEmpty = commentTextStart < 0 || /^[-+\s]*$/.test(text.slice(commentTextStart));
    this.isHashComment = last.kind === tokenKind.truncation && text.charCodeAt(last.start) === 0x23;
    this.isStringOpen = last.unclosed;
  }

  /** Words that are neither SQL's own nor a function of SQL. */
  get foreign(): number {
    if (this.#foreign < 0) {
      this.#foreign = this.#tokens.filter((_token, at) => this.#isForeignAt(at)).length;
    }
    return this.#foreign;
  }

  /** Numbers, variables, parentheses, commas, strings, comments: what prose has less of. */
  get hard(): number {
    let count = 0;
    for (const { kind } of this.#tokens) if (hardKinds.has(kind)) count++;
    return count;
  }

  get numbers(): number {
    return this.#countOf(tokenKind.number);
  }

  /** Numbers, strings and variables. */
  get operands(): number {
    return this.numbers + this.#countOf(tokenKind.string) + this.#countOf(tokenKind.variable);
  }

  /** Signs that SQL does not know. */
  get other(): number {
    return this.#countOf(tokenKind.other);
  }

  get count(): number {
    return this.#tokens.length;
  }

  kindAt(at: number): number {
    return this.#tokens[at]?.kind ?? tokenKind.end;
  }

  /** Lower case; empty for anything but a word. */
  wordAt(at: number): string {
    const token = this.#tokens[at];
    return token?.kind === tokenKind.word ? token.word : "";
  }

  textAt(at: number): string {
    const token = this.#tokens[at];
    return token === undefined ? "" : this.text.slice(token.start, token.end);
  }

  /** A word or what stands between backticks or brackets, in lower case. */
  nameAt(at: number): string {
    return this.kindAt(at) === tokenKind.name
      ? this.textAt(at).slice(1, -1).toLowerCase()
      : this.wordAt(at);
  }

  indexOfWord(word: string): number {
    return this.#tokens.findIndex((token) => token.kind === tokenKind.word && token.word === word);
  }

  hasWord(words: ReadonlySet<string>): boolean {
    return this.#tokens.some(({ kind, word }) => kind === tokenKind.word && words.has(word));
  }

  /** Whether a word is followed by a parenthesis without a space. */
  isCallAt(at: number): boolean {
    return (
      this.kindAt(at + 1) === tokenKind.open &&
      this.#tokens[at + 1]?.start === this.#tokens[at]?.end
    );
  }

  /** Whether the value, or what of it is no comment, ends before a token. */
  isEndAt(at: number): boolean {
    const kind = this.kindAt(at);
    return kind === tokenKind.end || kind === tokenKind.truncation;
  }

  /** Whether a function is called that spies on the database or spells out text. */
  get hasProbingCall(): boolean {
    return this.#tokens.some(
      ({ word }, at) => probingFunctions.has(word) && this.kindAt(at + 1) === tokenKind.open,
    );
  }

  /** Whether a parenthesis is not closed. */
  get isLeftOpen(): boolean {
    return this.#countOf(tokenKind.open) > this.#countOf(tokenKind.close);
  }

  #isForeignAt(at: number): boolean {
    const word = this.wordAt(at);
    if (this.kindAt(at) !== tokenKind.word) return false;
    if (knownWords.has(word)) return false;
    const isCall = this.kindAt(at + 1) === tokenKind.open;
    return !(isCall && knownFunctions.has(word));
  }

  #countOf(wanted: number): number {
    let count = 0;
    for (const { kind } of this.#tokens) if (kind === wanted) count++;
    return count;
  }
}

/** Reads a value's tokens; undefined when there are more than a fragment has. */
export function fragmentTokensOf(text: string): FragmentTokens | undefined {
  const lexer = new SqlLexer(text, 0, 0);
  const tokens: Token[] = [];
  while (lexer.kind !== tokenKind.end) {
    const { kind, word, start, end } = lexer;
    tokens.push({ kind, word, start, end });
    if (kind === tokenKind.truncation) break;
    if (tokens.length > tokensMax) return undefined;
    lexer.advance();
  }
  return new FragmentTokens(text, tokens, lexer);
}
