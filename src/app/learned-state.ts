import { createInventory, type Inventory } from "../discovery/inventory.ts";
import { decodedBodyOf } from "../http/decompression.ts";
import { textOf } from "../http/text-decoding.ts";
import { createRedactor, type Redactor } from "../sensitive-data/redaction.ts";
import type { Specification } from "../specifications/specification.ts";
import type { SqliteStorage } from "../storage/sqlite/open-sqlite-storage.ts";

const redactionKeyBytes = 32;

/** The inventory as it was left at the last stop, with the specifications laid over it. */
export async function openInventory(
  specifications: readonly Specification[],
  storage: SqliteStorage,
): Promise<Inventory> {
  const inventory = createInventory({ now: Date.now });
  inventory.restore(await storage.inventory.loadInventory());
  for (const specification of specifications) inventory.addSpecification(specification);
  return inventory;
}

/** The redactor with this installation's own key. */
export async function openRedactor(storage: SqliteStorage): Promise<Redactor> {
  return createRedactor({
    key: await storage.accounts.loadOrCreateSecret("redaction-key", redactionKeyBytes),
    readBodyText(headers, bytes, bytesMax) {
      const decoded = decodedBodyOf(headers, bytes, bytesMax);
      return { text: textOf(headers, decoded.bytes), isComplete: decoded.anomalies.length === 0 };
    },
  });
}
