import type { AccountStore } from "../../console/account-store.ts";
import type { TrafficStore } from "../../console/traffic-store.ts";
import type { EventStore } from "../../discovery/event-store.ts";
import type { InventoryStore } from "../../discovery/inventory-store.ts";
import type { PolicyStore } from "../../protection/policy-store.ts";
import type { FindingStore } from "../../risk/finding-store.ts";
import { createAccountStore } from "./accounts.ts";
import { Database, type SqliteLocation } from "./database.ts";
import { createEventStore } from "./events.ts";
import { createFindingStore } from "./findings.ts";
import { createInventoryStore } from "./inventory.ts";
import { createPolicyStore } from "./policy-overlay.ts";
import { createTrafficStore } from "./traffic.ts";

export interface SqliteStorage {
  readonly traffic: TrafficStore;
  readonly accounts: AccountStore;
  readonly policy: PolicyStore;
  readonly inventory: InventoryStore;
  readonly events: EventStore;
  readonly findings: FindingStore;
  close(): void;
}

/** Opens the embedded store, creating or upgrading its file; throws ERR_STORAGE_FAILED. */
export function openSqliteStorage(location: SqliteLocation): SqliteStorage {
  const database = new Database(location);
  return {
    traffic: createTrafficStore(database),
    accounts: createAccountStore(database),
    policy: createPolicyStore(database),
    inventory: createInventoryStore(database),
    events: createEventStore(database),
    findings: createFindingStore(database),
    close: () => database.close(),
  };
}
