import { isComparisonPart } from "./characters.ts";
import { tokenKind } from "./token.ts";

/** The operators with which PostgreSQL looks into JSON, by how they compare or reach into it. */
const jsonOperators: readonly (readonly [operator: string, kind: number])[] = [
  ["#>>", tokenKind.postfix],
  ["#>", tokenKind.postfix],
  ["<@", tokenKind.comparison],
  ["@>", tokenKind.comparison],
  ["@?", tokenKind.comparison],
  ["?|", tokenKind.comparison],
  ["?&", tokenKind.comparison],
  ["@@ ", tokenKind.comparison],
];

/** The JSON operator at an offset, if there is one. */
export function jsonOperatorAt(
  text: string,
  at: number,
): readonly [operator: string, kind: number] | undefined {
  return jsonOperators.find(([operator]) => text.startsWith(operator, at));
}

/** Tells `<<` from `<`, `!` from `!=`, `^` from `^=`. */
export function operatorKind(code: number, next: number): number {
  // `=>` and `===` belong to other languages.
  if (code === 0x3d && next === 0x3e) return tokenKind.other;
  const isBeforeComparison = isComparisonPart(next);
  if (code === 0x21) return isBeforeComparison ? tokenKind.comparison : tokenKind.arithmetic;
  if (code === 0x5e) return next === 0x3d ? tokenKind.comparison : tokenKind.arithmetic;
  if ((code === 0x3c || code === 0x3e) && next === code) return tokenKind.arithmetic;
  return symbolKinds[code] ?? tokenKind.other;
}

/** What a single character is when nothing follows it. */
export const symbolKinds: Readonly<Record<number, number>> = {
  40: tokenKind.open,
  41: tokenKind.close,
  44: tokenKind.comma,
  46: tokenKind.dot,
  59: tokenKind.semicolon,
  60: tokenKind.comparison,
  61: tokenKind.comparison,
  62: tokenKind.comparison,
  33: tokenKind.comparison,
  42: tokenKind.arithmetic,
  43: tokenKind.arithmetic,
  45: tokenKind.arithmetic,
  47: tokenKind.arithmetic,
  37: tokenKind.arithmetic,
  94: tokenKind.arithmetic,
  124: tokenKind.arithmetic,
  38: tokenKind.arithmetic,
  126: tokenKind.arithmetic,
  63: tokenKind.variable,
};
