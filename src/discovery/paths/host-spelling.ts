import type { Spelling } from "./literal-or-parameter.ts";
import type { PathNode } from "./path-trie.ts";
import type { SegmentReader } from "./segment-reader.ts";

/** How literals of several words are written: from those that were called often or lead to values. */
export function spellingOf(root: PathNode, read: SegmentReader): Spelling {
  const counts: Record<string, number> = {};
  let count = 0;
  const seen = new Set<string>();
  const visit = (node: PathNode): void => {
    for (const [text, child] of node.literals) {
      const { family, score } = read(text).lexis;
      const isLiteral = child.documented !== undefined || child.slots.size > 0 || score < -1.5;
      if (isLiteral && !seen.has(text) && ["kebab", "snake", "camel"].includes(family)) {
        seen.add(text);
        counts[family] = (counts[family] ?? 0) + 1;
        count += 1;
      }
      visit(child);
    }
    for (const child of node.slots.values()) visit(child);
  };
  visit(root);
  const shares: Record<string, number> = {};
  for (const [family, of] of Object.entries(counts)) shares[family] = of / count;
  return { count, shares };
}
