import type { PathNode } from "./path-trie.ts";
import type { JudgedValue } from "./path-view.ts";
import type { SegmentReader } from "./segment-reader.ts";
import { extendedSlotKey } from "./slot-keys.ts";

/**
 * `report.csv`, `photo.png`, `data.json` at one place are file names of one parameter, not
 * representations of the same resource.
 */
export function mergedFileSlots(
  slots: Map<string, readonly PathNode[]>,
  values: ReadonlyMap<string, JudgedValue>,
  read: SegmentReader,
): ReadonlyMap<string, readonly PathNode[]> {
  const extensions = [...slots.keys()].filter((suffix) => suffix.startsWith("."));
  const { files, all } = countFiles(slots.get("") ?? [], values, read);
  const isFiles =
    isFileParameter(slots.get("")) || (files > 0 ? files * 2 >= all : extensions.length >= 4);
  if (extensions.length === 0) return slots;
  const whole = slots.get("");
  if (!isFiles && isDocumented(whole)) return withoutUndocumented(slots, values);
  if (!isFiles) return slots;
  for (const value of values.values()) if (value.slot.startsWith(".")) value.slot = "";
  const merged = new Map<string, readonly PathNode[]>();
  for (const [suffix, nodes] of slots) {
    const key = suffix.startsWith(".") ? "" : suffix;
    merged.set(key, [...(merged.get(key) ?? []), ...nodes]);
  }
  return merged;
}

/** A specification that names the value alone, and no extension, has the extension in the value. */
function withoutUndocumented(
  slots: ReadonlyMap<string, readonly PathNode[]>,
  values: ReadonlyMap<string, JudgedValue>,
): ReadonlyMap<string, readonly PathNode[]> {
  const merged = new Map<string, readonly PathNode[]>();
  const keyOf = (suffix: string): string =>
    suffix.startsWith(".") && !isDocumented(slots.get(suffix)) ? formOf(slots) : suffix;
  for (const value of values.values()) value.slot = keyOf(value.slot);
  for (const [suffix, nodes] of slots) {
    const key = keyOf(suffix);
    merged.set(key, [...(merged.get(key) ?? []), ...nodes]);
  }
  return merged;
}

/** `{index}.{format}` where a specification has it, else the value alone. */
function formOf(slots: ReadonlyMap<string, readonly PathNode[]>): string {
  return isDocumented(slots.get(extendedSlotKey)) ? extendedSlotKey : "";
}

function isDocumented(nodes: readonly PathNode[] | undefined): boolean {
  return nodes?.some(({ documented }) => documented !== undefined) === true;
}

/** How many values without a representation behind them are names of files. */
function countFiles(
  slot: readonly PathNode[],
  values: ReadonlyMap<string, JudgedValue>,
  read: SegmentReader,
): { readonly files: number; readonly all: number } {
  let [files, all] = [0, 0];
  for (const [text, value] of values) {
    if (value.slot !== "") continue;
    all += 1;
    if (read(text).lexis.family === "file") files += 1;
  }
  for (const { folded } of slot) {
    for (const family of folded.values()) {
      all += family.distinct;
      files += family.files;
    }
  }
  return { files, all };
}

/** A specification says so: `{filename}`, `{path}`, `{index}.{format}`. */
function isFileParameter(slot: readonly PathNode[] | undefined): boolean {
  return (
    slot?.some(
      ({ documented }) => documented !== undefined && /file|path|}\./i.test(documented),
    ) === true
  );
}
