import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { readInContexts } from "./contexts.ts";
import { judge } from "./judgement.ts";
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
      characterClass.slash |
      characterClass.plus |
      characterClass.hyphen |
      characterClass.asterisk |
      characterClass.semicolon |
      characterClass.pipe |
      characterClass.ampersand |
      characterClass.equals,
  ],

  detect(field: Field): Match | undefined {
    return detectIn(field.value);
  },
};

function detectIn(value: string): Match | undefined {
  const text = narrowed(value);
  let best: { match: Match; score: number } | undefined;
  for (const contextReading of readInContexts(text)) {
    const judged = judge(text, contextReading);
    if (judged !== undefined && judged.score > (best?.score ?? 0)) best = judged;
  }
  return best?.match;
}
