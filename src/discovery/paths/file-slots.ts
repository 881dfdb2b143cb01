import type { PathNode } from "./path-trie.ts";
import { lexisOf } from "./segment-lexis.ts";

/**
 * `report.csv`, `photo.png`, `data.json` at one place are file names of one parameter, not
 * representations of the same resource.
 */
export function mergedFileSlots(
  slots: Map<string, readonly PathNode[]>,
  values: Map<string, string>,
): ReadonlyMap<string, readonly PathNode[]> {
  const plain = [...values].filter(([, suffix]) => suffix === "").map(([text]) => text);
  const files = plain.filter((text) => lexisOf(text).family === "file").length;
  const extensions = [...slots.keys()].filter((suffix) => suffix.startsWith("."));
  const isFiles =
    isFileParameter(slots.get("")) ||
    (files > 0 ? files * 2 >= plain.length : extensions.length >= 4);
  if (extensions.length === 0 || !isFiles) return slots;
  for (const [text, suffix] of values) if (suffix.startsWith(".")) values.set(text, "");
  const merged = new Map<string, readonly PathNode[]>();
  for (const [suffix, nodes] of slots) {
    const key = suffix.startsWith(".") ? "" : suffix;
    merged.set(key, [...(merged.get(key) ?? []), ...nodes]);
  }
  return merged;
}

/** A specification says so: `{filename}`, `{path}`, `{index}.{format}`. */
function isFileParameter(slot: readonly PathNode[] | undefined): boolean {
  return (
    slot?.some(
      ({ documented }) => documented !== undefined && /file|path|}\./i.test(documented),
    ) === true
  );
}
