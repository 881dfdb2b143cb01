import type { Random } from "./random.ts";

/** Symbols and what each may become; `⟦name⟧` within an alternative stands for another symbol. */
export type Grammar = Readonly<Record<string, readonly string[]>>;

const depthMax = 12;
const open = "⟦";
const close = "⟧";

/** One string of the grammar's language, by random choices. */
export function expand(grammar: Grammar, random: Random, symbol = "start", depth = 0): string {
  const alternatives = grammar[symbol];
  if (alternatives === undefined) throw new RangeError(`no symbol "${symbol}" in the grammar`);
  if (depth > depthMax) throw new RangeError(`"${symbol}" contains itself without an end`);
  const [first = "", ...rest] = random.pick(alternatives).split(open);
  const parts = rest.map((part) => {
    const end = part.indexOf(close);
    return expand(grammar, random, part.slice(0, end), depth + 1) + part.slice(end + 1);
  });
  return first + parts.join("");
}
