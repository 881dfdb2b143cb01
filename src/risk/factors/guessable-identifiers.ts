import type { RiskFactor } from "../risk-factor.ts";
import { counted, sureness } from "./counting.ts";

/** Guesses for one hit up to which counting through is practical, and up to which it is trivial. */
const guessesMax = 10_000;
const guessesTrivial = 100;

/** Objects can be read one after the other by counting. */
export const guessableIdentifiers: RiskFactor = {
  id: "guessable-identifiers",
  summary: "Identifiers in the path are numbers that lie so close that guessing finds others.",
  remedy:
    "Use random identifiers (UUID version 4 or longer) in paths, or check ownership on each access and limit the rate of misses.",
  references: ["API1:2023", "API1:2019", "CWE-340"],

  assess({ observations, measures = {} }) {
    const calls = observations["sequential-identifiers"] ?? 0;
    const known = measures["identifiers-known"] ?? 0;
    if (calls === 0 || known < 2) return undefined;
    const lowest = measures["identifier-lowest"] ?? 0;
    const highest = measures["identifier-highest"] ?? 0;
    const guesses = (highest - lowest + 1) / known;
    if (guesses > guessesMax) return undefined;
    return {
      strength: guesses <= guessesTrivial ? 1 : 0.6,
      confidence: sureness(known),
      seen: calls,
      evidence: `${counted(calls, "call")} named the object by a whole number; ${known} different ones were seen between ${lowest.toLocaleString("en")} and ${highest.toLocaleString("en")}, so that ${guesses < 1.5 ? "nearly every guess" : `at least one guess in ${Math.ceil(guesses).toLocaleString("en")}`} within that range names an object that exists.`,
    };
  },
};
