import { gadgetClasses } from "./serialized-forms-table.ts";

/** The name of a gadget's class within a value. */
export interface GadgetClass {
  readonly start: number;
  readonly end: number;
}

const wordCharsMin = 10;
const wordCharsMax = 32;
/** The longest of what must stand before a class. */
const packageCharsMax = 32;

/** Finds the name of a class that attacks on readers of serialised objects are built of. */
export function findGadgetClass(value: string): GadgetClass | undefined {
  let start = 0;
  for (let at = 0; at <= value.length; at++) {
    if (isLetter(value.charCodeAt(at))) continue;
    if (at - start >= wordCharsMin && at - start <= wordCharsMax) {
      const before = gadgetClasses.get(value.slice(start, at).toLowerCase());
      if (before !== undefined && standsBehind(value, start, before)) return { start, end: at };
    }
    start = at + 1;
  }
  return undefined;
}

function standsBehind(value: string, start: number, before: string): boolean {
  if (before === "") return true;
  const lead = value.slice(Math.max(0, start - packageCharsMax * 2), start).toLowerCase();
  return lead.includes(before);
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}
