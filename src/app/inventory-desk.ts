import type { SpecificationDrift } from "../console/contract.ts";
import type { InventoryDesk } from "../console/inventory-desk.ts";
import type { EventStore } from "../discovery/event-store.ts";
import type { Inventory } from "../discovery/inventory.ts";
import type { InventoryStore } from "../discovery/inventory-store.ts";
import { lifecycleDriftOf } from "../discovery/lifecycle-drift.ts";
import { readOpenApi } from "../specifications/openapi-import.ts";
import type { Specification } from "../specifications/specification.ts";
import { parseSpecificationText } from "../specifications/specification-text.ts";

export interface InventoryDeskParts {
  readonly inventory: Inventory;
  readonly store: InventoryStore;
  readonly events: EventStore;
  readonly now: () => number;
  readonly newId: () => string;
  /** Those of the configuration in force. */
  readonly specifications: () => readonly Specification[];
  /** Those that people gave in the console, by name. */
  readonly uploads: Map<string, Specification>;
}

const uploadPrefix = "specification:";

/** Reads what the console kept of specifications; one that cannot be read any more is left out. */
export async function savedUploads(store: InventoryStore): Promise<Map<string, Specification>> {
  const uploads = new Map<string, Specification>();
  for (const { key, json } of await store.loadInventory()) {
    if (!key.startsWith(uploadPrefix) || json === undefined) continue;
    const name = key.slice(uploadPrefix.length);
    try {
      uploads.set(name, specificationOf(name, String(JSON.parse(json))));
    } catch {
      uploads.delete(name);
    }
  }
  return uploads;
}

/** What people read and decide about the inventory; decisions are saved before they are answered. */
export function createInventoryDesk(parts: InventoryDeskParts): InventoryDesk {
  const { inventory, store, now, newId } = parts;
  const save = (): Promise<void> => store.saveInventory(inventory.takeChanges());
  return {
    template(endpointId) {
      const segments = inventory.templateOf(endpointId);
      const endpoint = inventory.endpoint(endpointId);
      if (segments === undefined || endpoint === undefined) return undefined;
      return { segments, pins: inventory.pins().filter(({ host }) => host === endpoint.host) };
    },

    pins: () => inventory.pins(),

    async pin(request, by) {
      const pin = inventory.pin(request, { id: newId(), createdMs: now(), by });
      if (!("refused" in pin)) await save();
      return pin;
    },

    async unpin(id) {
      const isGone = inventory.unpin(id);
      if (isGone) await save();
      return isGone;
    },

    hosts: () => ({ merges: inventory.hostMerges(), suggestions: inventory.similarHosts() }),

    async mergeHosts(merge, by) {
      const isMerged = inventory.mergeHosts({ ...merge, createdMs: now(), by });
      if (isMerged) await save();
      return isMerged;
    },

    async unmergeHost(host) {
      const isSeparated = inventory.unmergeHost(host);
      if (isSeparated) await save();
      return isSeparated;
    },

    events: (query) => parts.events.listEvents(query),
    serviceCalls: () => inventory.serviceCalls(),
    ...specificationDesk(parts),
  };
}

function specificationDesk(
  parts: InventoryDeskParts,
): Pick<
  InventoryDesk,
  "specifications" | "compareSpecification" | "saveSpecification" | "removeSpecification"
> {
  const { inventory, store, uploads } = parts;
  const driftOf = (
    name: string,
    specification: Specification,
    source: SpecificationDrift["source"],
  ): SpecificationDrift => ({
    ...lifecycleDriftOf(specification, inventory.endpoints()),
    name,
    source,
  });
  const putInForce = (): void =>
    inventory.replaceSpecifications([...parts.specifications(), ...uploads.values()]);
  return {
    specifications: () => [
      ...parts.specifications().map((one) => driftOf(one.source, one, "file")),
      ...[...uploads].map(([name, one]) => driftOf(name, one, "console")),
    ],

    compareSpecification: (name, text) => driftOf(name, specificationOf(name, text), "compared"),

    async saveSpecification(name, text) {
      const specification = specificationOf(name, text);
      uploads.set(name, specification);
      putInForce();
      await store.saveInventory([
        { key: `${uploadPrefix}${name}`, json: JSON.stringify(text) },
        ...inventory.takeChanges(),
      ]);
      return driftOf(name, specification, "console");
    },

    async removeSpecification(name) {
      if (!uploads.delete(name)) {
        return parts.specifications().some(({ source }) => source === name)
          ? "read-only"
          : "unknown";
      }
      putInForce();
      await store.saveInventory([
        { key: `${uploadPrefix}${name}`, json: undefined },
        ...inventory.takeChanges(),
      ]);
      return "removed";
    },
  };
}

function specificationOf(name: string, text: string): Specification {
  return readOpenApi(parseSpecificationText(text, name));
}
