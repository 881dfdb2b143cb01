import { describe, expect, test } from "vitest";
import { type ExchangeOptions, exchange } from "../../../test/discovery/exchange.ts";
import { createInventory } from "../inventory.ts";

function operationsIn(options: ExchangeOptions & { readonly upgrade?: string }): readonly string[] {
  const inventory = createInventory();
  const { upgrade, ...rest } = options;
  inventory.learn({
    exchange: { ...exchange(rest), ...(upgrade === undefined ? {} : { upgrade }) },
  });
  return [...inventory.endpoints()].map(({ style, operation, path }) =>
    [style, operation ?? path].join(": "),
  );
}

const graphql = (query: string, more: object = {}): ExchangeOptions => ({
  method: "POST",
  target: "/graphql",
  body: { query, ...more },
});

const soap = (body: string): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><a/></s:Header><s:Body>${body}</s:Body></s:Envelope>`;

describe("what an exchange calls", () => {
  test.each<[string, ExchangeOptions & { upgrade?: string }, readonly string[]]>([
    ["a plain request", { target: "/users" }, ["rest: /users"]],
    [
      "GraphQL over a WebSocket",
      {
        target: "/graphql",
        status: 101,
        upgrade: "websocket",
        headers: [["sec-websocket-protocol", "graphql-transport-ws"]],
      },
      ["graphql: subscription"],
    ],
    [
      "a persisted query by GET",
      {
        target: `/graphql?operationName=Products&extensions=${encodeURIComponent('{"persistedQuery":{"version":1,"sha256Hash":"ab"}}')}`,
      },
      ["graphql: persisted Products"],
    ],
    ["a GraphQL query", graphql("{ products { id } }"), ["graphql: query products"]],
    [
      "several root fields",
      graphql("{ a { x } b { y } }"),
      ["graphql: query a", "graphql: query b"],
    ],
    [
      "an alias",
      graphql("mutation { x: addToCart(id: 1) { ok } }"),
      ["graphql: mutation addToCart"],
    ],
    [
      "a fragment on the root",
      graphql("query { ...F } fragment F on Query { orders { id } }"),
      ["graphql: query orders"],
    ],
    [
      "the named one of several operations",
      graphql("query A { a } query B { b }", { operationName: "B" }),
      ["graphql: query b"],
    ],
    [
      "GraphQL in the query",
      { target: "/graphql?query=%7Bviewer%7Bid%7D%7D" },
      ["graphql: query viewer"],
    ],
    [
      "a persisted query",
      {
        method: "POST",
        target: "/graphql",
        body: { operationName: "Cart", extensions: { persistedQuery: { sha256Hash: "ab" } } },
      },
      ["graphql: persisted Cart"],
    ],
    ["a broken query", graphql("{ products {"), ["rest: /graphql"]],
    ["a search with a query member", graphql("red shoes"), ["rest: /graphql"]],
    [
      "a SOAP 1.1 envelope",
      {
        method: "POST",
        target: "/soap",
        headers: [
          ["content-type", "text/xml"],
          ["soapaction", '"urn:x#Ignored"'],
        ],
        body: soap('<m:GetPrice xmlns:m="urn:m"><m:Item>1</m:Item></m:GetPrice>'),
      },
      ["soap: GetPrice"],
    ],
    [
      "a SOAP 1.2 action",
      {
        method: "POST",
        target: "/soap",
        headers: [["content-type", 'application/soap+xml; action="urn:shop/GetStock"']],
        body: soap(""),
      },
      ["soap: GetStock"],
    ],
    [
      "XML that is no SOAP",
      { method: "POST", target: "/feed", headers: [["content-type", "text/xml"]], body: "<feed/>" },
      ["rest: /feed"],
    ],
    [
      "JSON-RPC",
      { method: "POST", target: "/rpc", body: { jsonrpc: "2.0", method: "cart.add", id: 1 } },
      ["json-rpc: cart.add"],
    ],
    [
      "a JSON-RPC batch",
      {
        method: "POST",
        target: "/rpc",
        body: [
          { jsonrpc: "2.0", method: "a" },
          { jsonrpc: "2.0", method: "b" },
        ],
      },
      ["json-rpc: a", "json-rpc: b"],
    ],
    [
      "JSON with a method member",
      { method: "POST", target: "/pay", body: { method: "card" } },
      ["rest: /pay"],
    ],
    [
      "gRPC",
      {
        method: "POST",
        target: "/shop.Cart/Add",
        headers: [["content-type", "application/grpc+proto"]],
        body: "x",
      },
      ["grpc: /shop.Cart/Add"],
    ],
    ["a WebSocket", { target: "/live", status: 101, upgrade: "websocket" }, ["websocket: /live"]],
    [
      "server-sent events",
      { target: "/events", responseHeaders: [["content-type", "text/event-stream"]] },
      ["sse: /events"],
    ],
  ])("is told for %s", (_what, options, expected) => {
    expect(operationsIn(options)).toEqual(expected);
  });

  test("refuses documents with too many tokens without failing", () => {
    expect(operationsIn(graphql(`{ a ${"{ a ".repeat(15_000)}`))).toEqual(["rest: /graphql"]);
  });

  test("notices that a schema was given away", () => {
    const inventory = createInventory();
    inventory.learn({
      exchange: exchange({
        ...graphql("{ __schema { types { name } } }"),
        response: { data: { __schema: {} } },
      }),
    });
    expect([...inventory.endpoints()][0]?.observations["graphql-introspection"]).toBe(1);
  });
});
