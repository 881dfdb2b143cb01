import type { ContextReading } from "./contexts.ts";
import type { EvidenceKind } from "./evidence.ts";

const excerptLengthMax = 60;

const meanings: Readonly<Record<EvidenceKind, string>> = {
  "constant-condition": "adds a condition that is the same for every row",
  "literal-condition": "adds a constant where a condition belongs",
  "repeated-literal": "adds a constant where a condition belongs",
  "column-condition": "adds a further condition",
  "constant-and-condition": "adds a further condition",
  "order-behind-value": "orders by a position, which is how the number of columns is counted",
  "union-query": "appends the rows of a second query",
  "union-of-names": "appends the rows of a second query",
  "union-start": "begins to append a second query",
  subquery: "runs a query of its own inside the statement",
  "subquery-of-names": "runs a query of its own inside the statement",
  "dangerous-call": "calls a function that waits, reads files, calls out or leaks through errors",
  "probing-call": "calls a function that spies on the database",
  "common-call": "calls a function of the database",
  "server-variable": "reads a variable of the database server",
  "system-table": "reads the tables in which the database describes itself",
  "stacked-statement": "starts a second statement",
  "dangerous-statement": "starts a statement that waits or reaches beyond the database",
  "changing-statement": "starts a statement that changes data or tables",
  "statement-of-names": "starts a second statement",
  "order-by-position": "orders by a position, which is how the number of columns is counted",
  clause: "adds a clause",
  "where-clause": "adds a condition",
  "null-list": "fills up columns with NULL",
  "case-expression": "asks the database a yes-or-no question",
  "conditional-comment": "hides code in a comment that MySQL runs",
  "inline-comment": "uses comments in the place of spaces",
  truncation: "cuts off the rest of the statement with a comment",
  "closed-parenthesis": "closes a parenthesis that the statement has opened",
  breakout: "continues the statement behind it",
  "breakout-arithmetic": "continues the statement behind it",
  "breakout-left-open": "continues the statement behind it",
  "breakout-of-condition": "adds a further condition",
};

/** One sentence on what the database would make of the value. */
export function explanationOf(text: string, contextReading: ContextReading): string {
  const { evidence } = contextReading.reading;
  const kind = evidence.strongest;
  if (kind === undefined) return "Read as SQL, the value continues the statement it is put into.";
  const excerpt = excerptOf(text, evidence.start, evidence.end);
  return `Put into a SQL statement ${placeOf(text, contextReading)}, the value ${meanings[kind]}${excerpt}.`;
}

function placeOf(text: string, { context, start }: ContextReading): string {
  if (context === "embedded") return "behind other text";
  if (context !== "quoted") return "where a number or a name stands";
  return `inside ${text.charAt(start)}…${text.charAt(start)}, which it ends itself`;
}

function excerptOf(text: string, start: number, end: number): string {
  if (end <= start) return "";
  const isLong = end - start > excerptLengthMax;
  const excerpt = text.slice(start, isLong ? start + excerptLengthMax : end).trim();
  return excerpt === "" ? "" : ` (\`${excerpt}${isLong ? "…" : ""}\`)`;
}
