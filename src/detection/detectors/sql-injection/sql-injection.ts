import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { strongerOf as strongerMatchOf } from "../../languages/stronger-match.ts";
import { readEmbeddedIn, readInContexts } from "./contexts.ts";
import { fragmentOf } from "./fragment.ts";
import { type Judgement, judge, mediumScoreMin } from "./judgement.ts";
import { narrowed } from "./wide-characters.ts";

/** Finds values that would change the structure of the SQL statement they are put into. */
export const sqlInjection: Detector = {
  id: "sql-injection",
  summary: "Values that would change the structure of the SQL statement they are put into.",
  requires: [
    // Something has to end the operand or the string that the value stands in.
    characterClass.space |
      characterClass.newline |
      characterClass.control |
      characterClass.nonAscii |
      characterClass.singleQuote |
      characterClass.doubleQuote |
      characterClass.backtick |
      characterClass.parenthesis |
      // Of comments: a slash alone stands in every path.
      characterClass.asterisk |
      characterClass.semicolon |
      characterClass.pipe |
      characterClass.ampersand,
  ],

  detect(field: Field): Match | undefined {
    return detectIn(field);
  },
};

function detectIn(field: Field): Match | undefined {
  const text = narrowed(field.value);
  let best: Judgement | undefined;
  let isStatement = false;
  readInContexts(text, (contextReading) => {
    best = strongerOf(best, judge(text, contextReading));
    if (contextReading.context === "statement" && best !== undefined) isStatement = true;
  });
  // A whole statement contains conditions and unions by right.
  if (best !== undefined && best.score >= mediumScoreMin) return best.match;
  const piece = matchOfFragment(field, text);
  if (isStatement || piece !== undefined) return strongerMatchOf(piece, best?.match);
  readEmbeddedIn(text, (embedded) => {
    best = strongerOf(best, judge(text, embedded));
  });
  return best?.match;
}

/** A value that is a piece of an injection, unless it is what its field is for. */
function matchOfFragment(field: Field, text: string): Match | undefined {
  const fragment = fragmentOf(text);
  if (fragment === undefined) return undefined;
  return {
    confidence: fragment.isStatement && takesSql(field) ? "low" : "medium",
    start: 0,
    end: text.length,
    explanation: `Put into a SQL statement, the value ${fragment.what}.`,
  };
}

/** Fields of consoles and reports, which are sent whole statements on purpose. */
function takesSql({ location, name }: Field): boolean {
  const lower = name.toLowerCase();
  if (/sql(?:\b|$|_|query|text|statement)/.test(lower)) return true;
  return location === "body" && /\.(?:query|statement|querystring|query_?text)$/.test(lower);
}

function strongerOf(a: Judgement | undefined, b: Judgement | undefined): Judgement | undefined {
  return b !== undefined && b.score > (a?.score ?? 0) ? b : a;
}
