import { createInventoryDesk } from "../../src/app/inventory-desk.ts";
import type { InventoryDesk } from "../../src/console/inventory-desk.ts";
import { createInventory } from "../../src/discovery/inventory.ts";
import type { Endpoint } from "../../src/model/endpoint.ts";
import type { InventoryEvent } from "../../src/model/inventory-event.ts";
import type { Specification } from "../../src/specifications/specification.ts";
import type { SqliteStorage } from "../../src/storage/sqlite/open-sqlite-storage.ts";
import { exchange, times } from "../discovery/exchange.ts";

/** The real desk over an inventory that learned the sample endpoints, under their own ids. */
export function sampleInventoryDesk(
  endpoints: readonly Endpoint[],
  storage: Pick<SqliteStorage, "inventory" | "events">,
): InventoryDesk {
  const inventory = createInventory();
  for (const { method, host, path } of endpoints) {
    for (const at of times(6, (index) => index)) {
      const target = path.replaceAll(/\{[^}]*\}/g, String(1_000 + at));
      inventory.learn({ exchange: exchange({ method, host, target }) });
    }
  }
  for (const [client, host, destination] of calls) {
    inventory.learn({
      exchange: { ...exchange({ client, host, target: "/status" }), destination },
    });
  }
  let ids = 0;
  const desk = createInventoryDesk({
    inventory,
    store: storage.inventory,
    events: storage.events,
    now: () => Date.UTC(2026, 10, 23),
    newId: () => {
      ids += 1;
      return `pin-${ids}`;
    },
    specifications: () => [shopSpecification],
    uploads: new Map(),
  });
  /** Tests name endpoints by ids of their own. */
  const idOf = (id: string): string => {
    const sample = endpoints.find((endpoint) => endpoint.id === id);
    const path = sample?.path.replaceAll(/\{[^}]*\}/g, "1000") ?? "";
    return inventory.endpointOf(sample?.method ?? "", sample?.host ?? "", path)?.id ?? id;
  };
  return {
    ...desk,
    template: (id) => desk.template(idOf(id)),
    pin: (request, by) => desk.pin({ ...request, endpoint: idOf(request.endpoint) }, by),
  };
}

const calls = [
  ["10.0.0.9", "shop.internal", "10.0.0.5:80"],
  ["10.0.0.5", "stock.internal", "10.0.0.6:80"],
  ["10.0.0.5", "payment.internal", "10.0.0.7:80"],
  ["10.0.0.7", "ledger.internal", "10.0.0.8:80"],
] as const;

const shopSpecification: Specification = {
  source: "shop.yaml",
  title: "Shop",
  version: "1.4",
  hosts: ["shop.example"],
  operations: [
    { method: "GET", path: "/api/v1/products/{id}", deprecated: true, parameters: [] },
    { method: "GET", path: "/api/v1/vouchers", deprecated: false, parameters: [] },
  ],
};

/** What happened to the sample inventory. */
export function sampleEvents(nowMs: number): readonly InventoryEvent[] {
  const endpoint = "GET shop.example/api/v1/products/{product_id}";
  const of = { endpointId: "legacy", endpoint, isInitial: false };
  return [
    {
      ...of,
      id: "v1",
      timeMs: nowMs - 60_000,
      kind: "woken",
      summary: "Called again after a long silence.",
    },
    {
      ...of,
      id: "v2",
      timeMs: nowMs - 120_000,
      kind: "authentication-changed",
      summary: "Calls without credentials are answered, before they were refused.",
      before: "required",
      after: "open",
    },
    {
      ...of,
      id: "v3",
      timeMs: nowMs - 180_000,
      kind: "schema-changed",
      summary: "New: response $.owner.iban: string.",
    },
  ];
}
