import { Readable } from "node:stream";
import fc from "fast-check";
import { PbfWriter } from "pbf";
import { describe, expect, test } from "vitest";
import { readExchanges } from "../read-exchanges.ts";
import type { ReadResult } from "../read-result.ts";

async function read(...chunks: readonly (Buffer | string)[]): Promise<readonly ReadResult[]> {
  const results: ReadResult[] = [];
  const input = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  for await (const result of readExchanges(input, { now: () => 42 })) results.push(result);
  return results;
}

type Attributes = Readonly<Record<string, string | number | readonly string[]>>;

interface TestSpan {
  readonly id?: string;
  readonly parent?: string;
  readonly kind: number;
  readonly attributes: Attributes;
}

const start = 1_800_000_000_000;

function batch(service: string, spans: readonly TestSpan[]): object {
  return {
    resourceSpans: [
      {
        resource: { attributes: attributeList({ "service.name": service }) },
        scopeSpans: [
          {
            scope: {},
            spans: spans.map(({ id = "01", parent = "", kind, attributes }) => ({
              traceId: "aa",
              spanId: id,
              parentSpanId: parent,
              kind,
              startTimeUnixNano: `${start}000000`,
              endTimeUnixNano: `${start + 12}000000`,
              attributes: attributeList(attributes),
            })),
          },
        ],
      },
    ],
  };
}

function attributeList(attributes: Attributes): readonly object[] {
  return Object.entries(attributes).map(([key, value]) => {
    if (typeof value === "string") return { key, value: { stringValue: value } };
    if (typeof value === "number") return { key, value: { intValue: String(value) } };
    const values = value.map((one) => ({ stringValue: one }));
    return { key, value: { arrayValue: { values } } };
  });
}

/** The same as bytes of one `TracesData`. */
function encoded(service: string, spans: readonly TestSpan[]): Buffer {
  const attribute = ([key, value]: [string, Attributes[string]], writer: PbfWriter): void => {
    writer.writeStringField(1, key);
    writer.writeMessage(
      2,
      (_, inner) => {
        if (typeof value === "string") inner.writeStringField(1, value);
        else if (typeof value === "number") inner.writeVarintField(3, value);
        else
          inner.writeMessage(
            5,
            (__, list) => {
              for (const one of value)
                list.writeMessage(1, (___, text) => text.writeStringField(1, one), null);
            },
            null,
          );
      },
      null,
    );
  };
  const span = (
    { id = "01", parent = "", kind, attributes }: TestSpan,
    writer: PbfWriter,
  ): void => {
    writer.writeBytesField(1, Buffer.from("aa", "hex"));
    writer.writeBytesField(2, Buffer.from(id, "hex"));
    writer.writeBytesField(4, Buffer.from(parent, "hex"));
    writer.writeVarintField(6, kind);
    writer.writeFixed64Field(7, start * 1e6);
    writer.writeFixed64Field(8, (start + 12) * 1e6);
    for (const entry of Object.entries(attributes)) writer.writeMessage(9, attribute, entry);
  };
  const writer = new PbfWriter();
  writer.writeMessage(
    1,
    (_, resourceSpans) => {
      resourceSpans.writeMessage(
        1,
        (__, resource) => resource.writeMessage(1, attribute, ["service.name", service]),
        null,
      );
      resourceSpans.writeMessage(
        2,
        (__, scope) => {
          for (const one of spans) scope.writeMessage(2, span, one);
        },
        null,
      );
    },
    null,
  );
  return Buffer.from(writer.finish());
}

const current: Attributes = {
  "http.request.method": "GET",
  "url.path": "/orders/12",
  "url.query": "expand=all",
  "url.scheme": "https",
  "server.address": "shop.example",
  "server.port": 8_443,
  "http.response.status_code": 200,
  "client.address": "203.0.113.7",
  "network.protocol.version": "2",
  "user_agent.original": "curl/8",
  "http.request.header.x-tenant": ["7"],
};

const older: Attributes = {
  "http.method": "GET",
  "http.target": "/orders/12?expand=all",
  "http.scheme": "https",
  "net.host.name": "shop.example",
  "net.host.port": 8_443,
  "http.status_code": 200,
  "http.client_ip": "203.0.113.7",
  "http.flavor": "2.0",
  "http.user_agent": "curl/8",
  "http.request.header.x_tenant": ["7"],
};

const expected = {
  exchange: {
    id: "aa-01",
    timeMs: start,
    durationMs: 12,
    client: "203.0.113.7",
    destination: "orders",
    hasHeaders: false,
    request: {
      method: "GET",
      scheme: "https",
      authority: "shop.example:8443",
      path: "/orders/12",
      query: "expand=all",
      httpVersion: "2",
      headers: [
        ["host", "shop.example:8443"],
        ["user-agent", "curl/8"],
        ["x-tenant", "7"],
      ],
    },
    response: { status: 200 },
  },
};

describe("a server's span", () => {
  const spans = (attributes: Attributes) => [{ kind: 2, attributes }];
  test.each([
    ["the stable conventions, a line", `${JSON.stringify(batch("orders", spans(current)))}\n`],
    ["the older conventions, a line", `${JSON.stringify(batch("orders", spans(older)))}\n`],
    ["the stable conventions, printed", JSON.stringify(batch("orders", spans(current)), null, 2)],
    ["the stable conventions, protobuf", encoded("orders", spans(current))],
    ["the older conventions, protobuf", encoded("orders", spans(older))],
  ])("by %s is an exchange", async (_what, bytes) => {
    expect(await read(bytes)).toMatchObject([expected]);
  });

  test("is read from messages behind each other, with and without their length in front", async () => {
    const message = encoded("orders", spans(current));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(message.length);
    const plain = Buffer.concat([message, message, message]);
    const prefixed = Buffer.concat([length, message, length, message]);

    expect(await read(plain.subarray(0, 100), plain.subarray(100))).toHaveLength(3);
    expect(await read(prefixed.subarray(0, 50), prefixed.subarray(50))).toHaveLength(2);
  });

  test("that does not tell its path is counted", async () => {
    const { "url.path": _path, ...rest } = current;
    expect(await read(JSON.stringify(batch("orders", spans(rest))))).toEqual([
      { note: "1 HTTP spans do not tell the path and were left out" },
    ]);
  });

  test("may be of something else, which is no exchange", async () => {
    const attributes = { "rpc.system": "grpc", "rpc.method": "Get" };
    expect(await read(JSON.stringify(batch("orders", [{ kind: 2, attributes }])))).toEqual([]);
  });
});

describe("a client's span", () => {
  const called: TestSpan = {
    id: "02",
    kind: 3,
    attributes: {
      "http.request.method": "POST",
      "url.full": "https://pay.example/charges?x=1",
      "server.address": "pay.example",
      "http.response.status_code": 201,
    },
  };
  const { "client.address": _client, ...unaddressed } = current;
  const answer: TestSpan = { id: "03", parent: "02", kind: 2, attributes: unaddressed };

  test("is an exchange with a server that has no span of its own", async () => {
    expect(await read(JSON.stringify(batch("cart", [called])))).toMatchObject([
      {
        exchange: {
          client: "cart",
          destination: "pay.example",
          request: { method: "POST", authority: "pay.example", path: "/charges", query: "x=1" },
        },
      },
    ]);
  });

  test.each([
    ["before", [called], [answer]],
    ["behind", [answer], [called]],
  ])("standing %s its server's span is the same exchange", async (_where, first, second) => {
    const lines = [batch("cart", first), batch("cart", second)].map((one) => JSON.stringify(one));
    const results = await read(lines.join("\n"));
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ exchange: { id: "aa-03" } });
  });

  test("names the caller where the server does not know its address", async () => {
    const lines = [batch("cart", [called]), batch("orders", [answer])];
    const results = await read(lines.map((one) => JSON.stringify(one)).join("\n"));
    expect(results).toMatchObject([{ exchange: { client: "cart", destination: "orders" } }]);
  });
});

test("broken bytes are problems with their offset, and never fail otherwise", async () => {
  const message = encoded("orders", [{ kind: 2, attributes: current }]);
  const broken = Buffer.concat([message, Buffer.from([0x0a, 0x02, 0xff, 0xff]), message]);
  const results = await read(broken);
  expect(results.filter((result) => "exchange" in result)).toHaveLength(2);
  expect(results).toContainEqual({
    problem: "not a message of spans",
    line: message.length,
    unit: "byte",
  });

  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(message.length), fc.nat(255)), { maxLength: 20 }),
      async (changes) => {
        const changed = Buffer.from(message);
        for (const [at, byte] of changes) if (at > 8) changed[at] = byte;
        await read(changed);
      },
    ),
  );
});
