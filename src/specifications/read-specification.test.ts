import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { buildSchema, introspectionFromSchema } from "graphql";
import { describe, expect, test } from "vitest";
import { exchange, times } from "../../test/discovery/exchange.ts";
import { createInventory } from "../discovery/inventory.ts";
import { MerlonError } from "../model/merlon-error.ts";
import { loadSpecification } from "./load-specification.ts";
import { readSpecification } from "./read-specification.ts";

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "merlon-specification-"));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

function invalid(message: string): unknown {
  return expect.objectContaining({
    code: "ERR_SPECIFICATION_INVALID",
    message: expect.stringContaining(message) as string,
  });
}

describe("an OpenAPI description in several files", () => {
  const files = {
    "openapi.yaml":
      "openapi: 3.1.0\npaths:\n  /users/{id}:\n    $ref: paths/users.yaml#/one\n  /pets: { get: { parameters: [{ $ref: 'components/limit.json' }] } }\ncomponents: { schemas: { Id: { type: integer } } }",
    "paths/users.yaml":
      "one:\n  get:\n    parameters:\n      - { name: id, in: path, required: true, schema: { $ref: '../openapi.yaml#/components/schemas/Id' } }\n    responses: { '200': { content: { application/json: { schema: { $ref: '#/user' } } } } }\nuser: { type: object, properties: { friend: { $ref: '#/user' } } }",
    "components/limit.json": '{ "name": "limit", "in": "query", "schema": { "type": "integer" } }',
  };

  test("is read as one, references in circles included", async () => {
    const folder = await folderWith(files);
    const { operations, document } = await loadSpecification(join(folder, "openapi.yaml"));

    expect(operations).toMatchObject([
      { method: "GET", path: "/users/{id}", parameters: [{ name: "id", in: "path" }] },
      { method: "GET", path: "/pets", parameters: [{ name: "limit", type: "integer" }] },
    ]);
    expect(JSON.stringify(document)).toContain('"$ref":"#/x-merlon-files/1/user"');
    expect(JSON.stringify(document)).toContain('"$ref":"#/components/schemas/Id"');
  });

  test.each([
    ["that is missing", "none.yaml", "is no file that can be read"],
    ["outside of its folder", "../../../../../../etc/passwd", "is no file that can be read"],
    ["at an absolute path", "/etc/passwd", "is no file that can be read"],
    ["on the network", "https://example.com/a.yaml", "is on the network"],
  ])("is refused when it refers to a file %s", async (_what, reference, problem) => {
    const folder = await folderWith({
      "api.yaml": `openapi: 3.1.0\npaths:\n  /a:\n    $ref: ${reference}`,
    });
    await expect(loadSpecification(join(folder, "api.yaml"))).rejects.toEqual(
      invalid(`api.yaml:4: /paths/~1a: ${reference} ${problem}`),
    );
  });

  test("does not follow a link out of its folder", async () => {
    const folder = await folderWith({
      "api.yaml": "openapi: 3.1.0\npaths: { /a: { $ref: b.yaml } }",
    });
    await symlink("/etc/hostname", join(folder, "b.yaml"));
    await expect(loadSpecification(join(folder, "api.yaml"))).rejects.toEqual(
      invalid("b.yaml is no file"),
    );
  });

  test("names the file in which an error is", async () => {
    const folder = await folderWith({
      "api.yaml": "openapi: 3.1.0\npaths: { /a: { $ref: 'b.yaml' } }",
      "b.yaml": "get:\n  parameters:\n    - $ref: '#/none'",
    });
    await expect(loadSpecification(join(folder, "api.yaml"))).rejects.toEqual(
      invalid("#/x-merlon-files/1/none leads nowhere"),
    );
  });
});

const schema = `"""What a shop sells."""
type Query { products(first: Int!, after: String): [Product!]! old: Int @deprecated }
type Product { id: ID! }
extend type Mutation { addToCart(id: ID!): Boolean }
type Mutation { clear: Boolean }`;

describe("a GraphQL schema", () => {
  const operations = [
    { operation: "query products", deprecated: false, style: "graphql", isAnywhere: true },
    { operation: "query old", deprecated: true },
    { operation: "mutation addToCart", parameters: [{ name: "id", required: true, type: "ID!" }] },
    { operation: "mutation clear" },
  ];

  test("documents the fields of its root types", async () => {
    const read = await readSpecification(schema, "shop.graphql");
    expect(read.operations).toMatchObject(operations);
    expect(read.document).toEqual({ format: "graphql", text: schema });
  });

  test("may be the answer to an introspection query", async () => {
    const built = buildSchema(schema.replace("extend type Mutation", "type Other"));
    const read = await readSpecification(
      JSON.stringify({ data: introspectionFromSchema(built) }),
      "shop.json",
    );
    expect(read.operations.map(({ operation }) => operation)).toEqual([
      "query products",
      "query old",
      "mutation clear",
    ]);
  });

  test("may name its root types itself", async () => {
    const text = "schema { query: Root }\ntype Root { a: Int }\ntype Query { b: Int }";
    const { operations: own } = await readSpecification(text, "a.graphql");
    expect(own.map(({ operation }) => operation)).toEqual(["query a"]);
  });

  test("that is broken is refused with its place", async () => {
    await expect(readSpecification("type Query {\n  a: }", "a.graphql")).rejects.toEqual(
      invalid("a.graphql:2:6: Syntax Error"),
    );
  });

  test("tells documented from shadow operations wherever they are served", async () => {
    const inventory = createInventory();
    inventory.addSpecification(await readSpecification(schema, "shop.graphql"));
    for (const field of ["products(first: 1) { id }", "secrets"]) {
      inventory.learn({
        exchange: exchange({
          method: "POST",
          target: "/api/gateway",
          body: { query: `{ ${field} }` },
        }),
      });
    }
    const found = [...inventory.endpoints()].map(
      ({ path, operation, lifecycle }) => `${path} ${operation} ${lifecycle}`,
    );
    expect(found).toContain("/api/gateway query products documented");
    expect(found).toContain("/api/gateway query secrets undocumented");
    expect(found).toContain("/graphql mutation addToCart orphan");
    expect(found).toHaveLength(5);
  });
});

const wsdl = `<?xml version="1.0"?>
<wsdl:definitions name="Stock" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:tns="urn:stock">
  <wsdl:types><xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsd:include schemaLocation="types.xsd"/></xsd:schema></wsdl:types>
  <wsdl:message name="GetPriceIn"><wsdl:part name="body" element="tns:GetPriceRequest"/></wsdl:message>
  <wsdl:portType name="StockPort">
    <wsdl:operation name="GetPrice"><wsdl:input message="tns:GetPriceIn"/></wsdl:operation>
    <wsdl:operation name="Reset"/>
  </wsdl:portType>
  <wsdl:binding name="StockSoap" type="tns:StockPort">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="GetPrice"><soap:operation soapAction="urn:stock/GetPrice"/></wsdl:operation>
    <wsdl:operation name="Reset"><soap:operation style="rpc"/></wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="Stock"><wsdl:port name="P" binding="tns:StockSoap">
    <soap:address location="http://soap.example:8080/ws/stock"/>
  </wsdl:port></wsdl:service>
</wsdl:definitions>`;

describe("a WSDL description", () => {
  test("documents the elements that stand in envelopes", async () => {
    const folder = await folderWith({ "stock.wsdl": wsdl, "types.xsd": "<xsd:schema/>" });
    const read = await loadSpecification(join(folder, "stock.wsdl"));

    expect(read.hosts).toEqual(["soap.example:8080"]);
    expect(read.operations).toMatchObject([
      { method: "POST", path: "/ws/stock", operation: "GetPriceRequest", style: "soap" },
      { method: "POST", path: "/ws/stock", operation: "Reset" },
    ]);
    expect(read.document).toMatchObject({ format: "wsdl", schemas: ["<xsd:schema/>"] });
  });

  test.each([
    ["is cut", wsdl.slice(0, 300), "stock.wsdl:"],
    ["is other XML", "<?xml version='1.0'?>\n<schema/>", "stock.wsdl:2: <schema> instead of"],
    ["includes what is not there", wsdl, "stock.wsdl:3: types.xsd is no file"],
  ])("that %s is refused with its line", async (_what, text, problem) => {
    const folder = await folderWith({ "stock.wsdl": text });
    await expect(loadSpecification(join(folder, "stock.wsdl"))).rejects.toEqual(invalid(problem));
  });

  test("expands no entities", async () => {
    const bomb = `<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><definitions>&b;</definitions>`;
    await expect(readSpecification(bomb, "bomb.wsdl")).rejects.toEqual(invalid("bomb.wsdl:1"));
  });
});

describe("a Postman collection", () => {
  const collection = {
    info: { name: "Shop", schema: "https://schema.getpostman.com/json/collection/v2.1.0/" },
    variable: [{ key: "base", value: "https://shop.example/api" }],
    auth: { type: "bearer" },
    item: [
      {
        name: "Orders",
        item: [
          {
            request: {
              method: "GET",
              url: {
                raw: "{{base}}/orders/:orderId/lines/17?page=1",
                query: [{ key: "page", value: "1" }],
              },
            },
          },
          { request: { method: "POST", auth: { type: "noauth" }, url: "{{base}}/orders" } },
        ],
      },
      { request: "{{elsewhere}}/status" },
    ],
  };

  test("documents its requests", async () => {
    const read = await readSpecification(JSON.stringify(collection), "shop.json");
    expect(read).toMatchObject({
      title: "Shop",
      hosts: ["shop.example"],
      operations: [
        {
          method: "GET",
          path: "/api/orders/{orderId}/lines/{id}",
          secured: true,
          parameters: [{ name: "orderId" }, { name: "id" }, { name: "page", in: "query" }],
        },
        { method: "POST", path: "/api/orders", secured: false },
        { method: "GET", path: "/status" },
      ],
    });
  });

  test("with an item that is none is refused with its pointer", async () => {
    const broken = { ...collection, item: [{ item: [7] }] };
    await expect(readSpecification(JSON.stringify(broken, null, 1), "a.json")).rejects.toEqual(
      invalid("/item/0/item/0: not an object"),
    );
  });
});

test("no text fails in another way than with a coded error", async () => {
  const starts = ["", "<", "type Query {", '{"info":{},"item":', "openapi: 3.0.0\npaths:\n "];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...starts), fc.string(), async (start, rest) => {
      await readSpecification(start + rest, "a").catch((error: unknown) =>
        expect(error).toBeInstanceOf(MerlonError),
      );
    }),
    { numRuns: 300 },
  );
});

test("a busy operation does not hide a quiet one at the same place", async () => {
  const inventory = createInventory();
  inventory.addSpecification(await readSpecification("type Query { a: Int b: Int }", "s.graphql"));
  for (const _ of times(5, (at) => at)) {
    inventory.learn({
      exchange: exchange({ method: "POST", target: "/graphql", body: { query: "{ a }" } }),
    });
  }
  const found = [...inventory.endpoints()].map(({ operation, lifecycle }) => [
    operation,
    lifecycle,
  ]);
  expect(found).toEqual([
    ["query a", "documented"],
    ["query b", "orphan"],
  ]);
});
