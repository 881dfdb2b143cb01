import {
  endOfExponent,
  ignoredNumberEnd,
  isBlank,
  isComparisonPart,
  isDigit,
  isHexDigit,
  isStringPrefix,
  isWordPart,
  isWordStart,
} from "./characters.ts";
import { jsonOperatorAt, operatorKind, symbolKinds } from "./symbols.ts";
import { tokenKind } from "./token.ts";
import { reservedWords } from "./words-table.ts";

const wordLengthMax = 48;
const bracketLengthMax = 128;
/** Closing tags are searched to the end of the value, so the number of searches is bounded. */
const dollarQuotesMax = 8;

const quoteOf = (code: number): boolean => code === 0x27 || code === 0x22;

/**
 * Reads SQL tokens one by one, in one pass, from an offset that may lie inside a string which
 * the surrounding statement has opened. Understands the comments, strings, numbers, variables
 * and operators of MySQL, PostgreSQL, SQLite, SQL Server and Oracle at once, and never fails.
 */
export class SqlLexer {
  readonly text: string;
  /** The quote that the surrounding statement puts after the value, or 0. */
  readonly contextQuote: number;
  kind: number = tokenKind.end;
  start = 0;
  end = 0;
  /** Lower case, for words of a sensible length only. */
  word = "";
  /** The first character of an operator. */
  code = 0;
  /** The string token ran into the end of the value, where the surrounding statement closes it. */
  reopened = false;
  /** The string token ran into the end and nothing closes it. */
  unclosed = false;
  /** A comment stood where a space would be, between two tokens. */
  inlineComments = 0;
  conditionalComments = 0;
  /** Where the text of the truncating comment starts. */
  commentTextStart = -1;
  /** End of the last token before the current one. */
  previousEnd: number;
  #at: number;
  #dollarQuotes = 0;

  constructor(text: string, start: number, contextQuote: number) {
    this.text = text;
    this.contextQuote = contextQuote;
    this.#at = start;
    this.previousEnd = start;
    this.end = start;
    this.advance();
  }

  /** Moves to the next token. */
  advance(): void {
    this.previousEnd = this.end;
    do this.#readToken();
    while (this.#isIgnoredNumber());
  }

  /**
   * MySQL drops `1.e` before anything that is no exponent, which hides `1.e(select 1.e)` from
   * pattern matchers.
   */
  #isIgnoredNumber(): boolean {
    const { text, end } = this;
    if (this.kind !== tokenKind.number || (text.charCodeAt(end) | 0x20) !== 0x65) return false;
    if (text.charCodeAt(end - 1) !== 0x2e || isWordPart(text.charCodeAt(end + 1))) return false;
    this.#at = end + 1;
    this.conditionalComments++;
    return true;
  }

  #readToken(): void {
    this.word = "";
    this.code = 0;
    if (this.#skipBlanks()) return;

    const code = this.text.charCodeAt(this.#at);
    this.start = this.#at;
    this.code = code;
    if (isWordStart(code)) this.#readWord();
    else if (isDigit(code) || (code === 0x2e && isDigit(this.#codeAt(1)))) this.#readNumber();
    else if (quoteOf(code)) this.#readString(code);
    else this.#readSymbol(code);
    this.end = this.#at;
  }

  /** Whether the next token, comments aside, is an opening parenthesis. */
  isBeforeParenthesis(): boolean {
    const { text } = this;
    let at = this.#at;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 0x28) return true;
      if (isBlank(code)) {
        at++;
      } else if (code === 0x2f && text.charCodeAt(at + 1) === 0x2a) {
        const close = text.indexOf("*/", at + 2);
        if (close < 0) return false;
        at = close + 2;
      } else if (isDigit(code) && ignoredNumberEnd(text, at) > 0) {
        at = ignoredNumberEnd(text, at);
      } else {
        return false;
      }
    }
  }

  #codeAt(distance: number): number {
    return this.text.charCodeAt(this.#at + distance);
  }

  /** Skips white space and comments; true when that ended the value. */
  #skipBlanks(): boolean {
    const { text } = this;
    for (;;) {
      if (this.#at >= text.length) return this.#stop(tokenKind.end, text.length);
      const code = text.charCodeAt(this.#at);
      if (isBlank(code)) {
        this.#at++;
        continue;
      }
      // Only these begin a comment, or end one whose content MySQL runs.
      if (code !== 0 && code !== 0x23 && code !== 0x2d && code !== 0x2f && code !== 0x2a)
        return false;
      const skipped = this.#skipComment(code);
      if (skipped !== "comment") return skipped === "end";
    }
  }

  #skipComment(code: number): "comment" | "end" | "none" {
    if (code === 0) {
      this.#truncate(this.#at + 1);
      return "end";
    }
    if (this.#isLineComment(code)) return this.#skipLineComment(code);
    if (code === 0x2f && this.#codeAt(1) === 0x2a) {
      return this.#skipBlockComment() ? "end" : "comment";
    }
    if (code !== 0x2a || this.#codeAt(1) !== 0x2f || this.conditionalComments === 0) return "none";
    this.#at += 2;
    return "comment";
  }

  #skipLineComment(code: number): "comment" | "end" {
    const lineEnd = this.text.indexOf("\n", this.#at);
    if (lineEnd < 0) {
      this.#truncate(this.#at + (code === 0x23 ? 1 : 2));
      return "end";
    }
    this.inlineComments++;
    this.#at = lineEnd;
    return "comment";
  }

  #isLineComment(code: number): boolean {
    if (code === 0x23) return this.#codeAt(1) !== 0x3e;
    // `1--1` is arithmetic; before anything else two hyphens hide the rest of the line.
    return code === 0x2d && this.#codeAt(1) === 0x2d && !isDigit(this.#codeAt(2));
  }

  /** Skips a block comment, or enters one whose content MySQL runs; true when it never ends. */
  #skipBlockComment(): boolean {
    const { text } = this;
    const third = this.#codeAt(2);
    if (third === 0x21 || (third === 0x4d && this.#codeAt(3) === 0x21)) {
      this.conditionalComments++;
      this.#at += third === 0x21 ? 3 : 4;
      for (let digits = 0; digits < 6 && isDigit(text.charCodeAt(this.#at)); digits++) this.#at++;
      return false;
    }
    const close = text.indexOf("*/", this.#at + 2);
    if (close < 0) return this.#truncate(this.#at + 2);
    this.inlineComments++;
    this.#at = close + 2;
    return false;
  }

  #truncate(commentTextStart: number): true {
    this.commentTextStart = commentTextStart;
    return this.#stop(tokenKind.truncation, this.#at);
  }

  #stop(kind: number, start: number): true {
    this.kind = kind;
    this.start = start;
    this.end = this.text.length;
    this.#at = this.end;
    return true;
  }

  #readWord(): void {
    const { text, start } = this;
    let at = start + 1;
    while (isWordPart(text.charCodeAt(at))) at++;
    const next = text.charCodeAt(at);
    const isPrefix = at - start <= 2 || text.charCodeAt(start) === 0x5f;
    if (next === 0x27 && isPrefix && isStringPrefix(text.slice(start, at).toLowerCase())) {
      const isOracle = (text.charCodeAt(at - 1) | 0x20) === 0x71;
      this.#at = at;
      if (isOracle) this.#readOracleString();
      else this.#readString(next);
      return;
    }
    this.#at = at;
    this.kind = tokenKind.word;
    if (at - start <= wordLengthMax) this.word = text.slice(start, at).toLowerCase();
  }

  #readNumber(): void {
    const { text } = this;
    let at = this.#at;
    const second = text.charCodeAt(at + 1) | 0x20;
    this.kind = tokenKind.number;
    if (text.charCodeAt(at) === 0x30 && (second === 0x78 || second === 0x62)) {
      at += 2;
      while (isHexDigit(text.charCodeAt(at))) at++;
      this.#at = at;
      return;
    }
    while (isDigit(text.charCodeAt(at))) at++;
    const hasDot = text.charCodeAt(at) === 0x2e;
    if (hasDot) at++;
    while (isDigit(text.charCodeAt(at))) at++;
    this.#at = endOfExponent(text, at);
    if (!hasDot && isWordStart(text.charCodeAt(this.#at))) this.#readNumericName();
  }

  /** `1a` is a name to MySQL, but `1or` and `1union` are two words to others. */
  #readNumericName(): void {
    const from = this.#at;
    let at = from;
    while (isWordPart(this.text.charCodeAt(at))) at++;
    if (at - from > wordLengthMax || reservedWords.has(this.text.slice(from, at).toLowerCase()))
      return;
    this.kind = tokenKind.name;
    this.#at = at;
  }

  #readString(quote: number): void {
    const { text } = this;
    let at = this.#at + 1;
    this.kind = tokenKind.string;
    this.reopened = false;
    this.unclosed = false;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x5c) {
        at++;
      } else if (code === quote) {
        if (text.charCodeAt(at + 1) !== quote) {
          this.#at = at + 1;
          return;
        }
        // A doubled quote at the very end: the surrounding statement's own quote follows it.
        at++;
      }
    }
    this.#at = text.length;
    this.reopened = quote === this.contextQuote;
    this.unclosed = !this.reopened;
  }

  #readOracleString(): void {
    const closers: Readonly<Record<string, string>> = { "[": "]", "(": ")", "{": "}", "<": ">" };
    const opener = this.text.charAt(this.#at + 1);
    const close = this.text.indexOf(`${closers[opener] ?? opener}'`, this.#at + 2);
    this.kind = tokenKind.string;
    this.reopened = false;
    this.unclosed = close < 0;
    this.#at = close < 0 ? this.text.length : close + 2;
  }

  #readSymbol(code: number): void {
    if (code === 0x3c || code === 0x40 || code === 0x3f || code === 0x23) {
      const operator = jsonOperatorAt(this.text, this.#at);
      if (operator !== undefined) {
        this.kind = operator[1];
        this.#at += operator[0].length;
        return;
      }
    }
    const single = symbolKinds[code] ?? tokenKind.other;
    this.kind = single;
    this.#at++;
    if (single === tokenKind.comparison || single === tokenKind.arithmetic) {
      this.#readOperator(code);
    } else if (code === 0x60) {
      this.#readQuotedName(0x60);
    } else if (code === 0x5b) {
      this.#readQuotedName(0x5d);
    } else if (code === 0x40) {
      this.#readVariable();
    } else if (code === 0x3a) {
      this.#readColon();
    } else if (code === 0x24) {
      this.#readDollarQuote();
    } else if (code === 0x5c && this.#codeAt(0) === 0x4e) {
      // `\\N` is NULL to MySQL.
      this.kind = tokenKind.number;
      this.#at++;
    }
  }

  #readOperator(code: number): void {
    const next = this.text.charCodeAt(this.#at);
    if ((code === 0x7c || code === 0x26) && next === code) {
      this.kind = tokenKind.logical;
      this.#at++;
      return;
    }
    // `->` and `->>` reach into a JSON column.
    if (code === 0x2d && next === 0x3e) {
      this.kind = tokenKind.postfix;
      this.#at += this.#codeAt(1) === 0x3e ? 2 : 1;
      return;
    }
    this.kind = operatorKind(code, next);
    if (code === 0x7e || (code === 0x21 && this.kind === tokenKind.arithmetic)) return;
    while (isComparisonPart(this.text.charCodeAt(this.#at))) this.#at++;
    if (code !== 0x3c && this.#at - this.start > 2) this.kind = tokenKind.other;
  }

  #readQuotedName(closer: number): void {
    const { text } = this;
    const limit = Math.min(text.length, this.#at + bracketLengthMax);
    for (let at = this.#at; at < limit; at++) {
      if (text.charCodeAt(at) === closer) {
        this.kind = tokenKind.name;
        this.#at = at + 1;
        return;
      }
    }
    if (closer === this.contextQuote && limit === text.length) {
      this.kind = tokenKind.name;
      this.#at = limit;
      return;
    }
    this.kind = tokenKind.other;
  }

  #readVariable(): void {
    this.kind = tokenKind.variable;
    if (this.#codeAt(0) === 0x40) this.#at++;
    const code = this.#codeAt(0);
    if (quoteOf(code) || code === 0x60) {
      const close = this.text.indexOf(String.fromCharCode(code), this.#at + 1);
      this.#at = close < 0 ? this.text.length : close + 1;
      return;
    }
    const from = this.#at;
    while (isWordPart(this.#codeAt(0)) || this.#codeAt(0) === 0x2e) this.#at++;
    if (this.#at - from <= wordLengthMax) this.word = this.text.slice(from, this.#at).toLowerCase();
  }

  #readColon(): void {
    const code = this.#codeAt(0);
    if (code === 0x3a || code === 0x3d) {
      this.kind = tokenKind.postfix;
      this.#at++;
    } else if (isWordStart(code) && !isWordPart(this.#codeAt(-2))) {
      this.kind = tokenKind.variable;
      while (isWordPart(this.#codeAt(0))) this.#at++;
    } else {
      this.kind = tokenKind.other;
    }
  }

  /** `$$text$$` and `$tag$text$tag$` of PostgreSQL, `$1` of its prepared statements. */
  #readDollarQuote(): void {
    const { text, start } = this;
    let at = this.#at;
    while (isWordPart(text.charCodeAt(at)) && text.charCodeAt(at) !== 0x24) at++;
    this.kind = tokenKind.variable;
    this.#at = at;
    if (text.charCodeAt(at) !== 0x24 || this.#dollarQuotes >= dollarQuotesMax) return;

    this.#dollarQuotes++;
    const tag = text.slice(start, at + 1);
    const close = text.indexOf(tag, at + 1);
    if (close < 0) return;
    this.kind = tokenKind.string;
    this.reopened = false;
    this.unclosed = false;
    this.#at = close + tag.length;
  }
}
