import { isRecord } from "../model/is-record.ts";
import { type EndpointEntry, restoredEntry } from "./endpoint-entry.ts";
import type { HostInventory } from "./host-inventory.ts";
import type { InventoryPart } from "./inventory-store.ts";
import { createPathNode, mergePathNode, type PathNode } from "./paths/path-trie.ts";
import { decodeState, encodeState } from "./state-json.ts";

const endpointPrefix = "endpoint:";
const hostPrefix = "paths:";

/** What must be written: endpoints by id (gone ones as deletions) and changed URL spaces. */
export function savedParts(
  dirty: ReadonlySet<string>,
  entries: ReadonlyMap<string, EndpointEntry>,
  hosts: ReadonlyMap<string, HostInventory>,
): readonly InventoryPart[] {
  const parts: InventoryPart[] = [];
  for (const id of dirty) {
    const entry = entries.get(id);
    parts.push({
      key: `${endpointPrefix}${id}`,
      json: entry === undefined ? undefined : encodeState(entry),
    });
  }
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
} {
  const hosts = new Map<string, PathNode>();
  const entries: EndpointEntry[] = [];
  for (const { key, json } of parts) {
    const value = json === undefined ? undefined : tryDecode(json);
    if (key.startsWith(endpointPrefix)) {
      const entry = restoredEntry(value);
      if (entry !== undefined) entries.push(entry);
    } else if (key.startsWith(hostPrefix) && isRecord(value) && value["literals"] instanceof Map) {
      const root = createPathNode();
      mergePathNode(root, value as unknown as PathNode);
      hosts.set(key.slice(hostPrefix.length), root);
    }
  }
  return { hosts, entries };
}

function tryDecode(json: string): unknown {
  try {
    return decodeState(json);
  } catch {
    return undefined;
  }
}
