import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { judgeName } from "./judge-name.ts";
import { judgeValue } from "./judge-value.ts";

/**
 * Finds operators of document databases where an application expects one value (`user[$ne]=1`,
 * `{"password":{"$gt":""}}`), JavaScript for the database, and lookups of object mappers on secrets.
 * Operators below a container called `filter`, `where` and the like stay at low confidence.
 */
export const nosqlInjection: Detector = {
  id: "nosql-injection",
  summary:
    "Operators of document databases in names and values, JavaScript that a database would run, and lookups of object mappers on secrets.",
  requires: [
    characterClass.dollar |
      characterClass.otherPunctuation |
      characterClass.bracket |
      characterClass.equals |
      characterClass.semicolon |
      characterClass.pipe |
      characterClass.ampersand |
      characterClass.dot,
    characterClass.dollar |
      characterClass.otherPunctuation |
      characterClass.bracket |
      characterClass.parenthesis |
      characterClass.pipe |
      characterClass.ampersand |
      characterClass.semicolon,
  ],

  detect(field: Field): Match | undefined {
    if (field.part === "name") return judgeName(field) ?? judgeValue(field.value);
    return mayHoldQuery(field.value) ? judgeValue(field.value) : undefined;
  },
};

/** Statements that a break-out of a query goes on with. */
const statements: readonly string[] = ["return", "sleep(", "while", "Date("];

/** A query needs an operator, a call of the database, or a break out of a string. */
function mayHoldQuery(value: string): boolean {
  return (
    value.includes("$") ||
    value.includes("db.") ||
    value.includes("||") ||
    value.includes("&&") ||
    (value.includes(";") && statements.some((word) => value.includes(word)))
  );
}
