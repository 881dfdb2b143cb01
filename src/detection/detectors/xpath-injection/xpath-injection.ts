import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { proseWordsAround } from "../../languages/prose.ts";
import { findConstruct, pieces } from "./xpath-construct.ts";
import { judgeQuery } from "./xquery.ts";

/**
 * Finds values that leave a string or a condition of an XPath or XQuery expression and go on in that
 * language. Paths that stand alone, as selectors do, pass.
 */
export const xpathInjection: Detector = {
  id: "xpath-injection",
  summary:
    "Values that leave a string of an XPath or XQuery expression and add conditions or paths of their own.",
  requires: [
    characterClass.parenthesis | characterClass.bracket | characterClass.slash,
    characterClass.singleQuote |
      characterClass.doubleQuote |
      characterClass.bracket |
      characterClass.parenthesis |
      characterClass.pipe,
  ],
  signs: { classes: 0, texts: [...pieces, "for $", "let $", "collection(", "unparsed-text("] },

  detect({ value }: Field): Match | undefined {
    const construct = mayLeave(value) ? findConstruct(value) : undefined;
    if (construct === undefined) return judgeQuery(value);
    const { start, end } = construct;
    const isText = proseWordsAround(value, { start, end }, proseWordsMax) >= proseWordsMax;
    const breaksOut = leavesContext(value, start);
    if (!breaksOut && !construct.isProbe) return judgeQuery(value);
    return {
      confidence: isText ? "low" : breaksOut ? "high" : "medium",
      start: 0,
      end: Math.min(value.length, end + 64),
      explanation: `Put into an XPath expression, the value leaves its place and goes on with "${value.slice(start, end)}".`,
    };
  },
};

const proseWordsMax = 6;
/** What stands before the construct is read from here. */
const leadCharsMax = 200;

/** Cheap signs of a string or condition that ends, or of a probe. */
function mayLeave(value: string): boolean {
  return (
    value.includes("'") ||
    value.includes('"') ||
    value.includes("]") ||
    value.includes(" and ") ||
    value.includes(" or ") ||
    value.includes("(/") ||
    value.startsWith("local-name(") ||
    value.startsWith("namespace-uri(")
  );
}

/** Whether the text before a construct ends a string, a condition, or an operand. */
function leavesContext(value: string, start: number): boolean {
  const lead = value.slice(Math.max(0, start - leadCharsMax), start);
  // A union behind a condition is a selector, unless the condition was opened elsewhere.
  if (value.charAt(start) === "]") return quotesIn(lead) % 2 === 1;
  const quote = firstQuote(lead);
  const behind = lead
    .slice(quote + 1)
    .trimStart()
    .toLowerCase();
  if (quote >= 0) return joins.some((join) => behind.startsWith(join));
  const plain = lead.trim().toLowerCase();
  return (
    plain.endsWith(" and") || plain.endsWith(" or") || plain.endsWith("] |") || plain.endsWith("]|")
  );
}

function quotesIn(text: string): number {
  return text.split("'").length + text.split('"').length - 2;
}

const joins: readonly string[] = [
  "or ",
  "and ",
  "or(",
  "and(",
  "]",
  ")",
  "|",
  "=",
  "or\t",
  "and\t",
];

function firstQuote(text: string): number {
  const single = text.indexOf("'");
  const double = text.indexOf('"');
  if (single < 0 || double < 0) return Math.max(single, double);
  return Math.min(single, double);
}
