import { expect, test } from "vitest";
import { exchange, times } from "../../test/discovery/exchange.ts";
import { readSpecification } from "../specifications/read-specification.ts";
import type { DocumentedOperation, Specification } from "../specifications/specification.ts";
import { trafficDrift } from "../specifications/traffic-drift.ts";
import { createInventory, type Inventory } from "./inventory.ts";
import { lifecycleDriftOf } from "./lifecycle-drift.ts";

function specificationOf(
  operations: readonly (Pick<DocumentedOperation, "method" | "path"> &
    Partial<DocumentedOperation>)[],
  hosts: readonly string[] = [],
): Specification {
  return {
    source: "a.yaml",
    title: "Users",
    version: "2",
    hosts,
    operations: operations.map((operation) => ({
      deprecated: false,
      parameters: [],
      ...operation,
    })),
  };
}

function seen(): Inventory {
  const inventory = createInventory();
  for (const at of times(12, (at) => at)) {
    inventory.learn({ exchange: exchange({ target: `/users/${at}` }) });
    inventory.learn({ exchange: exchange({ target: "/admin/export" }) });
    inventory.learn({ exchange: exchange({ target: "/old" }) });
  }
  return inventory;
}

const specification = specificationOf([
  { method: "GET", path: "/users/{id}", secured: true },
  { method: "DELETE", path: "/users/{id}" },
  { method: "GET", path: "/old", deprecated: true },
]);

test("tells what is not documented, not called, deprecated in use, and open against its word", () => {
  const drift = lifecycleDriftOf(specification, seen().endpoints());

  expect(drift).toMatchObject({
    title: "Users",
    operations: 3,
    agreed: 2,
    undocumented: [
      { endpoint: "GET api.example/admin/export", evidence: "12 calls from internet" },
    ],
    uncalled: [{ endpoint: "DELETE /users/{id}" }],
    deprecatedInUse: [{ endpoint: "GET api.example/old" }],
    authentication: [
      {
        endpoint: "GET api.example/users/{userId}",
        evidence: "documented as secured, 12 calls without credentials were answered",
      },
    ],
  });
});

test("speaks only of the hosts that a specification names, when they are called", () => {
  const inventory = seen();
  inventory.learn({ exchange: exchange({ target: "/other", host: "other.example" }) });
  const named = { ...specification, hosts: ["api.example"] };
  const elsewhere = { ...specification, hosts: ["production.example"] };

  expect(lifecycleDriftOf(named, inventory.endpoints()).undocumented).toHaveLength(1);
  expect(lifecycleDriftOf(elsewhere, inventory.endpoints()).undocumented).toHaveLength(2);
});

function sendQuery(inventory: Inventory, query: string, at: number): void {
  inventory.learn({
    exchange: exchange({
      method: "POST",
      target: "/graphql",
      client: `203.0.113.${at}`,
      body: { query },
    }),
  });
}

test("operations behind one path are told apart, as far as the specification does", () => {
  const inventory = createInventory();
  for (const at of times(12, (number) => number)) {
    sendQuery(inventory, "{ products { id } }", at);
    sendQuery(inventory, "mutation { removeProduct(id: 1) { id } }", at);
  }
  const graphql = (operation: string) =>
    ({ method: "POST", path: "/graphql", operation, style: "graphql" }) as const;
  const named = specificationOf([graphql("query products"), graphql("query orders")]);
  const whole = specificationOf([{ method: "POST", path: "/graphql" }]);
  const anywhere = specificationOf([{ ...graphql("query products"), isAnywhere: true }]);

  for (const one of [named, anywhere]) {
    expect(lifecycleDriftOf(one, inventory.endpoints())).toMatchObject({
      agreed: 1,
      undocumented: [{ endpoint: expect.stringContaining("mutation removeProduct") }],
    });
  }
  expect(lifecycleDriftOf(named, inventory.endpoints()).uncalled).toEqual([
    { endpoint: "POST /graphql query orders", evidence: "never called so far" },
  ]);
  expect(lifecycleDriftOf(whole, inventory.endpoints())).toMatchObject({
    agreed: 2,
    undocumented: [],
    uncalled: [],
  });
  expect(trafficDrift(whole, inventory.endpoints()).filter(({ isBreaking }) => isBreaking)).toEqual(
    [],
  );
});

test("parameters and schemas that differ are told with the endpoint that they are of", async () => {
  const document = {
    openapi: "3.1.0",
    info: { title: "a", version: "1" },
    paths: {
      "/users/{id}": {
        get: {
          parameters: [{ name: "page", in: "query", schema: { type: "integer" } }],
          responses: {
            "200": {
              content: {
                "application/json": {
                  schema: { type: "object", properties: { id: { type: "integer" } } },
                },
              },
            },
          },
        },
      },
    },
  };
  const read = await readSpecification(JSON.stringify(document), "a.json");
  const inventory = createInventory();
  inventory.addSpecification(read);
  for (const at of times(12, (number) => number)) {
    const target = `/users/${at}?page=p${"xyz".charAt(at % 3)}`;
    const response = { id: at, email: `person${at}@example.org` };
    inventory.learn({ exchange: exchange({ target, client: `203.0.113.${at}`, response }) });
  }
  const [endpoint] = [...inventory.endpoints()];
  expect(lifecycleDriftOf(read, inventory.endpoints())).toMatchObject({
    undocumented: [],
    contradicted: [{ endpointId: endpoint?.id, evidence: "query page was integer, is string" }],
    differing: [{ endpointId: endpoint?.id, evidence: "response 200 $.email is not documented" }],
  });
});

test("a specification that replaces another takes back what only that one said", () => {
  const inventory = seen();
  inventory.replaceSpecifications([specification]);
  const before = [...inventory.endpoints()].map(({ path, lifecycle }) => `${path} ${lifecycle}`);
  inventory.replaceSpecifications([specificationOf([{ method: "GET", path: "/users/{key}" }])]);
  const after = [...inventory.endpoints()].map(({ path, lifecycle }) => `${path} ${lifecycle}`);

  expect(before.sort()).toEqual([
    "/admin/export undocumented",
    "/old zombie",
    "/users/{id} documented",
    "/users/{id} orphan",
  ]);
  expect(after.sort()).toEqual([
    "/admin/export undocumented",
    "/old undocumented",
    "/users/{key} documented",
  ]);
});
