import { afterEach, beforeEach, expect, test } from "vitest";
import type { EventStore } from "../discovery/event-store.ts";
import type { InventoryEvent } from "../model/inventory-event.ts";
import type { OpenedStore } from "./traffic-store-contract.ts";

/** What every driver of `EventStore` has to keep; its test file calls this. */
export function eventStoreContract(open: () => Promise<OpenedStore<EventStore>>): void {
  let opened: OpenedStore<EventStore>;
  let store: EventStore;

  beforeEach(async () => {
    opened = await open();
    store = opened.store;
  });
  afterEach(() => opened.close());

  const ids = async (query: Parameters<EventStore["listEvents"]>[0]): Promise<readonly string[]> =>
    (await store.listEvents(query)).map(({ id }) => id);

  test("starts empty", async () => {
    expect(await store.listEvents({ limit: 10 })).toEqual([]);
  });

  test("gives events back as they were, newest first", async () => {
    const older = event({ id: "a", before: "required", after: "optional" });
    const newer = event({ id: "b", timeMs: 2_000 });
    await store.appendEvents([newer, older]);

    expect(await store.listEvents({ limit: 10 })).toEqual([newer, older]);
  });

  test("narrows by endpoint, kind and news", async () => {
    await store.appendEvents([
      event({ id: "a", endpointId: "e2" }),
      event({ id: "b", kind: "woken" }),
      event({ id: "c", isInitial: true }),
    ]);

    expect(await ids({ endpoint: "e2", limit: 10 })).toEqual(["a"]);
    expect(await ids({ kind: "woken", limit: 10 })).toEqual(["b"]);
    expect(await ids({ newsOnly: true, limit: 10 })).toEqual(["b", "a"]);
  });

  test("pages without repeating or missing an event of the same moment", async () => {
    await store.appendEvents(["a", "b", "c", "d"].map((id) => event({ id })));
    const first = await store.listEvents({ limit: 2 });
    const last = first.at(-1);
    if (last === undefined) throw new Error("no event");

    expect(first.map(({ id }) => id)).toEqual(["d", "c"]);
    expect(await ids({ beforeMs: last.timeMs, beforeId: last.id, limit: 2 })).toEqual(["b", "a"]);
  });

  test("keeps an event once", async () => {
    await store.appendEvents([event({ id: "a" })]);
    await store.appendEvents([event({ id: "a", summary: "again" }), event({ id: "b" })]);

    expect(await store.listEvents({ limit: 10 })).toMatchObject([
      { id: "b" },
      { id: "a", summary: "A new endpoint." },
    ]);
  });

  test("forgets the oldest over its bound", async () => {
    const many = Array.from({ length: 20_050 }, (_, at) =>
      event({ id: `e${String(at).padStart(6, "0")}`, timeMs: at }),
    );
    await store.appendEvents(many);
    await store.appendEvents([event({ id: "last", timeMs: 30_000 })]);

    const kept = await ids({ limit: 100_000 });
    expect(kept.length).toBeLessThanOrEqual(20_001);
    expect(kept[0]).toBe("last");
    expect(kept).not.toContain("e000000");
  });
}

function event(given: Partial<InventoryEvent> & Pick<InventoryEvent, "id">): InventoryEvent {
  return {
    timeMs: 1_000,
    kind: "new",
    endpointId: "e1",
    endpoint: "GET shop.example/products/{productId}",
    summary: "A new endpoint.",
    isInitial: false,
    ...given,
  };
}
