import { expect, test } from "vitest";
import { type ExchangeOptions, exchange, times } from "../../test/discovery/exchange.ts";
import type { InventoryEvent } from "../model/inventory-event.ts";
import { createChangeWatch } from "./change-watch.ts";
import { createInventory } from "./inventory.ts";

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 5);

interface Watched {
  /** Learns, looks, and tells what happened. */
  see(all: readonly ExchangeOptions[]): readonly Partial<InventoryEvent>[];
  wait(ms: number): void;
}

function watched(): Watched {
  let nowMs = startMs;
  let ids = 0;
  const inventory = createInventory({ now: () => nowMs });
  const watch = createChangeWatch({
    now: () => nowMs,
    newId: () => {
      ids += 1;
      return String(ids);
    },
    startedMs: startMs - dayMs,
    initialMs: 3_600_000,
  });
  return {
    see(all) {
      for (const options of all) {
        inventory.learn({ exchange: exchange({ target: "/a", timeMs: nowMs, ...options }) });
      }
      return watch.look(inventory.endpoints());
    },
    wait(ms) {
      nowMs += ms;
    },
  };
}

const several = (at: number): Pick<ExchangeOptions, "client"> => ({ client: `10.0.0.${at % 9}` });
const headers = [["authorization", "Bearer abcdefghijklmnop"]] as const;
const ordinary = times(150, (at) => ({ ...several(at), headers, response: { id: at } }));

/** An endpoint that is well known. */
function settled(): Watched {
  const seen = watched();
  seen.see(ordinary);
  seen.see(ordinary);
  seen.see(ordinary);
  return seen;
}

test("a new endpoint is told once, at the second look", () => {
  const seen = watched();
  expect(seen.see(ordinary)).toEqual([]);
  expect(seen.see(ordinary)).toMatchObject([
    {
      kind: "new",
      endpoint: "GET api.example/a",
      isInitial: false,
      summary: "A new endpoint (undocumented), 300 calls from internal.",
    },
  ]);
  expect(seen.see(ordinary)).toEqual([]);
});

test("endpoints found while the API is not known yet are no news", () => {
  const inventory = createInventory();
  inventory.learn({ exchange: exchange({ target: "/a" }) });
  const watch = createChangeWatch({
    now: () => startMs,
    newId: () => "1",
    startedMs: startMs,
    initialMs: 3_600_000,
  });
  watch.look(inventory.endpoints());

  expect(watch.look(inventory.endpoints())).toMatchObject([{ kind: "new", isInitial: true }]);
});

test("nothing of an inventory that was adopted is news", () => {
  const inventory = createInventory();
  inventory.learn({ exchange: exchange({ target: "/a" }) });
  const watch = createChangeWatch({
    now: () => startMs,
    newId: () => "1",
    startedMs: 0,
    initialMs: 0,
  });
  watch.adopt(inventory.endpoints());

  expect(watch.look(inventory.endpoints())).toEqual([]);
});

test("a member that turns up in a settled schema is a change", () => {
  const seen = settled();
  const events = seen.see(
    times(50, (at) => ({ ...several(at), headers, response: { id: at, discount: 5 } })),
  );

  expect(events).toMatchObject([
    { kind: "schema-changed", summary: "New: response $.discount: integer." },
  ]);
  expect(seen.see(ordinary)).toEqual([]);
});

test("a member that turns up while the schema is learned is none", () => {
  const seen = watched();
  seen.see(times(5, () => ({ response: { id: 1 } })));
  seen.see(times(5, () => ({ response: { id: 1 } })));

  expect(seen.see(times(5, () => ({ response: { id: 1, discount: 5 } })))).toEqual([]);
});

test("the first call from the internet is an exposure", () => {
  const seen = settled();
  expect(seen.see([{ client: "203.0.113.7", headers, response: { id: 1 } }])).toMatchObject([
    { kind: "newly-exposed", before: "internal", after: "internet" },
  ]);
  expect(seen.see([{ client: "203.0.113.8", headers, response: { id: 1 } }])).toEqual([]);
});

test("sensitive data where there was none is told", () => {
  const seen = settled();
  const events = seen.see(
    times(40, (at) => ({
      ...several(at),
      headers,
      response: { id: at, email: "ann@shop.example" },
    })),
  );

  expect(events.map(({ kind }) => kind)).toEqual(["schema-changed", "newly-sensitive"]);
  expect(events[1]?.summary).toBe("Carries email in response now.");
});

test("an endpoint that opens, and one that is closed again, are told", () => {
  const seen = settled();
  seen.see(times(30, (at) => ({ ...several(at), status: 401 })));
  const opened = seen.see(times(30, (at) => ({ ...several(at), response: { id: 1 } })));
  const closed = seen.see(times(30, (at) => ({ ...several(at), status: 401 })));

  expect(opened).toMatchObject([
    { kind: "authentication-changed", before: "required", after: "open" },
  ]);
  expect(closed).toMatchObject([
    { kind: "authentication-changed", before: "open", after: "required" },
  ]);
});

test("falling silent and waking are told once each", () => {
  const seen = settled();
  seen.wait(40 * dayMs);
  expect(seen.see([])).toMatchObject([{ kind: "dormant" }]);
  expect(seen.see([])).toEqual([]);
  expect(seen.see(ordinary)).toMatchObject([{ kind: "woken", before: "dormant" }]);
  expect(seen.see(ordinary)).toEqual([]);
});
