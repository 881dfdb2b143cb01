import type { Field } from "../model/field.ts";
import { characterClass, classesOfAscii } from "./character-classes.ts";
import type { Detector } from "./detector.ts";
import { createSignAutomaton, type SignAutomaton } from "./sign-automaton.ts";

/** A detector with what has to be seen in a value before it is asked. */
export interface Lookout {
  readonly detector: Detector;
  /** 0 when the detector has no signs. */
  readonly signBit: number;
  readonly signClasses: number;
}

/** The detectors that can match a value of certain character classes at all. */
export interface Candidates {
  /** Those whose verdict on a value may be remembered. */
  readonly remembered: readonly Lookout[];
  /** Those that are asked each time. */
  readonly askedAlways: readonly Lookout[];
}

/** One bit of an integer for each detector with signs. */
const detectorsWithSignsMax = 32;

/** Compiles what the detectors need to see; throws when their signs cannot be read. */
export function createFirstLook(detectors: readonly Detector[]): FirstLook {
  const withSigns = detectors.filter(({ signs }) => signs !== undefined);
  if (withSigns.length > detectorsWithSignsMax)
    throw new Error("More detectors with signs than bits.");
  const bitOf = new Map(withSigns.map((detector, index) => [detector, 1 << index]));
  const signs = withSigns.flatMap((detector) =>
    (detector.signs?.texts ?? []).map((text) => ({ bit: bitOf.get(detector) ?? 0, text })),
  );
  const lookouts = detectors.map((detector) => ({
    detector,
    signBit: bitOf.get(detector) ?? 0,
    signClasses: detector.signs?.classes ?? 0,
  }));
  return new FirstLook(lookouts, createSignAutomaton(signs));
}

/** Sets of classes whose candidates are kept; a further one takes the place of another. */
const candidatesKeptBits = 9;

/**
 * What one pass over a value shows, and which detectors it leaves to be asked. Filled anew for
 * each value, so that looking allocates nothing.
 */
export class FirstLook {
  /** The classes of all characters of the value, as bits (see character-classes.ts). */
  mask = 0;
  /** A hash of the value, for tables that compare the value itself as well. */
  hash = 0;
  /** The detectors that the classes of the value leave. */
  candidates: Candidates;
  #signs = 0;
  readonly #automaton: SignAutomaton;
  readonly #lookouts: readonly Lookout[];
  readonly #kept: (Candidates & { readonly mask: number })[];

  constructor(lookouts: readonly Lookout[], automaton: SignAutomaton) {
    this.#automaton = automaton;
    this.#lookouts = lookouts;
    const none = { mask: 0, ...candidatesOf(lookouts, 0) };
    this.#kept = new Array<typeof none>(2 ** candidatesKeptBits).fill(none);
    this.candidates = none;
  }

  /** Looks at every character of a value once. */
  lookAt(value: string): void {
    const { classes, next, shift, accepting, bits } = this.#automaton;
    let mask = 0;
    let signs = 0;
    let hash = value.length;
    let state = 0;
    for (let at = 0; at < value.length; at++) {
      const unit = value.charCodeAt(at);
      hash = ((hash << 5) - hash + unit) | 0;
      if (unit < 0x80) {
        mask |= classesOfAscii[unit] ?? 0;
        state = next[(state << shift) | (classes[unit] ?? 0)] ?? 0;
      } else {
        mask |= characterClass.nonAscii;
        state = next[(state << shift) | (classes[asciiOf(unit)] ?? 0)] ?? 0;
      }
      if (state >= accepting) signs |= bits[state] ?? 0;
    }
    this.mask = mask;
    this.hash = hash;
    this.#signs = signs;
    this.candidates = this.#candidatesOf(mask);
  }

  /** Whether the value that was looked at has a sign of what the detector matches. */
  hasSign({ signBit, signClasses }: Lookout, { part }: Field): boolean {
    if (signBit === 0 || part === "name") return true;
    return (this.#signs & signBit) !== 0 || (this.mask & signClasses) !== 0;
  }

  #candidatesOf(mask: number): Candidates {
    const slot = Math.imul(mask, 0x9e37_79b1) >>> (32 - candidatesKeptBits);
    const kept = this.#kept[slot];
    if (kept?.mask === mask) return kept;
    const found = { mask, ...candidatesOf(this.#lookouts, mask) };
    this.#kept[slot] = found;
    return found;
  }
}

function candidatesOf(lookouts: readonly Lookout[], mask: number): Candidates {
  const candidates = lookouts.filter(({ detector }) =>
    detector.requires.every((anyOf) => (mask & anyOf) !== 0),
  );
  return {
    remembered: candidates.filter(({ detector }) => detector.readsSurroundings !== true),
    askedAlways: candidates.filter(({ detector }) => detector.readsSurroundings === true),
  };
}

/** The two characters that become ASCII letters in lower case: the Kelvin sign and the dotted I. */
function asciiOf(unit: number): number {
  if (unit === 0x212a) return 0x6b;
  return unit === 0x130 ? 0x69 : 0;
}
