import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { readEmbeddedIn, readInContexts } from "./contexts.ts";
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
    return detectIn(field.value);
  },
};

function detectIn(value: string): Match | undefined {
  const text = narrowed(value);
  let best: Judgement | undefined;
  let isStatement = false;
  readInContexts(text, (contextReading) => {
    best = strongerOf(best, judge(text, contextReading));
    if (contextReading.context === "statement" && best !== undefined) isStatement = true;
  });
  // A whole statement contains conditions and unions by right.
  if (isStatement || (best !== undefined && best.score >= mediumScoreMin)) return best?.match;
  readEmbeddedIn(text, (embedded) => {
    best = strongerOf(best, judge(text, embedded));
  });
  return best?.match;
}

function strongerOf(a: Judgement | undefined, b: Judgement | undefined): Judgement | undefined {
  return b !== undefined && b.score > (a?.score ?? 0) ? b : a;
}
