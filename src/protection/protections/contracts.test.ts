import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Decision } from "../../model/decision.ts";
import type { Header, RequestHead } from "../../model/exchange.ts";
import { readGraphqlSchema } from "../../specifications/graphql-import.ts";
import { readOpenApi } from "../../specifications/openapi-import.ts";
import { readSpecification } from "../../specifications/read-specification.ts";
import { parseSpecificationText } from "../../specifications/specification-text.ts";
import { createGuard } from "../create-guard.ts";
import type { Knowledge } from "../knowledge.ts";
import { contracts } from "./contracts.ts";

const shop = `openapi: 3.0.3
info: { title: Shop, version: "1" }
servers: [{ url: https://shop.example/api }]
paths:
  /orders:
    get:
      parameters:
        - { name: page, in: query, schema: { type: integer, minimum: 1 } }
        - { name: ids, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: integer } } }
        - { name: tags, in: query, schema: { type: array, items: { type: string, enum: [new, sale] } } }
        - { name: filter, in: query, style: deepObject, schema: { type: object, properties: { state: { type: string, enum: [open, paid] } } } }
        - { name: x-tenant, in: header, schema: { type: string, format: uuid } }
        - { name: theme, in: cookie, schema: { type: string, enum: [dark, light] } }
        - { name: token, in: query, schema: { type: string, pattern: '^(a+)+$' } }
    post:
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Order' } }
          application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/Order' } }
          multipart/form-data: { schema: { $ref: '#/components/schemas/Order' } }
          application/xml: { schema: { $ref: '#/components/schemas/Order' } }
  /orders/{orderId}:
    get:
      parameters: [{ name: orderId, in: path, required: true, schema: { type: integer } }]
      responses:
        "200":
          content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
    delete: { parameters: [{ name: orderId, in: path, required: true, schema: { type: integer } }] }
  /orders/{orderId}.pdf:
    get: { parameters: [{ name: orderId, in: path, required: true, schema: { type: integer } }] }
  /orders/me: { get: {} }
  /points/{at}:
    get: { parameters: [{ name: at, in: path, required: true, style: matrix, schema: { type: array, items: { type: integer } } }] }
  /strict:
    put:
      requestBody:
        content:
          application/json:
            schema: { type: object, additionalProperties: false, properties: { name: { type: string, maxLength: 5, nullable: true } } }
  /any: { post: { requestBody: { content: { application/json: { schema: { type: object } } } } } }
components:
  schemas:
    Order:
      type: object
      required: [sku, quantity, id]
      properties:
        id: { type: integer, readOnly: true }
        sku: { type: string, minLength: 2 }
        quantity: { type: integer, minimum: 1, maximum: 99 }
        gift: { type: boolean }
        pin: { type: string, writeOnly: true }
        role: { type: string, readOnly: true }
        lines: { type: array, items: { $ref: '#/components/schemas/Order' } }
        owner: { allOf: [{ $ref: '#/components/schemas/Person' }, { type: object, properties: { nick: { type: string } } }] }
    Person: { type: object, properties: { name: { type: string }, mail: { type: string, format: email } } }
`;

const known: Knowledge = {
  specifications: [readOpenApi(parseSpecificationText(shop, "shop.yaml"))],
  endpoints: [],
};

interface Sent {
  readonly method?: string;
  readonly target: string;
  readonly headers?: readonly Header[];
  readonly body?: unknown;
  readonly type?: string;
  readonly host?: string;
  readonly response?: unknown;
}

function decisionOn(
  sent: Sent,
  setting: Readonly<Record<string, unknown>> = {},
  knowledge: Knowledge = known,
): Decision | undefined {
  let decision: Decision | undefined;
  const guard = createGuard({
    policy: {
      mode: "enforce",
      onFailure: "block",
      protections: { contracts: setting },
      apis: [],
      endpoints: [],
      exceptions: [{ id: "known", detector: "undeclared-property", field: "body:$.clientVersion" }],
    },
    record: (record) => {
      decision = record.decision;
    },
    now: () => 0,
    newId: () => "id",
    knowledge,
    protections: [contracts],
  });
  const transaction = guard.open({ client: "192.0.2.1" });
  const body = bytesOf(sent.body);
  transaction.requestHeaders(headOf(sent, body));
  if (body !== undefined) transaction.requestBody(body, true);
  if (sent.response !== undefined) {
    transaction.responseHeaders({ status: 200, headers: [["content-type", "application/json"]] });
    transaction.responseBody(Buffer.from(JSON.stringify(sent.response)), true);
  }
  transaction.close();
  return decision;
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined) return undefined;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

function headOf(sent: Sent, body: Buffer | undefined): RequestHead {
  const [path = "", query = ""] = sent.target.split("?", 2);
  const type: Header = ["content-type", sent.type ?? "application/json"];
  return {
    method: sent.method ?? (body === undefined ? "GET" : "POST"),
    scheme: "https",
    authority: sent.host ?? "shop.example",
    path,
    query,
    httpVersion: "1.1",
    headers: [
      ...(sent.headers ?? []),
      ...(body === undefined ? [] : [type, ["content-length", String(body.length)] as const]),
    ],
  };
}

const detectorsOf = (decision: Decision | undefined): readonly string[] =>
  (decision?.detections ?? []).map(({ detector, name }) => `${detector} ${name}`);

const order = { sku: "ab", quantity: 2 };
const formType = "application/x-www-form-urlencoded";

describe("a request that the description does not have", () => {
  test.each<[string, number, string, Sent]>([
    ["path", 404, "undeclared-path ", { target: "/api/admin" }],
    ["path in another spelling", 404, "undeclared-path ", { target: "/api/./x/../admin" }],
    ["path on a host of nobody", 404, "undeclared-path ", { target: "/api/a", host: "1.2.3.4" }],
    ["method", 405, "undeclared-method ", { target: "/api/orders/1", method: "PUT" }],
    ["parameter", 400, "undeclared-parameter debug", { target: "/api/orders?debug=1" }],
    [
      "privileged parameter",
      400,
      "privileged-property isAdmin",
      { target: "/api/orders?isAdmin=1" },
    ],
    [
      "body",
      400,
      "undeclared-parameter $",
      { target: "/api/orders/1", method: "DELETE", body: {} },
    ],
    [
      "media type",
      415,
      "undeclared-media-type $",
      { target: "/api/orders", body: "a", type: "text/csv" },
    ],
    [
      "privileged property",
      400,
      "privileged-property $.isAdmin",
      { target: "/api/orders", body: { ...order, isAdmin: true } },
    ],
    [
      "privileged property in a list",
      400,
      "privileged-property $.lines[0].owner.roles",
      {
        target: "/api/orders",
        body: { ...order, lines: [{ ...order, owner: { roles: ["root"] } }] },
      },
    ],
    [
      "privileged property of a form",
      400,
      "privileged-property $.owner.is_admin",
      { target: "/api/orders", body: "sku=ab&quantity=2&owner[is_admin]=1", type: formType },
    ],
    [
      "read-only privileged property",
      400,
      "privileged-property $.role",
      { target: "/api/orders", body: { ...order, role: "root" } },
    ],
    [
      "property of a closed schema",
      400,
      "undeclared-property $.size",
      { target: "/api/strict", method: "PUT", body: { name: "a", size: 1 } },
    ],
    [
      "member named __proto__",
      400,
      "undeclared-property $.__proto__",
      { target: "/api/strict", method: "PUT", body: '{"__proto__":{"a":1}}' },
    ],
  ])("by its %s is refused with %i", (_what, status, detection, sent) => {
    const decision = decisionOn(sent);

    expect(decision).toMatchObject({ action: "block", status });
    expect(detectorsOf(decision)).toContain(detection);
  });

  test.each<[string, Sent]>([
    ["is declared", { target: "/api/orders" }],
    ["is literal beside a template", { target: "/api/orders/me" }],
    ["has its method for HEAD from GET", { target: "/api/orders/7", method: "HEAD" }],
    [
      "is a preflight",
      {
        target: "/api/orders",
        method: "OPTIONS",
        headers: [["access-control-request-method", "PUT"]],
      },
    ],
    ["lies outside of the base path", { target: "/health" }],
    ["has a parameter of campaigns", { target: "/api/orders?utm_source=a&_=1" }],
    ["fills an object that takes anything", { target: "/api/any", body: { isAdmin: true } }],
    [
      "has an undeclared property that decides nothing",
      { target: "/api/orders", body: { ...order, note: "a" } },
    ],
    ["sends back what it read", { target: "/api/orders", body: { ...order, id: 3 } }],
  ])("but %s passes", (_what, sent) => {
    expect(decisionOn(sent)?.action ?? "allow").toBe("allow");
  });
});

describe("a value that is not as described", () => {
  test.each<[string, string, Sent]>([
    ["path parameter", "orderId", { target: "/api/orders/1%20or%201" }],
    ["path parameter with a suffix", "orderId", { target: "/api/orders/x.pdf" }],
    ["matrix parameter", "at", { target: "/api/points/;at=1,x" }],
    ["query parameter", "page", { target: "/api/orders?page=0" }],
    ["query parameter given twice", "page", { target: "/api/orders?page=1&page=2" }],
    ["pipe-delimited list", "ids", { target: "/api/orders?ids=1%7Cb" }],
    ["exploded list", "tags", { target: "/api/orders?tags=new&tags=old" }],
    ["deep object", "filter", { target: "/api/orders?filter[state]=lost" }],
    ["header", "x-tenant", { target: "/api/orders", headers: [["x-tenant", "1"]] }],
    ["cookie", "theme", { target: "/api/orders", headers: [["cookie", "a=b; theme=blue"]] }],
    ["pattern that would backtrack", "token", { target: `/api/orders?token=${"a".repeat(60)}!` }],
    [
      "integer in JSON",
      "$.quantity",
      { target: "/api/orders", body: { sku: "ab", quantity: 1.5 } },
    ],
    [
      "bound in a nested body",
      "$.lines[0].quantity",
      { target: "/api/orders", body: { ...order, lines: [{ sku: "ab", quantity: 100 }] } },
    ],
    [
      "integer in a form",
      "$.quantity",
      { target: "/api/orders", body: "sku=ab&quantity=many", type: formType },
    ],
    [
      "integer in a multipart",
      "$.quantity",
      {
        target: "/api/orders",
        type: "multipart/form-data; boundary=x",
        body: '--x\r\ncontent-disposition: form-data; name="sku"\r\n\r\nab\r\n--x\r\ncontent-disposition: form-data; name="quantity"\r\n\r\nmany\r\n--x--\r\n',
      },
    ],
    [
      "integer in XML",
      "$.quantity",
      {
        target: "/api/orders",
        type: "application/xml",
        body: "<Order><sku>ab</sku><quantity>many</quantity></Order>",
      },
    ],
    [
      "number beyond all numbers",
      "$.quantity",
      { target: "/api/orders", body: '{"sku":"ab","quantity":1e999}' },
    ],
    ["missing property", "$", { target: "/api/orders", body: { sku: "ab" } }],
    [
      "repeated key",
      "$",
      { target: "/api/orders", body: '{"sku":"ab","quantity":1,"quantity":1}' },
    ],
    [
      "body nested too deep",
      "$",
      { target: "/api/any", body: `{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}` },
    ],
    ["body that is no JSON", "$", { target: "/api/any", body: "{" }],
    [
      "document type declaration",
      "$",
      { target: "/api/orders", type: "application/xml", body: "<!DOCTYPE a><Order/>" },
    ],
  ])("in a %s is refused with 400", (_what, name, sent) => {
    const decision = decisionOn(sent);

    expect(decision).toMatchObject({ action: "block", status: 400 });
    expect(decision?.detections.map((detection) => detection.name)).toContain(name);
    expect(decision?.detections[0]?.explanation).toContain("(shop.yaml #/");
  });

  test("says so when the body is missing", () => {
    const decision = decisionOn({ target: "/api/orders", method: "POST" });

    expect(decision).toMatchObject({ action: "block", status: 400 });
  });

  test.each<[string, Sent]>([
    [
      "all parameters",
      {
        target: "/api/orders?page=2&ids=1%7C2&tags=new&tags=sale&filter[state]=paid&token=aaa",
        headers: [
          ["x-tenant", "0b7d2c1e-7a55-4b1c-9a3e-2f6c5d4e3b2a"],
          ["cookie", "theme=dark"],
        ],
      },
    ],
    ["a list written with commas", { target: "/api/orders?tags=new,sale" }],
    ["a parameter left empty", { target: "/api/orders?page=" }],
    ["a suffix", { target: "/api/orders/12.pdf" }],
    ["a matrix list", { target: "/api/points/;at=1,2" }],
    [
      "JSON",
      {
        target: "/api/orders",
        body: { ...order, gift: true, owner: { name: "A", nick: "b", mail: "a@b.example" } },
      },
    ],
    ["JSON without a type", { target: "/api/orders", body: order, type: "" }],
    [
      "a form",
      {
        target: "/api/orders",
        body: "sku=ab&quantity=3&gift=false&lines[0][sku]=cd&lines[0][quantity]=1",
        type: formType,
      },
    ],
    [
      "XML",
      {
        target: "/api/orders",
        type: "application/xml",
        body: "<Order><sku>ab</sku><quantity>3</quantity></Order>",
      },
    ],
    ["null where it may be", { target: "/api/strict", method: "PUT", body: { name: null } }],
    [
      "a property that an exception names",
      { target: "/api/orders", body: { ...order, clientVersion: "1" } },
    ],
  ])("is not %s", (_what, sent) => {
    const setting = { undeclaredProperties: "block" };

    expect(decisionOn(sent, setting)?.action ?? "allow").toBe("allow");
  });
});

describe("an operation of GraphQL", () => {
  const schema = "type Query { me(id: Int): User } type User { name: String }";
  const graphql: Knowledge = {
    specifications: [readGraphqlSchema(schema, "s.graphql")],
    endpoints: [],
  };
  const asked = (query: string): Sent => ({ target: "/graphql", body: { query } });

  test.each<[string, Sent]>([
    ["a field that the schema lacks", asked("{me{isAdmin}}")],
    ["an argument of another type", asked('{me(id:"1 or 1"){name}}')],
    ["a document that is none", asked("{me{")],
    ["a field by GET", { target: "/graphql?query=%7Bnone%7D" }],
  ])("with %s is refused", (_what, sent) => {
    const decision = decisionOn(sent, {}, graphql);

    expect(decision).toMatchObject({ action: "block", status: 400 });
    expect(detectorsOf(decision)[0]).toContain("undeclared-operation");
  });

  test("of the schema passes, unless others are listed", () => {
    const listed = createHash("sha256").update("{me{name}}").digest("hex");
    const setting = { graphqlOperations: [listed] };

    expect(decisionOn(asked("{me(id:1){name}}"), {}, graphql)).toBeUndefined();
    expect(decisionOn(asked("{me{name}}"), setting, graphql)).toBeUndefined();
    expect(decisionOn(asked("{me(id:1){name}}"), setting, graphql)?.action).toBe("block");
  });
});

describe("a SOAP body", () => {
  const wsdl = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/">
    <message name="In"><part name="p" element="GetPrice"/></message>
    <portType name="P"><operation name="GetPrice"><input message="In"/></operation></portType>
    <binding name="B" type="P"><s:binding/><operation name="GetPrice"/></binding>
    <service name="S"><port name="O" binding="B"><s:address location="http://shop.example/soap"/></port></service>
  </definitions>`;
  const envelope = (body: string): Sent => ({
    target: "/soap",
    type: "text/xml",
    body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${body}</e:Body></e:Envelope>`,
  });

  test("has an operation of the WSDL, and only one", async () => {
    const specification = await readSpecification(wsdl, "s.wsdl");
    const soap: Knowledge = { specifications: [specification], endpoints: [] };
    const actionOn = (sent: Sent) => decisionOn(sent, {}, soap)?.action ?? "allow";

    expect(actionOn(envelope("<GetPrice><sku>1</sku></GetPrice>"))).toBe("allow");
    expect(actionOn(envelope("<DropTables/>"))).toBe("block");
    expect(actionOn(envelope("<GetPrice/><GetPrice/>"))).toBe("block");
    expect(actionOn({ ...envelope(""), body: "<a/>" })).toBe("block");
  });
});

describe("a response", () => {
  const target = "/api/orders/1";
  const whole = { id: 1, ...order };

  test("with what is not declared is reported, without the value of what is sensitive", () => {
    const decision = decisionOn({
      target,
      response: { ...whole, passwordHash: "$2b$10$x", vat: 1 },
    });

    expect(decision?.action).toBe("allow");
    expect(detectorsOf(decision)).toEqual([
      "sensitive-response-property $.passwordHash",
      "undeclared-response-property $.vat",
    ]);
    expect(JSON.stringify(decision)).not.toContain("$2b$10");
  });

  test("with a write-only property is blocked where the options say so", () => {
    const sent = { target, response: { ...whole, pin: "1234" } };

    expect(decisionOn(sent, { responses: "block" })).toMatchObject({
      action: "block",
      status: 502,
    });
    expect(
      decisionOn({ target, response: { ...whole, vat: 1 } }, { responses: "block" })?.action,
    ).toBe("allow");
  });

  test("as described says nothing", () => {
    expect(decisionOn({ target, response: whole })).toBeUndefined();
  });
});

describe("what was learned from traffic", () => {
  const parameter = { required: true, confidence: 0.99, samples: 200 };
  const learned: Knowledge = {
    specifications: [],
    endpoints: [
      {
        id: "1",
        method: "GET",
        host: "shop.example",
        path: "/items/{itemId}",
        style: "rest",
        parameters: [
          { in: "path", name: "itemId", type: "integer", ...parameter },
          { in: "query", name: "size", type: "integer", ...parameter, samples: 3 },
        ],
        authentication: {
          kinds: [],
          confidence: 0,
          counts: { successWith: 0, successWithout: 0, refusedWith: 0, refusedWithout: 0 },
        },
        schemas: {},
      },
    ],
  };

  test("is reported by default, and refused where the options say so", () => {
    const sent = { target: "/items/1'--" };

    expect(decisionOn(sent, {}, learned)).toMatchObject({ action: "allow" });
    expect(decisionOn(sent, { learned: "block" }, learned)).toMatchObject({ action: "block" });
  });

  test("never refuses a path, a method, or what was seen too seldom", () => {
    for (const sent of [
      { target: "/other" },
      { target: "/items/1", method: "DELETE" },
      { target: "/items/1?size=big" },
    ]) {
      expect(decisionOn(sent, { learned: "block" }, learned)).toBeUndefined();
    }
  });
});
