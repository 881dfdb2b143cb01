import { Evidence } from "./evidence.ts";
import { SqlLexer } from "./lexer.ts";
import type { Operand } from "./operand.ts";
import { tokenKind } from "./token.ts";

/** Deeper nesting is given up on: no statement of an application comes near it. */
export const depthMax = 100;

/** The parts of the grammar that contain each other: expressions in queries, queries in expressions. */
export interface Grammar {
  /** Reads a condition or any other expression. */
  readExpression(reading: Reading): Operand;
  /** Reads `select …` and `(select …)`; false when it breaks off. */
  readQuery(reading: Reading): boolean;
}

/** One attempt to read a value as the continuation of a SQL statement. */
export class Reading {
  readonly lexer: SqlLexer;
  readonly evidence: Evidence = new Evidence();
  depth = 0;
  /** Whether a string that the surrounding statement closes was met: nothing can follow it. */
  isClosedByContext = false;
  /** How many tokens were met that prose does not have in such a place: numbers, calls, `*`. */
  hardTokens = 0;
  /** Items of all select lists, and `from` clauses, read so far. */
  selectItems = 0;
  fromClauses = 0;
  /** A procedure that leaves the database was named in the path just read. */
  isAfterDangerousProcedure = false;
  /** The value begins with `name(`. */
  startsWithCall = false;
  /** Arithmetic steps behind the operand: `+`, `-`, `||`. */
  arithmeticSteps = 0;
  /** Steps behind the operand that are more than arithmetic and lists. */
  logicalSteps = 0;
  /** Words and other tokens consumed so far. */
  tokens = 0;
  readonly grammar: Grammar;

  constructor(text: string, start: number, contextQuote: number, grammar: Grammar) {
    this.lexer = new SqlLexer(text, start, contextQuote);
    this.grammar = grammar;
  }

  get kind(): number {
    return this.lexer.kind;
  }

  get word(): string {
    return this.lexer.word;
  }

  /** Whether the value ends here, by itself or in a comment. */
  get isAtEnd(): boolean {
    return this.lexer.kind === tokenKind.end || this.lexer.kind === tokenKind.truncation;
  }

  advance(): void {
    if (this.lexer.kind === tokenKind.string && this.lexer.reopened) this.isClosedByContext = true;
    this.tokens++;
    this.lexer.advance();
  }

  /** Moves on when the current token is this word. */
  takeWord(word: string): boolean {
    if (this.lexer.word !== word || this.lexer.kind !== tokenKind.word) return false;
    this.advance();
    return true;
  }

  takeKind(kind: number): boolean {
    if (this.lexer.kind !== kind) return false;
    this.advance();
    return true;
  }

  isWord(word: string): boolean {
    return this.lexer.kind === tokenKind.word && this.lexer.word === word;
  }
}
