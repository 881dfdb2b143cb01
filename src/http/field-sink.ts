import type { Decoding, Field, FieldLocation } from "../model/field.ts";
import type { DecodingAnomaly } from "./decoding-anomalies.ts";
import type { DecodingLimits } from "./decoding-limits.ts";
import { isSteeringName } from "./steering-name.ts";

/** Where a value that is being read stands, and how it came to be. */
export interface FieldPlace {
  readonly location: FieldLocation;
  readonly origin?: Field | undefined;
  readonly decoding?: Decoding | undefined;
}

/** Collects the fields and anomalies of one head or body, and keeps to the limits. */
export class FieldSink {
  readonly fields: Field[] = [];
  readonly anomalies: DecodingAnomaly[] = [];
  readonly limits: DecodingLimits;
  #derivedCharsLeft: number;

  constructor(limits: DecodingLimits) {
    this.limits = limits;
    this.#derivedCharsLeft = limits.derivedCharsMax;
  }

  /** Whether no more fields are taken; readers stop then. */
  get full(): boolean {
    return this.fields.length >= this.limits.fieldsMax;
  }

  /** Adds a value that the client controls. */
  value(place: FieldPlace, name: string, value: string, type: Field["type"] = "string"): void {
    this.#add(place, name, value, "value", type);
  }

  /** Adds a name that the client chose, when it has odd characters or may steer the application. */
  name(place: FieldPlace, name: string, value: string = name): void {
    if (!isOrdinaryName(value) || isSteeringName(value))
      this.#add(place, name, value, "name", "string");
  }

  note(anomaly: DecodingAnomaly): void {
    if (!this.anomalies.includes(anomaly)) this.anomalies.push(anomaly);
  }

  /** What reading gave; a full sink may have missed something. */
  result(): { readonly fields: readonly Field[]; readonly anomalies: readonly string[] } {
    if (this.full) this.note("too-many-fields");
    return { fields: this.fields, anomalies: this.anomalies };
  }

  /** Forgets the fields after the first `length`: a guess about their form was wrong. */
  rollBackTo(length: number): void {
    if (this.fields.length > length) this.fields.length = length;
  }

  #add(
    { location, origin, decoding }: FieldPlace,
    fullName: string,
    fullValue: string,
    part: Field["part"],
    type: Field["type"],
  ): void {
    const { fieldsMax, nameCharsMax, valueCharsMax } = this.limits;
    if (this.fields.length >= fieldsMax) return;
    const name = fullName.length > nameCharsMax ? fullName.slice(0, nameCharsMax) : fullName;
    let value = fullValue;
    if (value.length > valueCharsMax) {
      this.note("value-cut");
      value = value.slice(0, valueCharsMax);
    }
    if (origin === undefined) {
      // Few object shapes keep the readers of fields fast.
      if (decoding === undefined) this.fields.push({ location, name, value, part, type });
      else this.fields.push({ location, name, value, part, type, decoding });
    } else if (decoding !== undefined && this.#affords(value.length)) {
      this.fields.push({ location, name, value, part, type, origin, decoding });
    }
  }

  #affords(chars: number): boolean {
    this.#derivedCharsLeft -= chars;
    if (this.#derivedCharsLeft >= 0) return true;
    this.note("decoding-budget-spent");
    return false;
  }
}

const ordinary: Uint8Array = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-[]$@:") {
  ordinary[character.charCodeAt(0)] = 1;
}

/** Whether a name has only the characters that names of parameters have, so that it hides nothing. */
export function isOrdinaryName(name: string): boolean {
  for (let at = 0; at < name.length; at++) {
    if (ordinary[name.charCodeAt(at)] !== 1) return false;
  }
  return true;
}
