import type { Random } from "./random.ts";

/** Changes how an attack is written, and nothing of what it does. */
export type Obfuscation = (text: string, random: Random) => string;

const asItIs: Obfuscation = (text) => text;

/** Words in mixed case, outside of strings and hexadecimal numbers. */
const mixedCase: Obfuscation = (text, random) =>
  text.replaceAll(/\b(?!0x)[a-z_]+(?=[\s(,/]|$)/g, (word) =>
    [...word].map((char) => (random.chance(0.5) ? char.toUpperCase() : char)).join(""),
  );

const commentsForBlanks: Obfuscation = (text) => text.replaceAll(" ", "/**/");

/** White space that databases take for blanks. */
const otherBlanks: Obfuscation = (text, random) => {
  const blank = random.pick(["\t", "\n", "\u000c", "\r\n", "  "]);
  // A line end behind two hyphens would end the comment that they begin.
  return text.replaceAll(/(?<!--) /g, blank);
};

const percentTwice: Obfuscation = (text) =>
  encodeURIComponent(text).replaceAll("'", "%27").replaceAll("(", "%28").replaceAll(")", "%29");

const tagCase: Obfuscation = (text, random) =>
  text.replaceAll(/<\/?[a-z]+|on[a-z]+=/gi, (name) =>
    [...name].map((char) => (random.chance(0.5) ? char.toUpperCase() : char)).join(""),
  );

export const sqlObfuscations: readonly Obfuscation[] = [
  asItIs,
  asItIs,
  mixedCase,
  commentsForBlanks,
  otherBlanks,
  percentTwice,
  (text, random) => commentsForBlanks(mixedCase(text, random), random),
];

export const htmlObfuscations: readonly Obfuscation[] = [asItIs, asItIs, tagCase, percentTwice];

export const plainObfuscations: readonly Obfuscation[] = [asItIs, asItIs, percentTwice];

export const noObfuscations: readonly Obfuscation[] = [asItIs];
