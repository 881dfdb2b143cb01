import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { proseWordsAround } from "../../languages/prose.ts";
import { findGadgetClass } from "./gadget-class.ts";
import { findPhpObject, phpObjectSigns } from "./php-object.ts";
import { binaryForms, type Form, gadgetClasses, textForms } from "./serialized-forms-table.ts";

/**
 * Finds serialised objects of languages that run code when they read them: Java, PHP, Python, .NET,
 * Ruby, YAML tags, node-serialize, and names of classes that such attacks are built of.
 */
export const insecureDeserialization: Detector = {
  id: "insecure-deserialization",
  summary:
    "Serialised objects of Java, PHP, Python, .NET, Ruby and YAML, which run code when an application reads them.",
  requires: [
    characterClass.letter,
    characterClass.digit |
      characterClass.otherPunctuation |
      characterClass.dot |
      characterClass.colon |
      characterClass.lessThan |
      characterClass.slash |
      characterClass.newline,
  ],
  signs: {
    classes: characterClass.nonAscii,
    texts: [
      ...binaryForms.map(({ start }) => start.toLowerCase()).filter((start) => isAscii(start)),
      ...textForms.flatMap(([, forms]) => forms.map(({ text }) => text.toLowerCase())),
      ...gadgetClasses.keys(),
      ...phpObjectSigns,
    ],
  },

  detect({ value }: Field): Match | undefined {
    if (value.length < 6) return undefined;
    return judgeBinary(value) ?? judgeText(value) ?? judgeGadget(value) ?? judgePhp(value);
  },
};

const proseWordsMax = 6;

function isAscii(text: string): boolean {
  for (const character of text) if (character < "\t" || character > "~") return false;
  return true;
}

/** Forms that begin a value, as they are or as base64 or hexadecimal digits. */
function judgeBinary(value: string): Match | undefined {
  if (!firstCharacters.has(value.charCodeAt(0))) return undefined;
  for (const { start, language, confidence, minimum } of binaryForms) {
    if (!value.startsWith(start) || value.length < minimum) continue;
    return matchOf(0, Math.min(value.length, 64), { language, confidence });
  }
  return undefined;
}

const firstCharacters: ReadonlySet<number> = new Set(
  binaryForms.map(({ start }) => start.charCodeAt(0)),
);

function judgeText(value: string): Match | undefined {
  for (const [sign, forms] of textForms) {
    if (!value.includes(sign)) continue;
    const form = forms.find(({ text }) => value.includes(text));
    if (form === undefined) continue;
    const start = value.indexOf(form.text);
    const end = Math.min(value.length, start + form.text.length + 40);
    const isText = proseWordsAround(value, { start, end }, proseWordsMax) >= proseWordsMax;
    return matchOf(start, end, isText ? { ...form, confidence: "low" } : form);
  }
  return undefined;
}

/** `com.sun.rowset.JdbcRowSetImpl`, `System.Windows.Data.ObjectDataProvider`. */
function judgeGadget(value: string): Match | undefined {
  const found = findGadgetClass(value);
  if (found === undefined) return undefined;
  const isText = proseWordsAround(value, found, proseWordsMax) >= proseWordsMax;
  return {
    confidence: isText ? "low" : "high",
    ...found,
    explanation: `The value names "${value.slice(found.start, found.end)}", a class that attacks on readers of serialised objects are built of.`,
  };
}

function judgePhp(value: string): Match | undefined {
  const found = findPhpObject(value);
  if (found === undefined) return undefined;
  const isText = proseWordsAround(value, found, proseWordsMax) >= proseWordsMax;
  return matchOf(found.start, found.end, {
    language: "PHP",
    confidence: isText ? "low" : found.confidence,
  });
}

function matchOf(
  start: number,
  end: number,
  { language, confidence }: Pick<Form, "language" | "confidence">,
): Match {
  return {
    confidence,
    start,
    end,
    explanation: `The value is a serialised object of ${language}; whoever reads it back runs what it says.`,
  };
}
