import type { Confidence } from "../../../model/detection.ts";
import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { lexCode } from "../../languages/code-token.ts";
import { proseWordsAround } from "../../languages/prose.ts";
import { type Delimiter, delimiters } from "./delimiters.ts";
import { type ExpressionSign, judgeExpression } from "./judge-expression.ts";
import { judgeOtherSyntax } from "./other-syntax.ts";
import { findTemplateExpressions, type TemplateExpression } from "./template-expression.ts";

/**
 * Finds values that a template engine would compute instead of print, such as `{{7*7}}` or
 * `${T(java.lang.Runtime)…}`. Placeholders that only name a value (`{{name}}`, `${PRICE}`) pass.
 */
export const templateInjection: Detector = {
  id: "template-injection",
  summary:
    "Values that a template engine of the server would evaluate: computed constants, calls that run code, and ways to an interpreter's internals.",
  requires: [
    characterClass.brace |
      characterClass.percent |
      characterClass.hash |
      characterClass.at |
      characterClass.bracket,
    characterClass.parenthesis |
      characterClass.asterisk |
      characterClass.plus |
      characterClass.hyphen |
      characterClass.slash |
      characterClass.dot |
      characterClass.brace |
      characterClass.equals,
  ],
  signs: {
    classes: characterClass.brace | characterClass.dollar,
    texts: delimiters.map(({ open }) => open),
  },

  detect({ value }: Field): Match | undefined {
    let best: Match | undefined;
    findTemplateExpressions(value, (expression) => {
      const match = judge(value, expression);
      if (
        match !== undefined &&
        (best === undefined || rank[match.confidence] > rank[best.confidence])
      ) {
        best = match;
      }
      return best?.confidence === "high";
    });
    const found: Match | undefined = best;
    return found ?? judgeOtherSyntax(value);
  },
};

const rank = { low: 1, medium: 2, high: 3 } as const;

/** Longer expressions are read to here. */
const expressionCharsMax = 2_048;
/** A value with more words around an expression is a text about templates. */
const proseWordsMax = 5;

function judge(value: string, expression: TemplateExpression): Match | undefined {
  const { start, end, bodyStart, delimiter } = expression;
  const bodyEnd = Math.min(expression.bodyEnd, bodyStart + expressionCharsMax);
  const tokens = lexCode(value, { start: skipMarks(value, bodyStart, bodyEnd), end: bodyEnd });
  if (tokens.length === 0) return undefined;
  const sign = judgeExpression(tokens);
  if (sign === undefined) return undefined;
  const isText = proseWordsAround(value, expression, proseWordsMax) >= proseWordsMax;
  const confidence = confidenceOf(sign, expression, isText, value);
  return {
    confidence,
    start,
    end,
    explanation: `A template engine (such as ${delimiter.engines}) evaluates what stands between ${delimiter.open} and ${delimiter.close}: the expression ${sign.what}.`,
  };
}

/** `<%=`, `{{{`, `{{-`, `{{=`, `<%-`: marks that say how to print. */
function skipMarks(value: string, start: number, end: number): number {
  let at = start;
  while (at < end && "=-{!&~#@$%".includes(value.charAt(at))) {
    if (value.charAt(at) === "$" && value.charAt(at + 1) !== "{") break;
    at++;
  }
  return at;
}

function confidenceOf(
  sign: ExpressionSign,
  { delimiter, start, end }: TemplateExpression,
  isText: boolean,
  value: string,
): Confidence {
  switch (sign.kind) {
    case "internals":
      return isText ? "medium" : "high";
    case "execution":
      return isText && delimiter.open !== "<%" ? "low" : "high";
    case "probe":
      return isText || isFormula(value, start)
        ? "low"
        : probeConfidence(value, delimiter, start, end);
    case "member":
      return isText ? "low" : memberConfidence(value, delimiter, start, end);
    case "engine":
      return isText ? "low" : "medium";
    case "call":
      return isWhole(value, start, end) ? "medium" : "low";
  }
}

/** Template literals of JavaScript pad and repeat texts. */
function memberConfidence(
  value: string,
  { open }: Delimiter,
  start: number,
  end: number,
): Confidence {
  return open === "${" && !isWhole(value, start, end) ? "low" : "high";
}

function probeConfidence(
  value: string,
  { open }: Delimiter,
  start: number,
  end: number,
): Confidence {
  if (!weakDelimiters.has(open)) return "high";
  return isWhole(value, start, end) ? "medium" : "low";
}

/** Marks that mean something else in much honest text: wiki links, matrices, mentions. */
const weakDelimiters: ReadonlySet<string> = new Set(["[[", "[#", "[=", "@(", "@{", "<#", "*{"]);

function isWhole(value: string, start: number, end: number): boolean {
  return value.slice(0, start).trim() === "" && value.slice(end).trim() === "";
}

/** Formulas have doubled braces too: `e^{{2*3}}`. */
function isFormula(value: string, start: number): boolean {
  const before = value.charAt(start - 1);
  return before === "^" || before === "_" || value.includes("\\frac") || value.includes("\\begin");
}
