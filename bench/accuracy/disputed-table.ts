import { commandInjectionDisputes } from "./disputed-command-injection-table.ts";
import { crossSiteScriptingDisputes } from "./disputed-cross-site-scripting-table.ts";
import { pathTraversalDisputes } from "./disputed-path-traversal-table.ts";

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
  ...commandInjectionDisputes,
  ...crossSiteScriptingDisputes,
  ...pathTraversalDisputes,
  ...["fuzzdb", "payloadsallthethings"].map(
    (corpus): Dispute => ({
      corpus,
      cls: "open-redirect",
      reason:
        "A template in which the address is still to be put, a whole query string, or letters that only look like a slash: no browser is sent anywhere by it.",
      matches: (_id, payload) =>
        /\{target\}|^\/?(?:redirect)?\?url=|^\/?[〵〱ー]|^\/[〵〱ー]/i.test(payload),
    }),
  ),
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
    corpus: "crs-regression",
    cls: "sql-injection",
    reason:
      "The name of a schema or a database, a large number, or signs and words that no database reads as SQL: they test that a pattern matches, not an attack.",
    matches: (id) => crsFragments.has(id),
  },
  {
    corpus: "crs-regression",
    cls: "sql-injection",
    reason: "A whole statement as a value, as SQL consoles send it; it changes no other statement.",
    matches: (id) => crsStatements.has(id),
  },
  {
    corpus: "crs-regression",
    cls: "honest",
    reason:
      "An attack that one rule does not match at its level; a test of that rule, not honest input.",
    matches: (id) => crsAttacksCalledHonest.has(id),
  },
  {
    corpus: "crs-regression",
    cls: "code-injection",
    reason:
      "BBCode, a setting of php.ini, a name that only ends like a function, a call without effect, or a word of code: they test that a pattern matches, and run nothing in any interpreter.",
    matches: (id) => crsCodeFragments.has(id),
  },
  {
    corpus: "crs-regression",
    cls: "server-side-request-forgery",
    reason: "A text as a data URL, for which no server makes a request, or a public FTP server.",
    matches: (id) => crsAddresses.has(id),
  },
  {
    corpus: "payloadsallthethings",
    cls: "xml-external-entity",
    reason: "No declaration that loads anything: plain XML, or attacks on other interpreters.",
    matches: (_id, payload) => !loadsByXml(payload),
  },
  {
    corpus: "fuzzdb",
    cls: "xml-external-entity",
    reason: "No declaration that loads anything: plain XML, or attacks on other interpreters.",
    matches: (_id, payload) => !loadsByXml(payload),
  },
  {
    corpus: "payloadsallthethings",
    cls: "ldap-injection",
    reason:
      "Names of attributes, single signs, and an attack on XPath: nothing leaves a condition.",
    matches: (_id, payload) => !leavesFilter(payload),
  },
  {
    corpus: "fuzzdb",
    cls: "ldap-injection",
    reason:
      "Names of attributes, single signs, and an attack on XPath: nothing leaves a condition.",
    matches: (_id, payload) => !leavesFilter(payload),
  },
  {
    corpus: "fuzzdb",
    cls: "xpath-injection",
    reason: "Signs of a path without any condition left or added.",
    matches: (_id, payload) => payload.length <= 3,
  },
  {
    corpus: "naughty-strings",
    cls: "sql-injection",
    reason: "Wildcards of LIKE: a single percent sign or underscore changes no structure.",
    matches: (_id, payload) => payload.trim().length <= 1,
  },
];

const crsFragments: ReadonlySet<string> = idsOf(
  "942140-1 942140-2 942140-6 942140-8 942140-9 942140-10 942140-11 942140-12 942140-13 942140-14 942140-16 942140-17 942140-18 942190-2 942190-25 942190-27 942190-29 942220-1 942220-2 942220-3 942220-4 942350-4 942360-13 942360-16 942560-3",
);
const crsStatements: ReadonlySet<string> = idsOf(
  "942190-44 942230-6 942230-7 942240-10 942240-11 942350-3 942550-42",
);
const crsCodeFragments: ReadonlySet<string> = idsOf(
  "933100-3 933100-4 933100-16 933100-17 933100-22 933100-43 933100-29 933100-66 933120-1 933120-3 933120-4 933120-5 933120-6 933120-7 933120-8 933120-9 933120-11 933120-12 933120-13 933130-5 933150-4 933150-5 933150-6 933150-7 933150-11 933150-12 933150-18 933160-1 933160-5 933160-6 933160-8 933160-17 933160-35 933160-36 933160-39 933160-44 933160-48 933160-51 934100-4 934100-7 934100-10 934100-11 934100-12 934100-14 934100-15 934100-24 934100-25 934100-26",
);
const crsAddresses: ReadonlySet<string> = idsOf("931100-3 934170-1 934170-3 934170-4 934170-5");
const crsAttacksCalledHonest: ReadonlySet<string> = idsOf("933100-86 942160-12 942360-29");

function idsOf(list: string): ReadonlySet<string> {
  return new Set(list.split(" ").map((id) => `crs:${id}`));
}

function loadsByXml(payload: string): boolean {
  return payload.includes("SYSTEM") || payload.includes("PUBLIC") || payload.includes("XInclude");
}

function leavesFilter(payload: string): boolean {
  const plain = payload.replaceAll("%28", "(").replaceAll("%29", ")");
  return (
    plain.length > 1 && plain.includes("(") && plain.includes(")") && !plain.includes("name()")
  );
}

function isFragment(payload: string): boolean {
  const text = payload.trim();
  return /^[\w-]*$/.test(text) || (text.length <= 3 && !/--|#/.test(text));
}
