/** Cases whose label does not hold in any interpreter, with the reason; they are not scored. */
export interface Dispute {
  readonly corpus: string;
  readonly cls: string;
  readonly reason: string;
  /** Whether a case is meant, by its id and, for whole families, by the shape of its payload. */
  matches(id: string, payload: string): boolean;
}

/** Reviewed by hand: each entry is about what the string is, not about whether Merlon sees it. */
export const disputes: readonly Dispute[] = [
  {
    corpus: "libinjection",
    cls: "sql-injection",
    reason:
      "A whole SELECT statement as a value: what SQL consoles and reporting APIs are sent. It is executed only by an endpoint that executes SQL on purpose, and changes no other statement.",
    matches: (id, payload) => id.includes("sqli-fullqueries:") && /^select /i.test(payload),
  },
  {
    corpus: "libinjection",
    cls: "sql-injection",
    reason:
      "Output of a fuzzer: a parenthesised constant before a comment. Put into a statement it is the constant it would be anyway.",
    matches: (id, payload) => id.includes("sqli-fuzz-ischi:") && /^ \(.*\) {2}--$/.test(payload),
  },
  {
    corpus: "fuzzdb",
    cls: "sql-injection",
    reason: "A single word, number or sign without any effect in a statement.",
    matches: (_id, payload) => isFragment(payload),
  },
  {
    corpus: "payloadsallthethings",
    cls: "sql-injection",
    reason: "A comment of the list's author, a heading, or a single sign.",
    matches: (_id, payload) => isFragment(payload) || /^# [a-z ]/i.test(payload),
  },
  {
    corpus: "payloadsallthethings",
    cls: "sql-injection",
    reason:
      "No statement of any dialect: `UNION ALL SELECTCHAR(…)` within a call is a syntax error.",
    matches: (_id, payload) => payload.includes("SELECTCHAR("),
  },
  {
    corpus: "naughty-strings",
    cls: "sql-injection",
    reason: "Wildcards of LIKE: a single percent sign or underscore changes no structure.",
    matches: (_id, payload) => payload.trim().length <= 1,
  },
];

function isFragment(payload: string): boolean {
  const text = payload.trim();
  return /^[\w-]*$/.test(text) || (text.length <= 3 && !/--|#/.test(text));
}
