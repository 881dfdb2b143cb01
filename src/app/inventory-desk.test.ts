import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exchange, times } from "../../test/discovery/exchange.ts";
import type { InventoryDesk } from "../console/inventory-desk.ts";
import type { Inventory } from "../discovery/inventory.ts";
import { openSqliteStorage, type SqliteStorage } from "../storage/sqlite/open-sqlite-storage.ts";
import { createInventoryDesk, savedUploads } from "./inventory-desk.ts";
import { openInventory } from "./learned-state.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "merlon-desk-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

interface Opened {
  readonly storage: SqliteStorage;
  readonly inventory: Inventory;
  readonly desk: InventoryDesk;
}

async function open(): Promise<Opened> {
  const storage = openSqliteStorage({ directory });
  const uploads = await savedUploads(storage.inventory);
  const inventory = await openInventory([...uploads.values()], storage);
  const desk = createInventoryDesk({
    inventory,
    store: storage.inventory,
    events: storage.events,
    now: () => 1,
    newId: () => "p1",
    specifications: () => [],
    uploads,
  });
  return { storage, inventory, desk };
}

function pathsOf({ inventory }: Opened): readonly string[] {
  return [...inventory.endpoints()].map(({ path, lifecycle }) => `${path} ${lifecycle}`).sort();
}

test("a decision is in the file before it is answered, and holds after a restart", async () => {
  const first = await open();
  for (const at of times(60, (index) => index)) {
    const state = ["blocked", "active", "pending"][at % 3];
    first.inventory.learn({ exchange: exchange({ target: `/list/${state}`, timeMs: Date.now() }) });
  }
  const [endpoint] = [...first.inventory.endpoints()];
  const texts = ["blocked", "active", "pending"];
  const request = { kind: "merge", segment: 1, name: "state", texts } as const;
  await first.desk.pin({ ...request, endpoint: endpoint?.id ?? "" }, "ann");
  // Nothing else is saved: the process ends here.
  first.storage.close();

  const second = await open();
  for (const at of times(60, (index) => index)) {
    second.inventory.learn({
      exchange: exchange({ target: `/list/${texts[at % 3]}`, timeMs: Date.now() }),
    });
  }
  expect(pathsOf(second)).toEqual(["/list/{state} undocumented"]);
  expect(second.desk.pins()).toMatchObject([{ id: "p1", by: "ann", path: "/list/{state}" }]);
  second.storage.close();
});

test("a specification given in the console is in force after a restart, until it is removed", async () => {
  const text =
    "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n  /users/{id}:\n    get: {responses: {'200': {description: ok}}}\n";
  const first = await open();
  first.inventory.learn({ exchange: exchange({ target: "/users/7", timeMs: Date.now() }) });
  expect(first.desk.compareSpecification("a.yaml", text)).toMatchObject({ agreed: 1 });
  expect(pathsOf(first)).toEqual(["/users/{userId} undocumented"]);
  await first.desk.saveSpecification("a.yaml", text);
  first.storage.close();

  const second = await open();
  expect(pathsOf(second)).toEqual(["/users/{id} documented"]);
  expect(await second.desk.removeSpecification("b.yaml")).toBe("unknown");
  expect(await second.desk.removeSpecification("a.yaml")).toBe("removed");
  expect(pathsOf(second)).toEqual(["/users/{userId} undocumented"]);
  second.storage.close();
});
