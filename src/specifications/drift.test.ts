import { describe, expect, test } from "vitest";
import { exchange, times } from "../../test/discovery/exchange.ts";
import { createInventory } from "../discovery/inventory.ts";
import { comparableSpecification } from "./comparable-specification.ts";
import { type DriftItem, driftBetween } from "./drift.ts";
import { readSpecification } from "./read-specification.ts";
import { trafficDrift } from "./traffic-drift.ts";

type Document = Readonly<Record<string, unknown>>;

const withPaths = (paths: Document, more: Document = {}): string =>
  JSON.stringify({ openapi: "3.1.0", info: { title: "a", version: "1" }, paths, ...more });

async function between(before: Document, after: Document): Promise<readonly string[]> {
  const [was, is] = await Promise.all(
    [before, after].map(async (paths) => await readSpecification(withPaths(paths), "a.json")),
  );
  if (was === undefined || is === undefined) throw new Error("unreachable");
  return driftBetween(comparableSpecification(was), comparableSpecification(is)).map(textOf);
}

function textOf({ isBreaking, operation, place, explanation }: DriftItem): string {
  return `${isBreaking ? "breaking" : "harmless"}: ${operation} ${place} ${explanation}`;
}

const returning = (schema: Document): Document => ({
  get: { responses: { "200": { content: { "application/json": { schema } } } } },
});

const taking = (schema: Document): Document => ({
  post: { requestBody: { content: { "application/json": { schema } } }, responses: {} },
});

const object = (properties: Document, required: readonly string[] = []): Document => ({
  type: "object",
  properties,
  required,
});

const query = (more: Document): Document => ({
  get: { parameters: [{ name: "page", in: "query", schema: { type: "integer" }, ...more }] },
});

describe("two descriptions", () => {
  test.each([
    ["equal ones", { "/a/{id}": query({}) }, { "/a/{key}": query({}) }, []],
    ["a missing operation", { "/a": { get: {} } }, {}, ["breaking: GET /a  is gone"]],
    ["a new operation", {}, { "/a": { get: {} } }, ["harmless: GET /a  is new"]],
    [
      "a deprecated operation",
      { "/a": { get: {} } },
      { "/a": { get: { deprecated: true } } },
      ["harmless: GET /a  is deprecated now"],
    ],
    [
      "an operation that asks for credentials",
      { "/a": { get: { security: [] } } },
      { "/a": { get: { security: [{ key: [] }] } } },
      ["breaking: GET /a security asks for credentials now"],
    ],
    [
      "a parameter that became required",
      { "/a": query({}) },
      { "/a": query({ required: true }) },
      ["breaking: GET /a query page is required now"],
    ],
    [
      "a parameter of another type",
      { "/a": query({}) },
      { "/a": query({ schema: { type: "string" } }) },
      ["breaking: GET /a query page was integer, is string"],
    ],
    [
      "a parameter that takes more",
      { "/a": query({}) },
      { "/a": query({ schema: { type: "number" } }) },
      ["harmless: GET /a query page was integer, is number"],
    ],
    [
      "a new required parameter",
      { "/a": { get: {} } },
      { "/a": query({ required: true }) },
      ["breaking: GET /a query page is new and required"],
    ],
    [
      "an answer without a member that was always there",
      { "/a": returning(object({ id: {}, name: {} }, ["name"])) },
      { "/a": returning(object({ id: {} })) },
      ["breaking: GET /a response 200 $.name is gone"],
    ],
    [
      "an answer with a new member",
      { "/a": returning(object({})) },
      { "/a": returning(object({ id: {} }, ["id"])) },
      ["harmless: GET /a response 200 $.id is new"],
    ],
    [
      "an answer that may be null",
      { "/a": returning(object({ id: { type: "string" } })) },
      { "/a": returning(object({ id: { type: "string", nullable: true } })) },
      ["breaking: GET /a response 200 $.id was string, is null or string"],
    ],
    [
      "a request with a new required member",
      { "/a": taking(object({})) },
      { "/a": taking(object({ id: {} }, ["id"])) },
      ["breaking: POST /a request $.id is new and required"],
    ],
    [
      "a request that takes fewer values",
      { "/a": taking({ type: "array", items: { enum: ["a", "b"] } }) },
      { "/a": taking({ type: "array", items: { enum: ["a"] } }) },
      ['breaking: POST /a request $[*] no longer takes "b"'],
    ],
    [
      "an answer that takes fewer values",
      { "/a": returning({ enum: ["a", "b"] }) },
      { "/a": returning({ enum: ["a"] }) },
      ['harmless: GET /a response 200 $ no longer takes "b"'],
    ],
  ])("differ by %s", async (_what, before, after, expected) => {
    expect(await between(before, after)).toEqual(expected);
  });

  test("are compared behind references, joined schemas and circles", async () => {
    const components = (type: string): Document => ({
      components: {
        schemas: {
          Node: {
            allOf: [
              { properties: { next: { $ref: "#/components/schemas/Node" } } },
              { properties: { id: { type } } },
            ],
          },
        },
      },
    });
    const paths = { "/a": returning({ $ref: "#/components/schemas/Node" }) };
    const [was, is] = await Promise.all(
      ["integer", "string"].map(
        async (type) => await readSpecification(withPaths(paths, components(type)), "a"),
      ),
    );
    const items = driftBetween(
      comparableSpecification(was ?? never()),
      comparableSpecification(is ?? never()),
    );
    expect(items.map(textOf)).toEqual([
      "breaking: GET /a response 200 $.id was integer, is string",
    ]);
  });

  test("stay quick where references double at every level", async () => {
    const schemas = Object.fromEntries(
      times(30, (at) => [
        `S${at}`,
        object({
          a: { $ref: `#/components/schemas/S${at + 1}` },
          b: { $ref: `#/components/schemas/S${at + 1}` },
        }),
      ]),
    );
    const paths = { "/a": returning({ $ref: "#/components/schemas/S0" }) };
    const read = await readSpecification(withPaths(paths, { components: { schemas } }), "a");
    expect(driftBetween(comparableSpecification(read), comparableSpecification(read))).toEqual([]);
  });
});

function never(): never {
  throw new Error("unreachable");
}

describe("a description and traffic", () => {
  const paths = {
    "/orders/{id}": {
      get: {
        security: [{ key: [] }],
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "integer" } },
          { name: "expand", in: "query", required: true, schema: { type: "boolean" } },
          { name: "unused", in: "query", schema: { type: "string" } },
        ],
        responses: {
          "2XX": {
            content: {
              "application/json": {
                schema: object({ id: { type: "integer" }, note: { type: "string" } }, ["id"]),
              },
            },
          },
        },
      },
    },
    "/carts": { get: {} },
  };

  test("differ where traffic contradicts it, at every level", async () => {
    const specification = await readSpecification(withPaths(paths), "a.json");
    const inventory = createInventory();
    inventory.addSpecification(specification);
    for (const at of times(20, (number) => number)) {
      const expand = at % 2 === 0 ? "expand=yes&" : "";
      inventory.learn({
        exchange: exchange({
          target: `/orders/${at}?${expand}debug=1`,
          client: `203.0.113.${at}`,
          response: { id: `o-${at}-${at * 7}`, secret: 1 },
        }),
      });
      inventory.learn({ exchange: exchange({ target: "/admin" }) });
    }
    const items = trafficDrift(specification, inventory.endpoints()).map(textOf);

    expect(items.sort()).toEqual([
      "breaking: GET /admin  is called and not documented",
      "breaking: GET /orders/{id} query debug is sent and not documented",
      "breaking: GET /orders/{id} query expand is documented as required and was left out",
      "breaking: GET /orders/{id} query expand was boolean, is string",
      "breaking: GET /orders/{id} response 200 $.id was integer, is string",
      "breaking: GET /orders/{id} security answers without credentials against its word",
      "harmless: GET /carts  was never called",
      "harmless: GET /orders/{id} query unused was never sent",
      "harmless: GET /orders/{id} response 200 $.note was never seen",
      "harmless: GET /orders/{id} response 200 $.secret is not documented",
    ]);
  });

  test("do not differ where traffic uses only a part of it", async () => {
    const specification = await readSpecification(withPaths(paths), "a.json");
    const inventory = createInventory();
    for (const at of times(20, (number) => number)) {
      inventory.learn({
        exchange: exchange({
          target: `/orders/${at}?expand=true`,
          headers: [["x-api-key", "abcdefghijkl"]],
          response: { id: at },
        }),
      });
    }
    const items = trafficDrift(specification, inventory.endpoints());
    expect(items.filter(({ isBreaking }) => isBreaking)).toEqual([]);
  });
});
