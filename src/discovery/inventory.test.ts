import { describe, expect, test } from "vitest";
import { type ExchangeOptions, exchange, times } from "../../test/discovery/exchange.ts";
import type { Decision } from "../model/decision.ts";
import type { EndpointProfile } from "../model/endpoint.ts";
import { createInventory, type Inventory } from "./inventory.ts";

function inventoryOf(all: readonly ExchangeOptions[]): Inventory {
  const inventory = createInventory();
  for (const options of all) inventory.learn({ exchange: exchange(options) });
  return inventory;
}

function keysOf(inventory: Inventory): readonly string[] {
  return [...inventory.endpoints()].map(({ method, path }) => `${method} ${path}`).sort();
}

function onlyOf(inventory: Inventory): EndpointProfile {
  const all = [...inventory.endpoints()];
  expect(all).toHaveLength(1);
  return all[0] as EndpointProfile;
}

const blocked: Decision = {
  id: "e1",
  timeMs: 0,
  client: "203.0.113.66",
  method: "GET",
  host: "api.example",
  path: "/",
  action: "allow",
  wouldBe: "block",
  score: 5,
  detections: [],
  verdicts: [],
  exceptions: [],
};

const slugs = times(
  40,
  (at) =>
    `${["red", "blue", "old", "warm", "cold"][at % 5]}-${["chair", "lamp", "drum", "shirt"][at % 4]}-${at}`,
);

describe("the inventory", () => {
  test("lists endpoints with calls, statuses and times", () => {
    const inventory = inventoryOf([
      { target: "/users/1", timeMs: 1_000, durationMs: 10 },
      { target: "/users/2", timeMs: 3_000, durationMs: 10 },
      { target: "/users/9", timeMs: 2_000, status: 404 },
    ]);

    expect(onlyOf(inventory)).toMatchObject({
      method: "GET",
      host: "api.example",
      path: "/users/{userId}",
      style: "rest",
      lifecycle: "undocumented",
      calls: 3,
      firstSeenMs: 1_000,
      lastSeenMs: 3_000,
      statuses: { 200: 2, 404: 1 },
      exposure: "internet",
    });
  });

  test("tells which endpoint an exchange belongs to, and whether it is new", () => {
    const inventory = createInventory();
    const first = inventory.learn({ exchange: exchange({ target: "/users/1" }) });
    const second = inventory.learn({ exchange: exchange({ target: "/users/2" }) });

    expect(first).toMatchObject({ isNew: true, endpointKey: "GET api.example/users/{userId}" });
    expect(second).toMatchObject({ isNew: false, endpointId: first.endpointId });
    expect(inventory.endpointOf("GET", "API.example", "/users/3")).toEqual({
      id: first.endpointId,
      key: first.endpointKey,
    });
  });

  test("joins what it learned when a segment turns out to be a value, and keeps old ids working", () => {
    const inventory = createInventory();
    const ids = slugs.map(
      (slug) => inventory.learn({ exchange: exchange({ target: `/products/${slug}` }) }).endpointId,
    );

    expect(onlyOf(inventory)).toMatchObject({ path: "/products/{product}", calls: 40 });
    expect(inventory.endpoint(ids[0] ?? "")?.calls).toBe(40);
  });

  test.each([
    ["answers 404", { status: 404 }],
    ["only ever answers 401", { status: 401 }],
    ["only ever answers 403", { status: 403 }],
    ["only ever answers 405", { status: 405 }],
    ["moves a whole site", { status: 301 }],
    ["sends to a login page", { status: 302, responseHeaders: [["location", "/login"]] as const }],
    ["is a preflight", { method: "OPTIONS", status: 204 }],
    ["is a file of a web page", { target: "/static/app.4f2a.js" }],
    ["is an icon", { target: "/favicon.ico" }],
    ["names no sane host", { host: "a b<script>" }],
  ])("has no endpoint for what %s", (_what, options) => {
    expect(keysOf(inventoryOf(times(10, () => ({ target: "/secret", ...options }))))).toEqual([]);
  });

  test("has no endpoint for attacks, and learns nothing from those on known ones", () => {
    const inventory = inventoryOf([{ target: "/search?q=shoes" }]);
    const known = inventory.learn({
      exchange: exchange({ target: "/search?q=1'--&debug=1", client: "203.0.113.66" }),
      decision: blocked,
    });
    inventory.learn({ exchange: exchange({ target: "/cgi-bin/evil" }), decision: blocked });
    inventory.recordAttack(known.endpointId ?? "");

    expect(known).toMatchObject({ ignored: "attack", endpointKey: "GET api.example/search" });
    const profile = onlyOf(inventory);
    expect(profile).toMatchObject({ calls: 1, attacks: 1 });
    expect(profile.parameters.map(({ name }) => name)).toEqual(["q"]);
  });

  test("is not poisoned by a scanner", () => {
    const honest = times(
      600,
      (at): ExchangeOptions => ({
        target: at % 3 === 0 ? `/orders/${at}` : `/products/${slugs[at % 40]}?page=2`,
        client: `198.51.100.${at % 50}`,
        headers: [["authorization", "Bearer abcdefghijklmnop"]],
        response: { id: at, name: "x" },
      }),
    );
    const scan = times(
      20_000,
      (at): ExchangeOptions => ({
        target: `/${at.toString(36)}/admin-${at}.php?x${at}=1`,
        client: "203.0.113.99",
        status: at % 40 === 0 ? 200 : 404,
        response: { hacked: at },
        method: at % 5 === 0 ? "POST" : "GET",
      }),
    );
    const clean = inventoryOf(honest);
    const attacked = createInventory();
    for (let at = 0; at < scan.length; at += 1) {
      const own = at % 30 === 0 ? honest[at / 30] : undefined;
      if (own !== undefined) attacked.learn({ exchange: exchange(own) });
      attacked.learn({ exchange: exchange(scan[at]) });
    }

    const withoutClock = (inventory: Inventory): unknown =>
      [...inventory.endpoints()].sort((left, right) => left.path.localeCompare(right.path));
    expect(withoutClock(attacked)).toEqual(withoutClock(clean));
  });

  test("keeps what a client used before it began to scan", () => {
    const used = times(30, (at): ExchangeOptions => ({ target: `/orders/${at}` }));
    const scan = times(500, (at): ExchangeOptions => ({ target: `/.x${at}`, status: 404 }));
    expect(keysOf(inventoryOf([...used, ...scan]))).toEqual(["GET /orders/{orderId}"]);
  });

  test("does not believe parameters and members that one client among many invents", () => {
    const honest = times(
      100,
      (at): ExchangeOptions => ({
        method: "POST",
        target: "/orders?draft=true",
        client: `198.51.100.${at % 20}`,
        body: { item: at },
      }),
    );
    const inventing = times(
      30,
      (at): ExchangeOptions => ({
        method: "POST",
        target: `/orders?draft=true&role${at % 3}=admin`,
        client: "203.0.113.99",
        body: { item: at, isAdmin: true },
      }),
    );
    const profile = onlyOf(inventoryOf([...honest, ...inventing]));

    expect(profile.parameters.map(({ name }) => name)).toEqual(["draft", "item"]);
    expect(profile.schemas.request).toMatchObject({ properties: { item: { type: "integer" } } });
    expect(profile.schemas.request).not.toHaveProperty("properties.isAdmin");
  });

  test("has no endpoints for the page that answers every path", () => {
    const page = "<!doctype html><title>Shop</title><div id=app></div>";
    const responseHeaders = [["content-type", "text/html; charset=utf-8"]] as const;
    const inventory = inventoryOf([
      ...times(9, (at) => ({ target: `/cart${"abcdefghi"[at]}`, response: page, responseHeaders })),
      { target: "/about", response: "<h1>About</h1>", responseHeaders },
      { target: "/api/cart", response: { items: [] } },
    ]);
    expect(keysOf(inventory)).toEqual(["GET /about", "GET /api/cart"]);
    expect(inventory.counts().ignored["catch-all"]).toBe(6);
  });

  test("counts exchanges that were shed", () => {
    const inventory = inventoryOf([{ target: "/users/1" }]);
    inventory.countLight({
      method: "GET",
      host: "api.example",
      path: "/users/2",
      status: 200,
      timeMs: 1_767_571_300_000,
      count: 25,
    });
    inventory.countLight({
      method: "GET",
      host: "api.example",
      path: "/nope",
      status: 404,
      timeMs: 1,
      count: 9,
    });

    expect(onlyOf(inventory)).toMatchObject({ calls: 26, lastSeenMs: 1_767_571_300_000 });
  });

  test("saves only what changed, and is the same after a restart", () => {
    const inventory = inventoryOf([
      ...slugs.map(
        (slug): ExchangeOptions => ({ target: `/products/${slug}`, response: { price: 3 } }),
      ),
      { method: "POST", target: "/orders", body: { __proto__x: 1, total: 2 } },
    ]);
    const saved = new Map<string, string>();
    for (const { key, json } of inventory.takeChanges()) {
      if (json === undefined) saved.delete(key);
      else saved.set(key, json);
    }
    const restored = createInventory();
    restored.restore([...saved].map(([key, json]) => ({ key, json })));

    expect([...restored.endpoints()]).toEqual([...inventory.endpoints()]);
    expect(
      restored.learn({ exchange: exchange({ target: "/products/red-vase-77" }) }),
    ).toMatchObject({
      isNew: false,
    });
    expect(inventory.takeChanges()).toEqual([]);
    inventory.learn({ exchange: exchange({ target: "/products/red-chair-0" }) });
    expect(inventory.takeChanges()).toHaveLength(1);
  });

  test("leaves out saved parts that cannot be read", () => {
    const inventory = createInventory();
    inventory.restore([
      { key: "endpoint:x", json: "{" },
      { key: "endpoint:y", json: "[]" },
      { key: "paths:api.example", json: '"no"' },
    ]);
    expect(keysOf(inventory)).toEqual([]);
  });

  test("stays within its bounds", () => {
    const inventory = createInventory({
      limits: { hostsMax: 3, endpointsMax: 20, placesPerHostMax: 50 },
    });
    for (let at = 0; at < 3_000; at += 1) {
      inventory.learn({
        exchange: exchange({
          host: `h${at % 10}.example`,
          target: `/${"abcdefghijklmnopqrst"[at % 20]}x${at % 300}y/list`,
        }),
      });
    }
    const { endpoints, hosts, ignored } = inventory.counts();
    expect(endpoints).toBeLessThanOrEqual(20);
    expect(hosts).toBe(3);
    expect(ignored["inventory-full"]).toBeGreaterThan(0);
  });

  test("shows a slash at the end when most calls have one", () => {
    expect(keysOf(inventoryOf(times(5, () => ({ target: "/services/" }))))).toEqual([
      "GET /services/",
    ]);
  });

  test("counts HEAD as GET's shadow", () => {
    expect(
      keysOf(
        inventoryOf([
          { target: "/a" },
          { method: "HEAD", target: "/a" },
          { method: "HEAD", target: "/b" },
        ]),
      ),
    ).toEqual(["GET /a", "HEAD /b"]);
  });
});
