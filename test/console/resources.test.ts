import { globSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { builtInRoutes } from "../../src/console/built-in-routes.ts";
import type {
  DecisionDetail,
  DecisionList,
  EndpointSummary,
  EndpointView,
  Page,
  PolicyView,
} from "../../src/console/contract.ts";
import {
  sampleDecision,
  sampleExchange,
  sampleIncident,
} from "../../src/storage/recorded-samples.ts";
import { type RunningConsole, startConsole, type Visitor } from "./running-console.ts";
import { sampleEndpoint } from "./sample-endpoint.ts";

const key = "GET shop.example/products/{productId}";
const products = sampleEndpoint({
  id: "e1",
  calls: 5,
  attacks: 3,
  risk: { score: 40, level: "medium", factors: [] },
});
const login = sampleEndpoint({
  id: "e2",
  method: "POST",
  path: "/login",
  lifecycle: "undocumented",
  calls: 900,
  lastSeenMs: 1,
  authentication: { ...products.authentication, required: false },
  sensitiveData: [
    { in: "request", name: "$.email", class: "email", samples: 9, confidence: 1 },
    { in: "response", name: "$.owner", class: "email", samples: 9, confidence: 1 },
  ],
  risk: { score: 78, level: "high", factors: [] },
});
const { required: _unknown, ...undecided } = products.authentication;
const graph = sampleEndpoint({
  id: "e3",
  method: "POST",
  path: "/graphql",
  operation: "query products",
  style: "graphql",
  calls: 70,
  authentication: undecided,
});

let running: RunningConsole;
let visitor: Visitor;
beforeEach(async () => {
  running = await startConsole({ endpoints: [products, login, graph] });
  visitor = await running.signedIn();
});
afterEach(() => running.close());

async function get<T>(path: string): Promise<T> {
  const reply = await visitor.call("GET", path);
  expect(reply.status, `${path}: ${reply.text}`).toBe(200);
  return reply.json as T;
}

describe("endpoints", () => {
  test.each([
    ["", ["e2", "e1", "e3"]],
    ["?sort=score", ["e3", "e1", "e2"]],
    ["?sort=-calls", ["e2", "e3", "e1"]],
    ["?sort=path", ["e3", "e2", "e1"]],
    ["?sort=-attacks", ["e1", "e3", "e2"]],
    ["?sort=lastSeen", ["e2", "e3", "e1"]],
    ["?lifecycle=undocumented", ["e2"]],
    ["?level=medium", ["e1"]],
    ["?style=graphql", ["e3"]],
    ["?authentication=none", ["e2"]],
    ["?authentication=unknown", ["e3"]],
    ["?sensitive=email", ["e2"]],
    ["?sensitive=any", ["e2"]],
    ["?sensitive=iban", []],
    ["?search=LOGIN+post", ["e2"]],
    ["?search=query%20products", ["e3"]],
    ["?limit=1&offset=1", ["e1"]],
  ])("are found by %s", async (query, expected) => {
    const page = await get<Page<EndpointSummary>>(`/api/endpoints${query}`);

    expect(page.items.map(({ id }) => id)).toEqual(expected);
  });

  test("are summed up with the classes of their sensitive data named once", async () => {
    const page = await get<Page<EndpointSummary>>("/api/endpoints?limit=1");

    expect(page.total).toBe(3);
    expect(page.items[0]).toMatchObject({
      sensitiveData: ["email"],
      authenticationRequired: false,
      score: 78,
      level: "high",
    });
  });

  test.each([
    "?limit=0",
    "?limit=x",
    "?sort=name",
    "?unknown=1",
    `?search=${"x".repeat(201)}`,
  ])("refuse the query %s", async (query) => {
    expect((await visitor.call("GET", `/api/endpoints${query}`)).status).toBe(400);
  });

  test("show one with its mode and its latest traffic", async () => {
    const exchange = sampleExchange({ id: "x1", timeMs: 1, endpoint: "e1" });
    const decision = sampleDecision({ id: "x1", timeMs: 1 });
    await running.storage.traffic.record({
      exchanges: [exchange],
      decisions: [decision],
      incidents: [],
    });
    const view = await get<EndpointView>("/api/endpoints/e1");

    expect(view).toEqual({
      endpoint: products,
      mode: "observe",
      decisions: [{ ...decision, endpoint: { id: "e1", key } }],
      exchanges: [exchange],
    });
    expect((await visitor.call("GET", "/api/endpoints/none")).status).toBe(404);
  });
});

describe("decisions", () => {
  beforeEach(async () => {
    const decisions = [1, 2, 3].map((at) =>
      sampleDecision({ id: `d${at}`, timeMs: at * 1_000, client: `192.0.2.${at}`, endpoint: "e1" }),
    );
    await running.storage.traffic.record({
      exchanges: [sampleExchange({ id: "d2", timeMs: 2_000 })],
      decisions,
      incidents: [
        sampleIncident({ id: "i1", client: "192.0.2.2", firstSeenMs: 1_000, lastSeenMs: 3_000 }),
      ],
    });
  });

  test("are listed newest first, filtered, and page by page", async () => {
    const all = await get<DecisionList>("/api/decisions");
    expect(all.items.map(({ id }) => id)).toEqual(["d3", "d2", "d1"]);
    expect(all.next).toBeUndefined();
    const one = await get<DecisionList>("/api/decisions?client=192.0.2.1&detector=sql-injection");
    expect(one.items.map(({ id }) => id)).toEqual(["d1"]);

    const page = await get<DecisionList>("/api/decisions?limit=2");
    const next = await get<DecisionList>(
      `/api/decisions?limit=2&before=${encodeURIComponent(page.next ?? "")}`,
    );
    expect(next.items.map(({ id }) => id)).toEqual(["d1"]);
  });

  test("refuse a position that no page gave", async () => {
    expect((await visitor.call("GET", "/api/decisions?before=yesterday")).status).toBe(400);
  });

  test("are explained with exchange, incident and the smallest exception", async () => {
    const detail = await get<DecisionDetail>("/api/decisions/d2");

    expect(detail.decision.endpoint).toEqual({ id: "e1", key });
    expect(detail.exchange?.id).toBe("d2");
    expect(detail.incident).toEqual({ id: "i1", summary: "One client tried SQL injection." });
    expect(detail.suggestedExceptions).toEqual([
      { detector: "sql-injection", endpoint: key, field: "path:1" },
    ]);
    expect((await visitor.call("GET", "/api/decisions/none")).status).toBe(404);
  });

  test("that nobody recorded an exchange for are shown without", async () => {
    const detail = await get<DecisionDetail>("/api/decisions/d1");

    expect(detail.exchange).toBeUndefined();
    expect(detail.incident).toBeUndefined();
  });
});

describe("exchanges, incidents and the specification", () => {
  test("are read one by one and as a list", async () => {
    const incident = sampleIncident({ id: "i1", lastSeenMs: 5 });
    await running.storage.traffic.record({
      exchanges: [sampleExchange({ id: "x1", timeMs: 1 })],
      decisions: [],
      incidents: [incident],
    });

    expect(await get("/api/exchanges/x1")).toMatchObject({ id: "x1" });
    expect(await get("/api/incidents?limit=3")).toEqual({ items: [incident] });
    expect(await get("/api/incidents/i1")).toEqual(incident);
    expect((await visitor.call("GET", "/api/exchanges/none")).status).toBe(404);
    expect((await visitor.call("GET", "/api/incidents/none")).status).toBe(404);
  });

  test("is offered as a file", async () => {
    const reply = await visitor.call("GET", "/api/specification");

    expect(reply.text).toBe("openapi: 3.1.0\n");
    expect(reply.headers["content-disposition"]).toMatch(/^attachment/);
  });
});

describe("the policy", () => {
  test("takes modes for everything, one protection, and one endpoint", async () => {
    const set = (json: unknown) => visitor.call("PUT", "/api/policy/mode", { json });
    await set({ mode: "enforce", protection: "attack-detection" });
    await set({ mode: "off", endpoint: key });

    const view = await get<PolicyView>("/api/policy");
    expect(view.protections).toMatchObject([
      { id: "attack-detection", mode: "enforce" },
      { id: "body-limits", mode: "observe" },
    ]);
    expect((await get<EndpointView>("/api/endpoints/e1")).mode).toBe("off");
    const events = running.logged.filter(({ event }) => event === "mode-set");
    expect(events.map(({ details }) => details)).toEqual([
      { account: "admin", mode: "enforce", protection: "attack-detection" },
      { account: "admin", mode: "off", endpoint: key },
    ]);
  });

  test("takes an exception and gives it up again, but not one of the file", async () => {
    const json = { detector: "sql-injection", endpoint: key, field: "path:1", reason: " why " };
    const saved = await visitor.call("POST", "/api/exceptions", { json });
    expect(saved).toMatchObject({ status: 201, json: { ...json, reason: "why" } });
    const { id } = saved.json as { id: string };
    expect((await get<PolicyView>("/api/policy")).exceptions).toHaveLength(2);

    expect((await visitor.call("DELETE", `/api/exceptions/${id}`)).status).toBe(204);
    expect((await visitor.call("DELETE", `/api/exceptions/${id}`)).status).toBe(404);
    expect((await visitor.call("DELETE", "/api/exceptions/from-file")).status).toBe(409);
  });

  test.each([
    ["no detector", { endpoint: key }],
    ["a detector that is no id", { detector: "SQL injection" }],
    ["a field without a location", { detector: "sql-injection", field: "id" }],
    ["an endpoint without a method", { detector: "sql-injection", endpoint: "/products" }],
    ["a reason without end", { detector: "sql-injection", reason: "x".repeat(1_001) }],
  ])("takes no exception with %s", async (_what, json) => {
    expect((await visitor.call("POST", "/api/exceptions", { json })).status).toBe(400);
  });

  test("has room for a thousand exceptions", async () => {
    running.backend.state.exceptions = Array.from({ length: 1_000 }, (_, index) => ({
      id: String(index),
      detector: "sql-injection",
      source: "console" as const,
    }));
    const json = { detector: "sql-injection" };

    expect((await visitor.call("POST", "/api/exceptions", { json })).status).toBe(409);
  });
});

test("every file of routes/ is in the list of routes, and every route in the contract", () => {
  const list = readFileSync("src/console/built-in-routes.ts", "utf8");
  const contract = readFileSync("src/console/contract.ts", "utf8");
  const reference = readFileSync("docs/reference/console-api.md", "utf8");

  for (const file of globSync("src/console/routes/*.ts")) {
    expect(list).toContain(file.replace("src/console/", "./"));
  }
  for (const { method, path } of builtInRoutes) {
    expect(contract).toMatch(new RegExp(`${method} +${path}[ ?\n]`));
    expect(reference).toContain(`${method} ${path}`);
  }
});
