import type { InventoryStore } from "../../discovery/inventory-store.ts";
import type { Database } from "./database.ts";

/** Keeps the inventory as independent parts, so that saving costs what has changed. */
export function createInventoryStore(database: Database): InventoryStore {
  return {
    async loadInventory() {
      return database.read("read the inventory", () =>
        database
          .statement("SELECT key, json FROM inventory_parts ORDER BY key")
          .all()
          .map((row) => ({ key: String(row["key"]), json: String(row["json"]) })),
      );
    },

    async saveInventory(parts) {
      if (parts.length === 0) return;

      database.write("save the inventory", () => {
        for (const { key, json } of parts) {
          if (json === undefined) {
            database.statement("DELETE FROM inventory_parts WHERE key = ?").run(key);
          } else {
            database
              .statement("INSERT OR REPLACE INTO inventory_parts (key, json) VALUES (?, ?)")
              .run(key, json);
          }
        }
      });
    },
  };
}
