import type { Confidence } from "../../../model/detection.ts";
import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { proseWordsAround } from "../../languages/prose.ts";
import { findFilterBreak } from "./filter-break.ts";

/**
 * Finds values that end a condition of an LDAP filter and add their own, such as `*)(uid=*))(|(uid=*`.
 * Balanced parentheses of prose and code pass.
 */
export const ldapInjection: Detector = {
  id: "ldap-injection",
  summary:
    "Values that close a condition of an LDAP filter and open another one, or cut the filter off.",
  requires: [
    characterClass.parenthesis,
    characterClass.asterisk |
      characterClass.equals |
      characterClass.ampersand |
      characterClass.pipe |
      characterClass.otherPunctuation |
      characterClass.control,
  ],

  detect({ value }: Field): Match | undefined {
    const found = findFilterBreak(value);
    if (found === undefined) return undefined;
    return {
      confidence: confidenceOf(value, found),
      start: found.start,
      end: found.end,
      explanation: `Put into an LDAP filter, the value ${found.what}, so that the search answers something else than was asked.`,
    };
  },
};

const proseWordsMax = 4;

function confidenceOf(
  value: string,
  found: { readonly start: number; readonly end: number; readonly isGlued: boolean },
): Confidence {
  if (proseWordsAround(value, found, proseWordsMax) >= proseWordsMax) return "low";
  if (found.isGlued) return "high";
  // With spaces between only signs of a filter tell it from a remark in parentheses.
  return value.includes("*") || value.includes("&") || value.includes("|") ? "medium" : "low";
}
