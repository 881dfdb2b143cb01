import type { Dispute } from "./disputed-table.ts";

const cls = "cross-site-scripting";
const lists = ["fuzzdb", "payloadsallthethings", "httpparams"] as const;

/** Cases of cross-site scripting in which no browser finds script. */
export const crossSiteScriptingDisputes: readonly Dispute[] = [
  ...lists.flatMap((corpus): Dispute[] => [
    {
      corpus,
      cls,
      reason: "The name of an event alone, or another single word: no code, and no attribute.",
      matches: (_id, payload) => /^[\w-]*$/.test(payload.trim()),
    },
    {
      corpus,
      cls,
      reason: "One character: an angle bracket or a quote, in one of its spellings.",
      matches: (_id, payload) =>
        /^(?:&#?x?\w+;?|\\x\w\w|\\u\w{4}|%\w\w|[^\w\s])$/i.test(payload.trim()),
    },
    {
      corpus,
      cls,
      reason:
        "A line that was cut out of an example of many lines: formatting, closing tags, comments, declarations and brackets, without anything that runs or loads.",
      matches: (_id, payload) => isInertLine(payload),
    },
    {
      corpus,
      cls,
      reason: "A link or picture with an ordinary web address, however its host is written.",
      matches: (_id, payload) =>
        /^(?:Exploit String: )?(?:<a href="(?:h\s*t\s*t\s*\t?p:)?\/\/[^"]*">[^<]*<\/a>|<img src="https?:\/\/[^"]*">)$/i.test(
          payload.replaceAll("\t", "").replaceAll("&#09;", ""),
        ) || payload.startsWith("Redirect 302 "),
    },
    {
      corpus,
      cls,
      reason:
        "A difference between parsers of style sheets that shows as a colour; no script takes part.",
      matches: (_id, payload) => isColourTest(payload),
    },
    {
      corpus,
      cls,
      reason:
        "Letters lost in the list, or markup of an encoding that no browser has: `scriptalert(…)/script`, `[a]` in place of a character, references that are broken up.",
      matches: (_id, payload) =>
        /^(?:[->"1]*script(?:alert|document)|x:expression8|5rt\(0\))/.test(payload) ||
        /^<img\[a\]|^&ADz&AGn|<scr&#x9ipt>|<IMG 6;|&amp;#39;/i.test(payload),
    },
  ]),
  {
    corpus: "fuzzdb",
    cls,
    reason:
      "A text file that describes attacks: names, authors, descriptions and tags. The lines with an attack begin with `Exploit String:`.",
    matches: (id, payload) =>
      id.startsWith("fuzzdb:179f05:") && !payload.startsWith("Exploit String:"),
  },
  {
    corpus: "fuzzdb",
    cls,
    reason: "The same lists as a line of that file, with nothing that runs.",
    matches: (id, payload) =>
      id.startsWith("fuzzdb:179f05:") && isInertLine(payload.slice("Exploit String:".length)),
  },
  {
    corpus: "fuzzdb",
    cls,
    reason: "An address of the file of examples, or a test for SQL.",
    matches: (_id, payload) =>
      /^https?:\/\/raw\.|^['"] or \d/.test(payload) || payload === 'a="get";',
  },
  {
    corpus: "payloadsallthethings",
    cls,
    reason: "A heading of the list.",
    matches: (_id, payload) => /^#[\w./' ]+:?$/.test(payload) || payload === 'a="get";',
  },
  {
    corpus: "payloadsallthethings",
    cls,
    reason:
      "A line of an example of many lines that loads or runs nothing by itself: a name space, a style, a loop, a link.",
    matches: (id) => linesOfExamples.has(id),
  },
  {
    corpus: "httpparams",
    cls,
    reason: "A setting of a variable to a word.",
    matches: (_id, payload) => payload === 'a="get";',
  },
  {
    corpus: "libinjection",
    cls,
    reason:
      "Formatting only, a difference between parsers of style sheets, or markup written backwards: no browser finds script.",
    matches: (id, payload) =>
      isColourTest(payload) || isInertLine(payload) || inertExamples.has(id),
  },
  {
    corpus: "naughty-strings",
    cls,
    reason:
      "Text and no tag (a space stands after the bracket), a name of an element with brackets in it, or an address that once made a browser stop.",
    matches: (_id, payload) => /^< \/ script >|^<img\[a\]|^http:\/\/a\/%%30%30$/.test(payload),
  },
  {
    corpus: "crs-regression",
    cls,
    reason:
      "A signature in which chance letters read `on…=`, an XML document with a schema or an inclusion, prose, a comment, or the beginning of a tag that no browser reads as one.",
    matches: (id) => crsWithoutScript.has(id),
  },
];

/** Nothing in it is an event, an address, a script, a style that acts, or an active element. */
function isInertLine(payload: string): boolean {
  const isEncoded = /%[0-9a-f]{2}|\\[ux]|&\w+;|^[\w+/]{16,}=*$/i.test(payload);
  return (
    !isEncoded &&
    !/on\w+\s*=|script|expression|im.?port|binding|behaviou?r|data|src|href|&[#{]|\\[0-9a-f]|iframe|object|embed|applet|meta|base|link|svg\/|\(|\+AD|\$|javas|url|alert|document|location|cookie|namespace/i.test(
      payload,
    )
  );
}

/** A style that ends in a colour, without any address or script in it. */
function isColourTest(payload: string): boolean {
  return (
    /color\s*[:=]|r\\0bla|ed;color/i.test(payload) &&
    !/on\w+\s*=|script|expression\(|import|data:|href|src=|alert/i.test(payload)
  );
}

const linesOfExamples: ReadonlySet<string> = new Set([
  ..."13 17 50 60 80 100 103 123 128 165 169 184 185 189 199 208 212 214 216 220 279 284 299"
    .split(" ")
    .map((line) => `patt:a8795e:${line}`),
  "patt:0d7f99:66",
  "patt:6b96b0:98",
  "patt:6b96b0:99",
]);

const inertExamples: ReadonlySet<string> = new Set([
  "libinj:xss-html5secorg:100",
  "libinj:xss-html5secorg:232",
  "libinj:xss-html5secorg:244",
  "libinj:xss-html5secorg:429",
  "libinj:xss-html5secorg:430",
  "libinj:xss-html5secorg:431",
  "libinj:xss-soaj1664ashar:40",
  "libinj:xss-xenotix:673",
]);

const crsWithoutScript: ReadonlySet<string> = new Set(
  (
    "941120-2 941120-4 941120-10 941120-12 941120-13 941130-3 941130-5 941130-7 941130-8 941130-13 " +
    "941130-15 941130-18 941130-19 941130-20 941160-5 941160-6 941160-7 941160-8 941160-9 941160-10 " +
    "941160-11 941160-12 941160-13 941160-16 941180-2 941180-3 941180-5 941190-4 941190-5 941240-2 " +
    "941390-10 941390-11"
  )
    .split(" ")
    .map((id) => `crs:${id}`),
);
