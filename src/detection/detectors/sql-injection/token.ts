type TokenName =
  | "end"
  | "word"
  | "number"
  | "string"
  | "name"
  | "variable"
  | "comparison"
  | "arithmetic"
  | "logical"
  | "open"
  | "close"
  | "comma"
  | "semicolon"
  | "dot"
  | "truncation"
  | "postfix"
  | "other";

/** What a SQL token is; comments and white space are no tokens but leave their mark on the lexer. */
export const tokenKind: Readonly<Record<TokenName, number>> = {
  end: 0,
  word: 1,
  number: 2,
  string: 3,
  /** A quoted identifier: `` `a` `` or `[a]`. */
  name: 4,
  /** `@a`, `@@version`, `:a`, `?`. */
  variable: 5,
  comparison: 6,
  arithmetic: 7,
  /** `&&` and `||`; the latter may also be a concatenation. */
  logical: 8,
  open: 9,
  close: 10,
  comma: 11,
  semicolon: 12,
  dot: 13,
  /** A comment, or a NUL, that hides everything up to the end of the value. */
  truncation: 14,
  /** `::`, `:=`, `->` and the like, which stay within an operand. */
  postfix: 15,
  /** Nothing that SQL knows. */
  other: 16,
};
