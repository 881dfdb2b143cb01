import { expect, test } from "vitest";
import { exchange, times } from "../../test/discovery/exchange.ts";
import type { DocumentedOperation, Specification } from "../specifications/specification.ts";
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
