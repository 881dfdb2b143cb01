import { type Operand, operandKind } from "./operand.ts";
import type { Reading } from "./reading.ts";

/** Reads a query inside an expression, and records whether it is more than words. */
export function readSubquery(reading: Reading): Operand {
  const { start } = reading.lexer;
  const { hardTokens, fromClauses } = reading;
  const isQuery = reading.grammar.readQuery(reading);
  const end = reading.lexer.previousEnd;
  if (reading.hardTokens > hardTokens) reading.evidence.add("subquery", start, end);
  else if (isQuery && reading.fromClauses > fromClauses) {
    reading.evidence.add("subquery-of-names", start, end);
  }
  return isQuery ? operandKind.opaque : operandKind.none;
}
