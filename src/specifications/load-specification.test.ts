import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MerlonError } from "../model/merlon-error.ts";
import { loadSpecification } from "./load-specification.ts";
import { readOpenApi } from "./openapi-import.ts";
import { parseSpecificationText } from "./specification-text.ts";

const read = (text: string) => readOpenApi(parseSpecificationText(text, "api.yaml"));

const shop = `openapi: 3.1.0
info: { title: Shop, version: "2" }
servers:
  - url: https://{region}.shop.example:443/api/
    variables: { region: { default: EU } }
  - url: /v2
security: [{ key: [] }]
paths:
  /orders/{orderId}:
    parameters:
      - $ref: "#/components/parameters/Order"
    get:
      parameters: [{ name: expand, in: query, schema: { type: boolean } }]
    delete: { deprecated: true, security: [] }
components:
  parameters:
    Order: { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
`;

describe("an OpenAPI 3 document", () => {
  test("gives hosts, operations under each base path, parameters and security", () => {
    const { title, version, hosts, operations } = read(shop);

    expect({ title, version, hosts }).toEqual({
      title: "Shop",
      version: "2",
      hosts: ["eu.shop.example"],
    });
    expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /api/orders/{orderId}",
      "GET /v2/orders/{orderId}",
      "DELETE /api/orders/{orderId}",
      "DELETE /v2/orders/{orderId}",
    ]);
    expect(operations[0]).toMatchObject({
      deprecated: false,
      secured: true,
      parameters: [
        { in: "path", name: "orderId", required: true, type: "uuid" },
        { in: "query", name: "expand", required: false, type: "boolean" },
      ],
    });
    expect(operations[2]).toMatchObject({ deprecated: true, secured: false });
  });

  test("may be JSON", () => {
    const { operations } = read(
      JSON.stringify({ openapi: "3.0.3", paths: { "/a": { post: {} } } }),
    );
    expect(operations).toMatchObject([{ method: "POST", path: "/a" }]);
  });
});

test("a Swagger 2.0 document gives host and base path", () => {
  const { hosts, operations } = read(
    "swagger: '2.0'\nhost: API.example:80\nschemes: [http]\nbasePath: /v1/\npaths: { /a: { get: {} } }",
  );
  expect(hosts).toEqual(["api.example"]);
  expect(operations).toMatchObject([{ path: "/v1/a" }]);
});

describe("an invalid specification", () => {
  test.each([
    ["is no OpenAPI", "a: 1", "api.yaml: /: neither"],
    ["is no object", "- 1", "api.yaml: /: not an object"],
    ["is no YAML", "openapi: 3.0.0\npaths: {\n  a: [", "api.yaml:3:"],
    [
      "has a reference to another file",
      "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      parameters:\n        - $ref: other.yaml#/P",
      "api.yaml:6: /paths/~1a/get/parameters/0: other.yaml#/P is in another file",
    ],
    [
      "has a reference that leads nowhere",
      "openapi: 3.0.0\npaths:\n  /a:\n    $ref: '#/components/pathItems/x'",
      "/paths/~1a: #/components/pathItems/x leads nowhere",
    ],
    [
      "has references in a circle",
      "openapi: 3.0.0\npaths:\n  /a: { $ref: '#/paths/~1b' }\n  /b: { $ref: '#/paths/~1a' }",
      "leads in a circle",
    ],
    [
      "has a parameter without a name",
      "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      parameters: [{ in: query }]",
      "api.yaml:5: /paths/~1a/get/parameters/0: a parameter needs a name",
    ],
    [
      "has an operation that is none",
      "openapi: 3.0.0\npaths:\n  /a:\n    get: soon",
      "api.yaml:4: /paths/~1a/get: not an object",
    ],
  ])("that %s is refused with line and pointer", (_what, text, message) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: "ERR_SPECIFICATION_INVALID",
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });

  test("with an alias bomb is refused", () => {
    const bomb = ["a0: &a0 [x, x]"];
    for (let at = 1; at < 30; at += 1) bomb.push(`a${at}: &a${at} [*a${at - 1}, *a${at - 1}]`);
    expect(() => read(bomb.join("\n"))).toThrow("too many aliases");
  });

  test("never fails in another way", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          read(JSON.stringify({ openapi: "3.1.0", paths: value, servers: value }));
        } catch (error) {
          expect(error).toBeInstanceOf(MerlonError);
        }
      }),
    );
  });
});

test("a file that cannot be read says so", async () => {
  const folder = await mkdtemp(join(tmpdir(), "merlon-"));
  await writeFile(join(folder, "api.yaml"), shop);

  expect((await loadSpecification(join(folder, "api.yaml"))).operations).toHaveLength(4);
  await expect(loadSpecification(join(folder, "none.yaml"))).rejects.toMatchObject({
    code: "ERR_INPUT_UNREADABLE",
  });
});
