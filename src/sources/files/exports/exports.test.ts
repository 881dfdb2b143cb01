import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ReadOptions, readExchanges } from "../read-exchanges.ts";
import type { ReadResult } from "../read-result.ts";

async function read(text: string, options: ReadOptions = {}): Promise<readonly ReadResult[]> {
  const results: ReadResult[] = [];
  const middle = Math.floor(text.length / 2);
  const input = Readable.from(
    [text.slice(0, middle), text.slice(middle)].map((part) => Buffer.from(part)),
  );
  for await (const result of readExchanges(input, { now: () => 42, ...options })) {
    results.push(result);
  }
  return results;
}

function burpItem(request: string, response: string, more = ""): string {
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  return `<item><time>Sat Oct 10 13:55:36 UTC 2026</time><url><![CDATA[https://shop.example/orders?a=1]]></url>
<host ip="10.0.0.5">shop.example</host><port>443</port><protocol>https</protocol>
<request base64="true"><![CDATA[${base64(request)}]]></request><status>200</status>
<response base64="true"><![CDATA[${base64(response)}]]></response>${more}</item>`;
}

const burpFile = (...items: readonly string[]): string =>
  `<?xml version="1.0"?>\n<!DOCTYPE items [\n<!ELEMENT items (item*)>\n]>\n<items burpVersion="2026.1" exportTime="x">\n${items.join("\n")}\n</items>`;

const request = 'POST /orders?a=%27 HTTP/2\r\nHost: shop.example\r\nX-Tenant: 7\r\n\r\n{"id":1}';
const response = "HTTP/2 201 Created\r\nContent-Type: application/json\r\n\r\n{}";

describe("a Burp export", () => {
  test("gives requests and responses as they were", async () => {
    const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
    const results = await read(burpFile(burpItem(request, response), burpItem(request, chunked)));

    expect(results).toMatchObject([
      {
        exchange: {
          id: "item-1",
          timeMs: Date.parse("2026-10-10T13:55:36Z"),
          request: {
            method: "POST",
            scheme: "https",
            authority: "shop.example",
            path: "/orders",
            query: "a=%27",
            httpVersion: "2",
            headers: [
              ["host", "shop.example"],
              ["x-tenant", "7"],
            ],
            body: { bytes: Buffer.from('{"id":1}') },
          },
          response: { status: 201, body: { bytes: Buffer.from("{}") } },
        },
      },
      { exchange: { id: "item-2", response: { body: { bytes: Buffer.from("ok") } } } },
    ]);
  });

  test("reports an item without a request with its line, and goes on", async () => {
    const results = await read(burpFile("<item></item>", burpItem(request, response)));
    expect(results).toEqual([
      { problem: "the item has no request", line: 6 },
      expect.objectContaining({ line: 7 }),
    ]);
  });

  test("that is cut off gives what came before", async () => {
    const text = burpFile(burpItem(request, response), burpItem(request, response));
    const results = await read(text.slice(0, -150));
    expect(results[0]).toMatchObject({ exchange: { id: "item-1" } });
    expect(results.at(-1)).toMatchObject({ problem: "the file ends in the middle" });
  });

  test("expands no entities", async () => {
    const bomb = burpFile().replace("<!ELEMENT items (item*)>", '<!ENTITY a "GET / HTTP/1.1">');
    const text = bomb.replace("</items>", "<item><request>&a;&a;</request></item></items>");
    const results = await read(text);
    expect(results.every((result) => "problem" in result)).toBe(true);
  });

  test("never fails, whatever its text is", async () => {
    const text = burpFile(burpItem(request, response));
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.string(), async (at, more) => {
        await read(text.slice(0, at) + more + text.slice(at), { format: "burp" });
      }),
    );
  });
});

const collection = {
  info: { _postman_id: "1", name: "Shop" },
  variable: [
    { key: "base", value: "https://{{host}}/api" },
    { key: "host", value: "shop.example" },
  ],
  item: [
    {
      name: "Orders",
      item: [
        {
          name: "List",
          request: {
            method: "GET",
            header: [
              { key: "X-Tenant", value: "{{tenant}}" },
              { key: "X-Off", value: "1", disabled: true },
            ],
            url: {
              raw: "{{base}}/users/:userId/orders?page=1",
              variable: [{ key: "userId", value: "12" }],
            },
          },
          response: [
            {
              code: 200,
              header: [{ key: "Content-Type", value: "application/json" }],
              body: "[]",
              responseTime: 12,
              originalRequest: { method: "GET", url: { raw: "{{base}}/users/13/orders" } },
            },
          ],
        },
        {
          name: "Create",
          request: {
            method: "POST",
            url: "{{base}}/orders",
            body: {
              mode: "raw",
              raw: '{"sku":"{{host}}"}',
              options: { raw: { language: "json" } },
            },
          },
        },
        {
          name: "Sign in",
          request: {
            method: "POST",
            url: "{{unknown}}/login",
            body: { mode: "urlencoded", urlencoded: [{ key: "user", value: "ann" }] },
          },
        },
        {
          name: "Search",
          request: {
            method: "POST",
            url: { raw: "{{base}}/graphql" },
            body: { mode: "graphql", graphql: { query: "{ a }", variables: '{"x":1}' } },
          },
        },
        { name: "Begun", request: { method: "GET" } },
      ],
    },
  ],
};

describe("a Postman collection", () => {
  test("gives its requests, with the answers that were saved", async () => {
    expect(await read(JSON.stringify(collection, null, "\t"))).toMatchObject([
      {
        exchange: {
          request: { method: "GET", authority: "shop.example", path: "/api/users/13/orders" },
          response: { status: 200, body: { bytes: Buffer.from("[]") } },
          durationMs: 12,
        },
      },
      {
        exchange: {
          request: {
            method: "POST",
            path: "/api/orders",
            headers: [["content-type", "application/json"]],
            body: { bytes: Buffer.from('{"sku":"shop.example"}') },
          },
        },
      },
      {
        exchange: {
          request: {
            authority: "unknown",
            path: "/login",
            body: { bytes: Buffer.from("user=ann") },
          },
        },
      },
      {
        exchange: {
          request: {
            path: "/api/graphql",
            body: { bytes: Buffer.from('{"query":"{ a }","variables":{"x":1}}') },
          },
        },
      },
      { problem: '"Begun" has no request with a URL', line: 1 },
    ]);
  });

  test("may be wrapped and minified", async () => {
    const results = await read(JSON.stringify({ collection }));
    expect(results).toHaveLength(5);
  });

  test("with variables in circles ends", async () => {
    const variable = [{ key: "a", value: "{{a}}{{a}}" }];
    const item = [{ request: "https://x.example/{{a}}" }];
    const results = await read(JSON.stringify({ info: { name: "x" }, variable, item }));
    expect(results).toHaveLength(1);
  });

  test("never fails, whatever its values are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (item, value) => {
        const text = JSON.stringify({
          info: {},
          item: [{ request: value, response: [item] }, item],
        });
        await read(text, { format: "postman" });
      }),
    );
  });
});

test("an unknown format is refused with the known ones", async () => {
  await expect(read("", { format: "doc" })).rejects.toMatchObject({
    code: "ERR_USAGE",
    fix: expect.stringContaining("access-log") as string,
  });
});
