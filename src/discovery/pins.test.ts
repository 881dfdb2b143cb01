import { describe, expect, test } from "vitest";
import { exchange, times } from "../../test/discovery/exchange.ts";
import type { TemplatePin } from "../model/template-pin.ts";
import { createInventory, type Inventory } from "./inventory.ts";
import type { PinRequest } from "./pin-request.ts";

const slugs = times(
  40,
  (at) => `${["red", "blue", "old", "warm"][at % 4]}-${["chair", "lamp", "drum"][at % 3]}-${at}`,
);

function learn(inventory: Inventory, targets: readonly string[], host = "api.example"): void {
  for (const [at, target] of targets.entries()) {
    inventory.learn({ exchange: exchange({ target, host, client: `203.0.113.${at % 50}` }) });
  }
}

function pathsOf(inventory: Inventory): readonly string[] {
  return [...inventory.endpoints()].map(({ path }) => path).sort();
}

function idOf(inventory: Inventory, path: string): string {
  const found = [...inventory.endpoints()].find((endpoint) => endpoint.path === path);
  if (found === undefined) throw new Error(`no endpoint ${path}`);
  return found.id;
}

function pin(
  inventory: Inventory,
  path: string,
  request: Omit<PinRequest, "endpoint">,
): TemplatePin {
  const origin = { id: `p${inventory.pins().length}`, createdMs: 1, by: "ann" };
  const made = inventory.pin({ ...request, endpoint: idOf(inventory, path) }, origin);
  if ("refused" in made) throw new Error(made.refused);
  return made;
}

/** Saved and opened again. */
function restarted(inventory: Inventory): Inventory {
  const next = createInventory();
  next.restore(inventory.takeChanges());
  return next;
}

describe("a split template", () => {
  const start = (): Inventory => {
    const inventory = createInventory();
    learn(
      inventory,
      slugs.map((slug) => `/products/${slug}`),
    );
    pin(inventory, "/products/{product}", { kind: "split", segment: 1, texts: ["blue-lamp-1"] });
    return inventory;
  };

  test("keeps the named segment as an endpoint of its own, through a restart and more traffic", () => {
    const inventory = restarted(start());
    learn(
      inventory,
      times(400, (at) => `/products/${at % 3 === 0 ? "blue-lamp-1" : `green-sofa-${at}`}`),
    );

    expect(pathsOf(inventory)).toEqual(["/products/blue-lamp-1", "/products/{product}"]);
  });

  test("leaves what was learned where it was", () => {
    const inventory = start();
    learn(inventory, ["/products/blue-lamp-1"]);
    const calls = [...inventory.endpoints()].map(({ path, calls }) => [path, calls]);

    expect(Object.fromEntries(calls)).toEqual({
      "/products/{product}": 40,
      "/products/blue-lamp-1": 1,
    });
  });

  test("keeps even a segment whose form says that it is a value", () => {
    const inventory = createInventory();
    learn(
      inventory,
      times(30, (at) => `/reports/${2_000 + at}`),
    );
    pin(inventory, "/reports/{reportId}", { kind: "split", segment: 1, texts: ["2024"] });
    learn(inventory, ["/reports/2024", "/reports/2025", "/reports/99999"]);

    expect(pathsOf(inventory)).toEqual(["/reports/2024", "/reports/{reportId}"]);
  });

  test("becomes literals altogether when no segment is named", () => {
    const inventory = createInventory();
    learn(
      inventory,
      slugs.map((slug) => `/products/${slug}`),
    );
    pin(inventory, "/products/{product}", { kind: "split", segment: 1 });
    learn(inventory, ["/products/new-thing-99", "/products/red-chair-0"]);

    expect(pathsOf(inventory)).toContain("/products/new-thing-99");
    expect(pathsOf(inventory)).not.toContain("/products/{product}");
  });
});

describe("merged literals", () => {
  const literals = ["blocked", "active", "pending"];

  test("are values of one parameter with the given name, and stay so", () => {
    const inventory = createInventory();
    const targets = times(90, (at) => `/list/${literals[at % 3]}`);
    learn(inventory, targets);
    expect(pathsOf(inventory)).toEqual(["/list/active", "/list/blocked", "/list/pending"]);

    pin(inventory, "/list/active", { kind: "merge", segment: 1, name: "state", texts: literals });
    const next = restarted(inventory);
    learn(next, [...targets, ...targets, ...targets]);

    expect([...next.endpoints()].map(({ path, calls }) => [path, calls])).toEqual([
      ["/list/{state}", 360],
    ]);
  });

  test("do not swallow what nobody decided about", () => {
    const inventory = createInventory();
    learn(
      inventory,
      times(90, (at) => `/list/${literals[at % 3]}`),
    );
    pin(inventory, "/list/active", { kind: "merge", segment: 1, name: "state", texts: literals });
    learn(
      inventory,
      times(40, () => "/list/export"),
    );

    expect(pathsOf(inventory)).toEqual(["/list/export", "/list/{state}"]);
  });

  test("may stand in the middle of a path", () => {
    const inventory = createInventory();
    learn(
      inventory,
      times(40, (at) => `/${at % 2 === 0 ? "north" : "south"}/orders/${at}`),
    );
    pin(inventory, "/north/orders/{orderId}", {
      kind: "merge",
      segment: 0,
      name: "region",
      texts: ["north", "south"],
    });

    expect(pathsOf(inventory)).toEqual(["/{region}/orders/{orderId}"]);
  });
});

describe("a renamed parameter", () => {
  test("keeps its name, its id, and goes over the specification's", () => {
    const inventory = createInventory();
    inventory.addSpecification({
      source: "a.yaml",
      title: "A",
      version: "1",
      hosts: [],
      operations: [{ method: "GET", path: "/users/{id}", deprecated: false, parameters: [] }],
    });
    learn(inventory, ["/users/1", "/users/2"]);
    const before = idOf(inventory, "/users/{id}");
    pin(inventory, "/users/{id}", { kind: "rename", segment: 1, name: "customerId" });

    const [endpoint] = [...restarted(inventory).endpoints()];
    expect(endpoint).toMatchObject({ id: before, path: "/users/{customerId}" });
    const [here] = [...inventory.endpoints()];
    expect(here).toMatchObject({ path: "/users/{customerId}", lifecycle: "documented" });
    expect(here?.parameters).toMatchObject([{ in: "path", name: "customerId" }]);
  });

  test("is found by the new name in requests of protections", () => {
    const inventory = createInventory();
    learn(inventory, ["/users/1"]);
    pin(inventory, "/users/{userId}", { kind: "rename", segment: 1, name: "customer" });

    expect(inventory.endpointOf("GET", "api.example", "/users/7")?.key).toBe(
      "GET api.example/users/{customer}",
    );
  });
});

describe("a pinned template", () => {
  test("stays as it is when its values turn out to come again and again", () => {
    const inventory = createInventory();
    learn(
      inventory,
      slugs.map((slug) => `/shops/${slug}/stock`),
    );
    pin(inventory, "/shops/{shop}/stock", { kind: "template" });
    const next = restarted(inventory);
    learn(
      next,
      times(3_000, (at) => `/shops/${["north", "riverside", "market"][at % 3]}/stock`),
    );

    expect(pathsOf(next)).toEqual(["/shops/{shop}/stock"]);
  });

  test("keeps its literals when they look like values later", () => {
    const inventory = createInventory();
    learn(inventory, [...times(6, () => "/shops/riverside/stock")]);
    pin(inventory, "/shops/riverside/stock", { kind: "template" });
    learn(
      inventory,
      slugs.map((slug) => `/shops/${slug}/stock`),
    );

    expect(pathsOf(inventory)).toEqual(["/shops/riverside/stock", "/shops/{shop}/stock"]);
  });
});

describe("decisions", () => {
  test("are taken back, and evidence decides again", () => {
    const inventory = createInventory();
    learn(
      inventory,
      slugs.map((slug) => `/products/${slug}`),
    );
    const made = pin(inventory, "/products/{product}", {
      kind: "split",
      segment: 1,
      texts: ["red-chair-0"],
    });
    learn(inventory, ["/products/red-chair-0"]);

    expect(inventory.unpin(made.id)).toBe(true);
    expect(inventory.unpin(made.id)).toBe(false);
    expect(pathsOf(inventory)).toEqual(["/products/{product}"]);
    expect(inventory.pins()).toEqual([]);
  });

  test.each([
    [{ kind: "rename", segment: 0, name: "x" }, "This segment is no parameter."],
    [{ kind: "rename", segment: 9, name: "x" }, "The template has no such segment."],
    [{ kind: "rename", segment: 1, name: "a}b" }, /^A name is/],
    [{ kind: "merge", segment: 0, name: "x", texts: ["nowhere"] }, /^Name segments/],
  ] as const)("that make no sense are refused: %j", (request, text) => {
    const inventory = createInventory();
    learn(inventory, ["/users/1"]);
    const endpoint = idOf(inventory, "/users/{userId}");
    const answer = inventory.pin({ ...request, endpoint }, { id: "p", createdMs: 1 });

    expect(answer).toEqual({
      refused: typeof text === "string" ? text : expect.stringMatching(text),
    });
  });
});

describe("hosts", () => {
  const paths = ["/users/1", "/users", "/orders/2", "/orders", "/status"];
  const start = (): Inventory => {
    const inventory = createInventory();
    learn(inventory, paths, "us-api.example");
    learn(inventory, paths, "de-api.example");
    learn(inventory, ["/a", "/b", "/c", "/d"], "other.example");
    return inventory;
  };

  test("that differ in a region and share their endpoints are suggested as one", () => {
    expect(start().similarHosts()).toEqual([
      { host: "us-api.example", into: "de-api.example", shared: 5, likeness: 1 },
    ]);
  });

  test("that were declared one have one inventory, old ids working, also after a restart", () => {
    const inventory = start();
    const before = [...inventory.endpoints()].find(
      ({ host, path }) => host === "us-api.example" && path === "/users",
    );
    inventory.takeChanges();
    const saved = start().takeChanges();
    expect(
      inventory.mergeHosts({ host: "us-api.example", into: "de-api.example", createdMs: 1 }),
    ).toBe(true);
    learn(inventory, paths, "us-api.example");

    const of = [...inventory.endpoints()].filter(({ path }) => path === "/users");
    expect(of).toMatchObject([{ host: "de-api.example", calls: 3 }]);
    expect(inventory.endpoint(before?.id ?? "")?.calls).toBe(3);

    const next = createInventory();
    const changed = new Map(
      [...saved, ...inventory.takeChanges()].map(({ key, json }) => [key, json]),
    );
    next.restore([...changed].map(([key, json]) => ({ key, json })));
    learn(next, paths, "us-api.example");
    expect(new Set([...next.endpoints()].map(({ host }) => host))).toEqual(
      new Set(["de-api.example", "other.example"]),
    );
  });

  test("are not merged with themselves, with unknown ones or in chains", () => {
    const inventory = start();
    const merge = (host: string, into: string): boolean =>
      inventory.mergeHosts({ host, into, createdMs: 1 });

    expect(merge("us-api.example", "us-api.example")).toBe(false);
    expect(merge("us-api.example", "nowhere.example")).toBe(false);
    expect(merge("us-api.example", "de-api.example")).toBe(true);
    expect(merge("de-api.example", "other.example")).toBe(false);
    expect(inventory.unmergeHost("us-api.example")).toBe(true);
  });
});
