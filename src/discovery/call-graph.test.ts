import { expect, test } from "vitest";
import { exchange, times } from "../../test/discovery/exchange.ts";
import type { Exchange } from "../model/exchange.ts";
import { createInventory } from "./inventory.ts";

function call(client: string, host: string, destination?: string): Exchange {
  const one = exchange({ target: "/status", client, host });
  return destination === undefined ? one : { ...one, destination };
}

test("a client whose address serves a host is that service; others stay addresses", () => {
  const inventory = createInventory();
  for (const one of [
    ...times(4, () => call("10.0.0.9", "shop.internal", "10.0.0.5:8080")),
    ...times(3, () => call("10.0.0.5", "stock.internal", "10.0.0.6:8080")),
    ...times(2, () => call("10.0.0.7", "stock.internal", "10.0.0.6:8080")),
    call("10.0.0.7", "stock.internal"),
    call("203.0.113.4", "shop.internal", "10.0.0.5:8080"),
    call("127.0.0.1", "shop.internal", "127.0.0.1:8080"),
  ]) {
    inventory.learn({ exchange: one });
  }
  const edges = inventory
    .serviceCalls()
    .map(({ from, isService, to, calls }) => [from, isService, to, calls]);

  expect(edges).toEqual([
    ["10.0.0.9", false, "shop.internal", 4],
    ["shop.internal", true, "stock.internal", 3],
    ["10.0.0.7", false, "stock.internal", 3],
  ]);
});

test("instances of one service are one caller, over a restart too", () => {
  const inventory = createInventory();
  for (const at of [1, 2, 3]) {
    inventory.learn({ exchange: call("10.1.0.1", "shop.internal", `10.0.0.${at}:80`) });
    inventory.learn({ exchange: call(`10.0.0.${at}`, "stock.internal") });
  }
  const next = createInventory();
  next.restore(inventory.takeChanges());
  next.learn({ exchange: call("10.0.0.1", "stock.internal") });

  expect(next.serviceCalls()[0]).toMatchObject({
    from: "shop.internal",
    to: "stock.internal",
    calls: 4,
  });
});

test("over its bound new callers are left out", () => {
  const inventory = createInventory({ limits: { serviceCallsMax: 10 } });
  for (const at of times(50, (at) => at)) {
    inventory.learn({ exchange: call(`10.0.0.${at}`, "stock.internal") });
  }

  expect(inventory.serviceCalls()).toHaveLength(10);
});
