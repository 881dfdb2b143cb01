import type { Entity } from "./document-type.ts";

/** More expanded characters than this are counted as this. */
const charsMax = 1_000_000_000;

/**
 * How many characters the largest entity has once those it uses are put in. An entity that uses
 * itself counts as endless. Each entity's text is read once.
 */
export function expandedCharsOf(entities: readonly Entity[]): number {
  const texts = new Map(entities.map(({ name, text }) => [name, text]));
  const sizes = new Map<string, number>();
  let largest = 0;
  for (const name of texts.keys()) largest = Math.max(largest, sizeOf(name, texts, sizes, 0));
  return largest;
}

/** Deeper than entities of honest documents use each other. */
const depthMax = 64;

function sizeOf(
  name: string,
  texts: ReadonlyMap<string, string>,
  sizes: Map<string, number>,
  depth: number,
): number {
  const known = sizes.get(name);
  if (known !== undefined) return known;
  const text = texts.get(name);
  if (text === undefined) return 0;
  // What is asked for while it is being computed uses itself.
  sizes.set(name, charsMax);
  if (depth >= depthMax) return charsMax;
  let size = text.length;
  for (const used of referencesIn(text)) {
    size = Math.min(charsMax, size + sizeOf(used, texts, sizes, depth + 1));
  }
  sizes.set(name, size);
  return size;
}

/** The names between `&` or `%` and `;`. */
function referencesIn(text: string): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign !== 0x26 && sign !== 0x25) continue;
    const end = text.slice(at + 1, at + 130).indexOf(";");
    if (end > 0) names.push(text.slice(at + 1, at + 1 + end));
  }
  return names;
}
