import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { formulaIn } from "./formula.ts";

/** Finds values that become formulas in a spreadsheet: an export that is opened starts programs or sends data away. */
export const formulaInjection: Detector = {
  id: "formula-injection",
  summary:
    "Values that a spreadsheet takes for a formula when an export with them is opened, and that start programs or send the sheet's data away.",
  requires: [
    characterClass.equals | characterClass.plus | characterClass.hyphen | characterClass.at,
    characterClass.parenthesis | characterClass.pipe,
    characterClass.letter,
  ],

  detect(field: Field): Match | undefined {
    // Headers are no cells of exports; their own syntax begins with these signs.
    if (field.part === "name" && field.location === "body") return undefined;
    const formula = formulaIn(field.value);
    if (formula === undefined) return undefined;
    const { confidence, start, end, what } = formula;
    return {
      confidence,
      start,
      end,
      explanation: `In an export that is opened as a spreadsheet the value is a formula: ${what}.`,
    };
  },
};
