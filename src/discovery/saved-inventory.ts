import { isRecord } from "../model/is-record.ts";
import { type Decided, decidedOf, nothingDecided } from "./decided.ts";
import { type EndpointEntry, restoredEntry } from "./endpoint-entry.ts";
import type { HostInventory } from "./host-inventory.ts";
import type { InventoryPart } from "./inventory-store.ts";
import { createPathNode, mergePathNode, type PathNode } from "./paths/path-trie.ts";
import { decodeState, encodeState } from "./state-json.ts";

const endpointPrefix = "endpoint:";
const hostPrefix = "paths:";
const decidedKey = "decided";

export interface UnsavedInventory {
  /** Ids of changed and gone endpoints. */
  readonly dirty: ReadonlySet<string>;
  readonly entries: ReadonlyMap<string, EndpointEntry>;
  readonly hosts: ReadonlyMap<string, HostInventory>;
  /** Hosts that were merged into others. */
  readonly goneHosts: ReadonlySet<string>;
  /** What people decided, when that changed. */
  readonly decided: Decided | undefined;
}

/** What must be written: endpoints by id (gone ones as deletions) and changed URL spaces. */
export function savedParts({
  dirty,
  entries,
  hosts,
  goneHosts,
  decided,
}: UnsavedInventory): readonly InventoryPart[] {
  const parts: InventoryPart[] = [];
  for (const id of dirty) {
    const entry = entries.get(id);
    parts.push({
      key: `${endpointPrefix}${id}`,
      json: entry === undefined ? undefined : encodeState(entry),
    });
  }
  for (const name of goneHosts) {
    if (!hosts.has(name)) parts.push({ key: `${hostPrefix}${name}`, json: undefined });
  }
  if (decided !== undefined) parts.push({ key: decidedKey, json: encodeState(decided) });
  for (const [name, host] of hosts) {
    const root = host.takeUnsaved();
    if (root !== undefined) parts.push({ key: `${hostPrefix}${name}`, json: encodeState(root) });
  }
  return parts;
}

/** Reads saved parts; one that cannot be read is left out and will be learned again. */
export function restoredParts(parts: readonly InventoryPart[]): {
  readonly hosts: ReadonlyMap<string, PathNode>;
  readonly entries: readonly EndpointEntry[];
  readonly decided: Decided;
} {
  const hosts = new Map<string, PathNode>();
  const entries: EndpointEntry[] = [];
  let decided = nothingDecided;
  for (const { key, json } of parts) {
    const value = json === undefined ? undefined : tryDecode(json);
    if (key === decidedKey) decided = decidedOf(value);
    else if (key.startsWith(endpointPrefix)) {
      const entry = restoredEntry(value);
      if (entry !== undefined) entries.push(entry);
    } else if (key.startsWith(hostPrefix) && isRecord(value) && value["literals"] instanceof Map) {
      const root = createPathNode();
      mergePathNode(root, value as unknown as PathNode);
      hosts.set(key.slice(hostPrefix.length), root);
    }
  }
  return { hosts, entries, decided };
}

function tryDecode(json: string): unknown {
  try {
    return decodeState(json);
  } catch {
    return undefined;
  }
}
