import { afterEach, beforeEach, expect, test } from "vitest";
import type { InventoryPart, InventoryStore } from "../discovery/inventory-store.ts";
import type { OpenedStore } from "./traffic-store-contract.ts";

/** What every driver of `InventoryStore` has to keep; its test file calls this. */
export function inventoryStoreContract(open: () => Promise<OpenedStore<InventoryStore>>): void {
  let opened: OpenedStore<InventoryStore>;
  let store: InventoryStore;

  beforeEach(async () => {
    opened = await open();
    store = opened.store;
  });
  afterEach(() => opened.close());

  const load = async (): Promise<Map<string, string | undefined>> =>
    new Map((await store.loadInventory()).map(({ key, json }) => [key, json]));

  test("starts empty", async () => {
    expect(await store.loadInventory()).toEqual([]);
  });

  test("adds, replaces and deletes parts, and leaves the others alone", async () => {
    await store.saveInventory([
      { key: "a", json: '{"calls":1}' },
      { key: "b", json: "2" },
      { key: "c", json: "3" },
    ]);
    await store.saveInventory([
      { key: "a", json: '{"calls":2}' },
      { key: "b", json: undefined },
      { key: "never-there", json: undefined },
    ]);

    expect(await load()).toEqual(
      new Map([
        ["a", '{"calls":2}'],
        ["c", "3"],
      ]),
    );
  });

  test("takes thousands of parts at once", async () => {
    const parts: InventoryPart[] = Array.from({ length: 5_000 }, (_, index) => ({
      key: `endpoint/${index}`,
      json: JSON.stringify({ index }),
    }));
    await store.saveInventory(parts);

    expect((await load()).size).toBe(5_000);
  });
}
