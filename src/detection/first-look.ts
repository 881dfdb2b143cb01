import type { Field } from "../model/field.ts";
import { characterClass, classesOfAscii } from "./character-classes.ts";
import type { Detector } from "./detector.ts";
import { createSignAutomaton, type SignAutomaton } from "./sign-automaton.ts";

/** A detector with what has to be seen in a value before it is asked. */
export interface Lookout {
  readonly detector: Detector;
  /** The first two sets of classes that it requires; all bits where it requires less. */
  readonly anyOf: number;
  readonly andAnyOf: number;
  readonly furtherAnyOf: readonly number[];
  /** 0 when the detector has no signs. */
  readonly signBit: number;
  readonly signClasses: number;
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
  const lookouts = detectors.map((detector) => lookoutOf(detector, bitOf.get(detector) ?? 0));
  return new FirstLook(lookouts, createSignAutomaton(signs));
}

function lookoutOf(detector: Detector, signBit: number): Lookout {
  const { requires, signs } = detector;
  const [anyOf = -1, andAnyOf = -1, ...furtherAnyOf] = requires;
  return {
    detector,
    anyOf,
    andAnyOf,
    furtherAnyOf,
    signBit,
    signClasses: signs?.classes ?? 0,
  };
}

/**
 * What one pass over a value shows, and which detectors it leaves to be asked. Filled anew for
 * each value, so that looking allocates nothing.
 */
export class FirstLook {
  /** The classes of all characters of the value, as bits (see character-classes.ts). */
  mask = 0;
  /** A hash of the value, for tables that compare the value itself as well. */
  hash = 0;
  /** Detectors whose verdict on a value may be remembered, and those that are asked each time. */
  readonly remembered: readonly Lookout[];
  readonly askedAlways: readonly Lookout[];
  #signs = 0;
  readonly #automaton: SignAutomaton;

  constructor(lookouts: readonly Lookout[], automaton: SignAutomaton) {
    this.remembered = lookouts.filter(({ detector }) => detector.readsSurroundings !== true);
    this.askedAlways = lookouts.filter(({ detector }) => detector.readsSurroundings === true);
    this.#automaton = automaton;
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
  }

  /** Whether the value that was looked at has what the detector cannot do without. */
  mayMatch(lookout: Lookout, { part }: Field): boolean {
    const { mask } = this;
    if ((mask & lookout.anyOf) === 0 || (mask & lookout.andAnyOf) === 0) return false;
    const { signBit, furtherAnyOf } = lookout;
    const hasSign = (this.#signs & signBit) !== 0 || (mask & lookout.signClasses) !== 0;
    if (signBit !== 0 && !hasSign && part !== "name") return false;
    return furtherAnyOf.length === 0 || furtherAnyOf.every((anyOf) => (mask & anyOf) !== 0);
  }
}

/** The two characters that become ASCII letters in lower case: the Kelvin sign and the dotted I. */
function asciiOf(unit: number): number {
  if (unit === 0x212a) return 0x6b;
  return unit === 0x130 ? 0x69 : 0;
}
