/** What the text of an answer betrays. Each mark is a plain search, so its time is linear. */
export const errorTextMarks: readonly (readonly [name: string, isIn: (text: string) => boolean])[] =
  [
    ["stack-trace", hasStackTrace],
    ["sql-error", hasSqlError],
  ];

/** Longest part of an answer that is searched. */
const searchedMax = 65_536;

/** Frames as Node, Java, Python, .NET, PHP, Ruby and Go print them. */
function hasStackTrace(text: string): boolean {
  const searched = text.slice(0, searchedMax);
  if (searched.includes("Traceback (most recent call last)")) return true;
  if (searched.includes("goroutine ") && searched.includes("[running]")) return true;
  if (searched.includes("#0 ") && searched.includes(".php")) return true;
  return frameMarks.some(([head, tail]) => hasFrame(searched, head, tail));
}

/** What a frame begins with, and what must follow within a line. */
const frameMarks: readonly (readonly [head: string, tail: RegExp])[] = [
  [
    "at ",
    /^[\w$.<>[\] ]{1,160}\((?:[\w/\\:.-]{1,160}\.(?:js|ts|mjs|cjs|java|kt|scala):\d|native|Native Method|Unknown Source)/,
  ],
  ["at ", /^(?:file:\/\/)?\/[\w/.-]{1,200}\.(?:js|ts|mjs|cjs):\d/],
  ["   at ", /^[\w.]{3,160}\([\w ,.&[\]]{0,160}\)(?: in |$|\\r|\\n|\r|\n)/],
  ['File "', /^[\w/\\.:-]{1,200}\.py", line \d/],
  ["from ", /^\/[\w/.-]{1,200}\.rb:\d+:in /],
];

function hasFrame(text: string, head: string, tail: RegExp): boolean {
  let at = text.indexOf(head);
  for (let tries = 0; at >= 0 && tries < 200; tries += 1) {
    const start = at + head.length;
    if (tail.test(text.slice(start, start + 400))) return true;
    at = text.indexOf(head, start);
  }
  return false;
}

function hasSqlError(text: string): boolean {
  const searched = text.slice(0, searchedMax);
  return sqlErrors.some((error) => searched.includes(error));
}

/** Phrases of database drivers that no API writes by itself. */
const sqlErrors: readonly string[] = [
  "SQLITE_ERROR",
  "SQLSTATE[",
  "SqliteError",
  "sqlite3.OperationalError",
  "You have an error in your SQL syntax",
  "check the manual that corresponds to your MySQL",
  "mysql_fetch",
  "PG::SyntaxError",
  "psycopg2.errors",
  "unterminated quoted string at or near",
  "syntax error at or near",
  "unrecognized token:",
  "ORA-00933",
  "ORA-01756",
  "ORA-00921",
  "Unclosed quotation mark after the character string",
  "Incorrect syntax near",
  "com.mysql.jdbc",
  "org.postgresql.util.PSQLException",
  "org.hibernate.exception.SQLGrammarException",
  "System.Data.SqlClient.SqlException",
  "ER_PARSE_ERROR",
  "QueryFailedError",
  "SequelizeDatabaseError",
  "MongoServerError",
];
