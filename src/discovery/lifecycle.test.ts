import { describe, expect, test } from "vitest";
import { type ExchangeOptions, exchange, times } from "../../test/discovery/exchange.ts";
import { readOpenApi } from "../specifications/openapi-import.ts";
import { parseSpecificationText } from "../specifications/specification-text.ts";
import { createInventory, type Inventory } from "./inventory.ts";

const specification = readOpenApi(
  parseSpecificationText(
    `openapi: 3.0.0
servers: [{ url: https://api.example }]
paths:
  /orders: { get: {}, post: {} }
  /orders/{order_number}: { get: {} }
  /orders/{order_number}/lines: { get: {} }
  /legacy: { get: { deprecated: true } }
  /gone: { get: { deprecated: true } }`,
    "api.yaml",
  ),
);

const dayMs = 86_400_000;

function lifecyclesOf(inventory: Inventory): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...inventory.endpoints()].map(({ method, path, lifecycle }) => [
      `${method} ${path}`,
      lifecycle,
    ]),
  );
}

function learned(all: readonly ExchangeOptions[], now?: () => number): Inventory {
  const inventory = createInventory(now === undefined ? {} : { now });
  for (const options of all) inventory.learn({ exchange: exchange(options) });
  return inventory;
}

describe("with a specification", () => {
  const traffic: readonly ExchangeOptions[] = [
    { target: "/orders" },
    { target: "/orders/7" },
    { target: "/orders/export" },
    { method: "DELETE", target: "/orders/7" },
    { target: "/legacy" },
    { target: "/admin/metrics" },
  ];
  const expected = {
    "GET /orders": "documented",
    "POST /orders": "orphan",
    "GET /orders/{order_number}": "documented",
    "GET /orders/{order_number}/lines": "orphan",
    "GET /orders/export": "undocumented",
    "DELETE /orders/{order_number}": "undocumented",
    "GET /legacy": "zombie",
    "GET /gone": "deprecated",
    "GET /admin/metrics": "undocumented",
  };

  test("endpoints are documented, shadow, zombie or orphan, under their real names", () => {
    const inventory = createInventory();
    inventory.addSpecification(specification);
    for (const options of traffic) inventory.learn({ exchange: exchange(options) });
    expect(lifecyclesOf(inventory)).toEqual(expected);
  });

  test("it makes no difference when the specification comes late", () => {
    const inventory = learned(traffic);
    inventory.addSpecification(specification);
    expect(lifecyclesOf(inventory)).toEqual(expected);
  });

  test("it is compared with another host too while its own was never seen", () => {
    const inventory = createInventory();
    inventory.addSpecification(specification);
    inventory.learn({ exchange: exchange({ host: "localhost:3000", target: "/orders/7" }) });
    expect(lifecyclesOf(inventory)["GET /orders/{order_number}"]).toBe("documented");
  });

  test("it is not compared with other hosts beside its own", () => {
    const inventory = createInventory();
    inventory.addSpecification(specification);
    inventory.learn({ exchange: exchange({ target: "/orders/7" }) });
    inventory.learn({ exchange: exchange({ host: "other.example", target: "/orders/7" }) });
    const [other] = [...inventory.endpoints()].filter(({ host }) => host === "other.example");
    expect(other?.lifecycle).toBe("undocumented");
  });

  test("without traffic everything is an orphan", () => {
    const inventory = createInventory();
    inventory.addSpecification(specification);
    const all = [...inventory.endpoints()];
    expect(all).toHaveLength(6);
    expect(all.every(({ calls, host }) => calls === 0 && host === "api.example")).toBe(true);
    expect(inventory.endpoint(all[0]?.id ?? "")).toEqual(all[0]);
  });
});

describe("without one", () => {
  test("a header announces the end, beside that nothing documents it", () => {
    const inventory = learned([
      { target: "/a", responseHeaders: [["deprecation", "@1688169599"]] },
    ]);
    expect([...inventory.endpoints()]).toMatchObject([
      { lifecycle: "undocumented", deprecated: true },
    ]);
  });

  test("an endpoint that is not called for a month is dormant", () => {
    const inventory = learned([
      { target: "/old", timeMs: dayMs },
      { target: "/new", timeMs: 40 * dayMs },
    ]);
    expect(lifecyclesOf(inventory)).toEqual({ "GET /old": "dormant", "GET /new": "undocumented" });
  });

  test("one that is called again then is woken, for a week", () => {
    let now = 50 * dayMs;
    const inventory = learned(
      [
        ...times(5, (at) => ({ target: "/old", timeMs: at * 1_000 })),
        { target: "/old", timeMs: 49 * dayMs },
      ],
      () => now,
    );
    expect(lifecyclesOf(inventory)).toEqual({ "GET /old": "woken" });
    now = 60 * dayMs;
    expect(lifecyclesOf(inventory)).toEqual({ "GET /old": "undocumented" });
  });
});
