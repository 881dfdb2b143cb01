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

/**
 * Finds the name of a class that attacks on readers of serialised objects are built of. Looks only at
 * every tenth character until one stands in a word, since shorter words are no such names.
 */
export function findGadgetClass(value: string): GadgetClass | undefined {
  let from = 0;
  for (let at = wordCharsMin - 1; at < value.length; at = from + wordCharsMin - 1) {
    if (!isLetter(value.charCodeAt(at))) {
      from = at + 1;
      continue;
    }
    let start = at;
    while (start > from && isLetter(value.charCodeAt(start - 1))) start--;
    let end = at + 1;
    while (end < value.length && isLetter(value.charCodeAt(end))) end++;
    if (isGadget(value, start, end)) return { start, end };
    from = end + 1;
  }
  return undefined;
}

function isGadget(value: string, start: number, end: number): boolean {
  if (end - start < wordCharsMin || end - start > wordCharsMax) return false;
  const before = gadgetClasses.get(value.slice(start, end).toLowerCase());
  return before !== undefined && standsBehind(value, start, before);
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
