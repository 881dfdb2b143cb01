import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { strongerOf } from "../../languages/stronger-match.ts";
import { frameworkSpace, judgeClassName, judgeRoute, packages } from "./judge-class-name.ts";
import { judgeCode } from "./judge-code.ts";
import { judgeLookup } from "./judge-lookup.ts";
import { judgePhp } from "./judge-php.ts";

/** What code without any call, index or variable reaches for. */
const reached: readonly string[] = [
  "lassLoader",
  "ainModule",
  "onstructor",
  "_load",
  "exports",
  "jndi:",
  "rocessBuilder",
];

/**
 * Finds values that are code for an interpreter of the server: PHP, JavaScript, Python, Ruby, Perl,
 * Java expressions, and lookups of log libraries (`${jndi:ldap://…}`). Texts about code and fields
 * made for code stay at low confidence.
 */
export const codeInjection: Detector = {
  id: "code-injection",
  summary:
    "Values that run as code on the server: calls that start programs or open files, ways to an interpreter's internals, and lookups of log libraries.",
  requires: [
    characterClass.parenthesis |
      characterClass.dollar |
      characterClass.lessThan |
      characterClass.bracket |
      characterClass.equals |
      characterClass.semicolon |
      characterClass.dot,
    characterClass.letter | characterClass.otherPunctuation | characterClass.dollar,
  ],
  signs: {
    classes: characterClass.parenthesis | characterClass.bracket | characterClass.dollar,
    texts: ["<?", ...reached.map((name) => name.toLowerCase()), ...packages, frameworkSpace],
  },

  detect(field: Field): Match | undefined {
    const { value } = field;
    if (!mayHoldCode(value)) return judgeClassName(value) ?? judgeRoute(value);
    const lookup = judgeLookup(value);
    if (lookup?.confidence === "high") return lookup;
    const php = strongerOf(lookup, judgePhp(field));
    if (php?.confidence === "high") return php;
    return strongerOf(strongerOf(php, judgeCode(field)), judgeClassName(value));
  },
};

/** Most values with a dot are numbers, addresses and sentences. */
function mayHoldCode(value: string): boolean {
  return (
    value.includes("(") ||
    value.includes("[") ||
    value.includes("$") ||
    value.includes("<?") ||
    reached.some((name) => value.includes(name))
  );
}
