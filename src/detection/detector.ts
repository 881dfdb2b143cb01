import type { Confidence } from "../model/detection.ts";
import type { RequestHead } from "../model/exchange.ts";
import type { Field } from "../model/field.ts";

/** What a detector returns: the engine adds who, where and the decoding steps. */
export interface Match {
  readonly confidence: Confidence;
  /** UTF-16 offsets of the deciding part in `field.value`, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly explanation: string;
}

/** At least one of these classes or texts occurs in every value that a detector matches. */
interface Signs {
  /** Character classes, as bits; 0 for none. */
  readonly classes: number;
  /** ASCII texts, letters in lower case, which are found in any case. */
  readonly texts: readonly string[];
}

/**
 * Looks at one field and says what it saw, never what to do. Pure: no clock, no randomness,
 * no I/O, no state between calls; linear in the length of the value, no backtracking expression.
 */
export interface Detector {
  /** Permanent kebab-case id, such as `sql-injection`: users have it in logs and exceptions. */
  readonly id: string;
  /** What it catches, in one sentence, for docs and console. */
  readonly summary: string;
  /**
   * Character classes (see character-classes.ts) without which the value cannot match: the
   * engine computes the value's mask in one pass and does not call the detector when
   * `(mask & any) === 0` for one of these sets. Empty means: always call.
   */
  readonly requires: readonly number[];
  /**
   * What a value (not a name) must have for a match, where little of honest traffic has it: the
   * engine looks for the signs of all detectors in the same pass. Missing: nothing in particular.
   */
  readonly signs?: Signs;
  /**
   * Set when what it says of a value depends on the field's name or on the request: such a
   * detector is asked each time, whatever is remembered of the value.
   */
  readonly readsSurroundings?: true;
  /**
   * `request` is the head of the request the field is from, and `classes` the character classes
   * of its value, where the caller knows them: with all bits set, nothing is known.
   */
  detect(field: Field, request?: RequestHead, classes?: number): Match | undefined;
}
