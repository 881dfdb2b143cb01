import { Validator } from "@seriousme/openapi-schema-validator";
import { buildSchema, validateSchema } from "graphql";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { exchange, times } from "../../test/discovery/exchange.ts";
import { createInventory } from "../discovery/inventory.ts";
import { toGraphqlSchema } from "./graphql-export.ts";
import { toOpenApi, toOpenApiYaml } from "./openapi-export.ts";
import { readOpenApi } from "./openapi-import.ts";
import { parseSpecificationText } from "./specification-text.ts";

function learnedShop(): ReturnType<typeof createInventory> {
  const inventory = createInventory();
  for (const at of times(20, (number) => number)) {
    const headers = [["authorization", "Bearer abcdefghijklmnop"]] as const;
    inventory.learn({
      exchange: exchange({
        target: `/orders/${at}?expand=true`,
        headers,
        response: { id: at, total: 2.5 },
      }),
    });
    inventory.learn({
      exchange: exchange({
        method: "POST",
        target: "/orders",
        headers,
        status: 201,
        body: { sku: "a" },
      }),
    });
    inventory.learn({
      exchange: exchange({ method: "POST", target: "/graphql", body: { query: "{ a }" } }),
    });
    inventory.learn({
      exchange: exchange({ method: "POST", target: "/graphql", body: { query: "{ b }" } }),
    });
  }
  return inventory;
}

describe("the exported specification", () => {
  test("has paths, parameters, schemas, security and evidence", () => {
    expect(toOpenApi(learnedShop().endpoints())).toMatchObject({
      openapi: "3.1.0",
      servers: [{ url: "https://api.example" }],
      paths: {
        "/orders/{orderId}": {
          get: {
            security: [{ bearer: [] }],
            parameters: [
              { name: "orderId", in: "path", required: true, schema: { type: "integer" } },
              { name: "expand", in: "query", required: true, schema: { type: "boolean" } },
            ],
            responses: {
              "200": {
                content: {
                  "application/json": {
                    schema: { properties: { id: { type: "integer" }, total: { type: "number" } } },
                  },
                },
              },
            },
            "x-merlon": { lifecycle: "undocumented", calls: 20 },
          },
        },
        "/orders": { post: { requestBody: { content: { "application/json": {} } } } },
        "/graphql": {
          post: {
            "x-merlon": { operation: "query a" },
            "x-merlon-others": [{ operation: "query b" }],
          },
        },
      },
      components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
    });
  });

  test("is read back as the same operations", () => {
    const inventory = learnedShop();
    const text = toOpenApiYaml(inventory.endpoints());
    const back = readOpenApi(parseSpecificationText(text, "discovered.yaml"));
    const found = new Set(
      [...inventory.endpoints()].map(({ method, path }) => `${method} ${path}`),
    );

    expect(new Set(back.operations.map(({ method, path }) => `${method} ${path}`))).toEqual(found);
    expect(back.hosts).toEqual(["api.example"]);
    expect(parse(text)).toEqual(JSON.parse(JSON.stringify(toOpenApi(inventory.endpoints()))));
  });

  test("gives every operation an id of its own", () => {
    const inventory = learnedShop();
    inventory.learn({ exchange: exchange({ target: "/a-b" }) });
    inventory.learn({ exchange: exchange({ target: "/a_b" }) });
    const ids = [...toOpenApiYaml(inventory.endpoints()).matchAll(/operationId: (\S+)/g)].map(
      ([, id]) => id,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("an independent validator", () => {
  test("accepts what is exported, with other methods, keys by name and undeclared parameters", async () => {
    const inventory = learnedShop();
    for (const at of times(6, (number) => number)) {
      inventory.learn({
        exchange: exchange({
          method: "QUERY",
          target: `/search/${at}/a%20b?token=abcdefghijkl${at}&x[]=1`,
          headers: [["x-api-key", `abcdefghijkl${at}`]],
          response: [{ a: null, b: [{ c: 1 }, "x"] }],
        }),
      });
    }
    const result = await new Validator().validate(
      JSON.parse(JSON.stringify(toOpenApi(inventory.endpoints()))) as Record<string, unknown>,
    );
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });
});

test("values of sensitive places are not exported", () => {
  const inventory = createInventory();
  for (const at of times(30, (number) => number)) {
    inventory.learn({
      exchange: exchange({
        target: `/accounts/${at}`,
        response: { state: "open", owners: [{ email: "ann.smith@shop.example" }] },
      }),
    });
  }
  const text = toOpenApiYaml(inventory.endpoints());

  expect(text).not.toContain("ann.smith");
  expect(text).toContain("- open");
});

test("GraphQL operations are exported as a schema", () => {
  const inventory = createInventory();
  for (const at of times(3, (number) => number)) {
    inventory.learn({
      exchange: exchange({
        method: "POST",
        target: "/graphql",
        body: { query: "{ products { id } }" },
        response: { data: { products: [{ id: `p${at}`, price: 1.5, owner: { name: "Ann" } }] } },
      }),
    });
    inventory.learn({
      exchange: exchange({
        method: "POST",
        target: "/graphql",
        body: { query: "mutation { clear }" },
        response: { data: { clear: true } },
      }),
    });
  }
  const text = toGraphqlSchema(inventory.endpoints());

  expect(text).toContain("products: [Products]");
  expect(text).toContain("clear: Boolean");
  expect(text).toContain(
    "type Products {\n  id: String\n  price: Float\n  owner: ProductsOwner\n}",
  );
  expect(validateSchema(buildSchema(text))).toEqual([]);
});
