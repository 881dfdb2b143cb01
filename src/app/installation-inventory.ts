import type { Configuration } from "../config/configuration.ts";
import type { InventoryDesk } from "../console/inventory-desk.ts";
import type { Inventory } from "../discovery/inventory.ts";
import type { Specification } from "../specifications/specification.ts";
import type { SqliteStorage } from "../storage/sqlite/open-sqlite-storage.ts";
import { createInventoryDesk, savedUploads } from "./inventory-desk.ts";
import { inventoryNotifierOf } from "./inventory-notifier.ts";
import { createInventoryWatch, type InventoryWatch } from "./inventory-watch.ts";
import { openInventory } from "./learned-state.ts";
import { type Log, messageOf } from "./log.ts";

/** The inventory of an installation, who watches it, and the desk at which people decide about it. */
export interface InstallationInventory {
  readonly inventory: Inventory;
  readonly changes: InventoryWatch;
  readonly desk: InventoryDesk;
  /** Takes what the specifications in force say in the place of what those before said. */
  readonly documentAnew: () => void;
}

export async function openInstallationInventory(options: {
  readonly storage: SqliteStorage;
  readonly configuration: Configuration;
  /** Those of the configuration in force. */
  readonly specifications: () => readonly Specification[];
  readonly newId: () => string;
  readonly log: Log;
}): Promise<InstallationInventory> {
  const { storage, configuration, specifications, newId, log } = options;
  const uploads = await savedUploads(storage.inventory);
  const inventory = await openInventory([...specifications(), ...uploads.values()], storage);
  const shared = { inventory, events: storage.events, now: Date.now, newId };
  return {
    inventory,
    changes: createInventoryWatch({
      ...shared,
      notify: inventoryNotifierOf(configuration, log),
      onProblem: (problem) =>
        log({ level: "error", event: "store-failed", message: messageOf(problem) }),
    }),
    desk: createInventoryDesk({ ...shared, store: storage.inventory, specifications, uploads }),
    documentAnew: () => inventory.replaceSpecifications([...specifications(), ...uploads.values()]),
  };
}
