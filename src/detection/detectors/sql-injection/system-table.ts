import type { Reading } from "./reading.ts";
import { systemTables } from "./words-table.ts";

/** Records a table or schema in which databases describe themselves, with the reader at its name in `from`. */
export function noteSystemTable(reading: Reading): void {
  const { lexer, evidence } = reading;
  if (!systemTables.has(lexer.word)) return;
  // `sys`, `master` and `domain` are also names that people use; before a dot they are not.
  const isPath = lexer.text.charCodeAt(lexer.end) === 0x2e;
  if (lexer.word.length > 7 || lexer.word === "dual" || isPath)
    evidence.add("system-table", lexer.start, lexer.end);
}
