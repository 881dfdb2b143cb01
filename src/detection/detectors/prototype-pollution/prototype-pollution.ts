import type { Confidence } from "../../../model/detection.ts";
import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { proseWordsAround } from "../../languages/prose.ts";

/**
 * Finds names that make JavaScript write to the prototype of all objects, such as
 * `__proto__[isAdmin]=1` or `{"constructor":{"prototype":…}}`, in names and in paths within values.
 */
export const prototypePollution: Detector = {
  id: "prototype-pollution",
  summary:
    "Names and paths through `__proto__` or `constructor.prototype`, with which merging code changes every object of a JavaScript application.",
  requires: [
    characterClass.otherPunctuation |
      characterClass.dot |
      characterClass.bracket |
      characterClass.doubleQuote,
    characterClass.letter,
  ],
  signs: { classes: 0, texts: ["__proto__", "__define", "__lookup", "constructor"] },

  detect({ value, part }: Field): Match | undefined {
    const found = findProto(value) ?? findConstructorPrototype(value);
    if (found === undefined) return undefined;
    const isText = proseWordsAround(value, found, proseWordsMax) >= proseWordsMax;
    return {
      confidence: confidenceOf(value, found, part, isText),
      ...found,
      explanation: `Code that copies or sets properties by name follows "${value.slice(found.start, found.end)}" to the prototype that all objects of JavaScript share.`,
    };
  },
};

const proseWordsMax = 5;

interface Range {
  readonly start: number;
  readonly end: number;
}

const proto = "__proto__";
const getters: readonly string[] = ["__defineGetter__", "__defineSetter__", "__lookupGetter__"];

function findProto(value: string): Range | undefined {
  for (const name of [proto, ...getters]) {
    const start = value.indexOf(name);
    if (start >= 0) return { start, end: start + name.length };
  }
  return undefined;
}

/** Between the two names stand a dot, brackets, quotes, colons or braces. */
const jointCharsMax = 8;

function findConstructorPrototype(value: string): Range | undefined {
  for (let start = value.indexOf("constructor"); start >= 0; ) {
    const behind = start + "constructor".length;
    const next = value.slice(behind, behind + jointCharsMax + "prototype".length);
    const at = next.indexOf("prototype");
    if (at > 0 && isJoint(next.slice(0, at)))
      return { start, end: behind + at + "prototype".length };
    start = value.indexOf("constructor", behind);
  }
  return undefined;
}

function isJoint(text: string): boolean {
  for (const character of text) if (!"[].\"':{/ ".includes(character)) return false;
  return true;
}

function confidenceOf(
  value: string,
  { start, end }: Range,
  part: Field["part"],
  isText: boolean,
): Confidence {
  if (part === "name") return "high";
  if (isText) return "low";
  const before = value.charAt(start - 1);
  const after = value.charAt(end);
  // A path or a key leads on from it; code mentions it otherwise.
  if (".[=".includes(after) && after !== "") return "high";
  const isKey = (after === '"' || after === "'" || after === "]") && isKeyEnd(value, end + 1);
  if (isKey || (before === ":" && after === ":")) return "high";
  return start === 0 && end === value.length ? "medium" : "low";
}

/** Behind the quote of a key stands a colon, behind a bracket another one or an equals sign. */
function isKeyEnd(value: string, at: number): boolean {
  const next = value
    .slice(at, at + 8)
    .trimStart()
    .charAt(0);
  return next !== "" && ":[.=]".includes(next);
}
