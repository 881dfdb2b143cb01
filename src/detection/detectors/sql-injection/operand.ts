/** What an expression turned out to be; `none` when it could not be read. */
export const operandKind = {
  none: 0,
  /** Literals, and arithmetic and calls on nothing but literals. */
  constant: 1,
  column: 2,
  /** Calls on columns, subqueries, variables. */
  opaque: 3,
  /** A comparison whose outcome is known beforehand: `1=1`, `'a'='b'`, `x=x`. */
  constantComparison: 4,
  comparison: 5,
  /** Conditions joined by `and` or `or`. */
  condition: 6,
  /** `x=x`: always true behind `or`, an assignment or a named argument elsewhere. */
  sameColumn: 7,
} as const;

export type Operand = (typeof operandKind)[keyof typeof operandKind];
