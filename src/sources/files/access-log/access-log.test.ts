import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Exchange } from "../../../model/exchange.ts";
import { type ReadOptions, readExchanges } from "../read-exchanges.ts";
import type { ReadResult } from "../read-result.ts";

async function read(text: string, options: ReadOptions = {}): Promise<readonly ReadResult[]> {
  const results: ReadResult[] = [];
  const input = Readable.from([Buffer.from(text)]);
  for await (const result of readExchanges(input, { now: () => 42, ...options })) {
    results.push(result);
  }
  return results;
}

async function readOne(line: string | object): Promise<Exchange> {
  const text = typeof line === "string" ? line : JSON.stringify(line);
  const [result] = await read(`${text}\n`);
  if (result === undefined || !("exchange" in result)) throw new Error(JSON.stringify(result));
  return result.exchange;
}

const timeMs = Date.parse("2026-10-10T13:55:36Z");

const request = (more: object = {}): object => ({
  method: "GET",
  path: "/orders/12",
  query: "expand=all",
  ...more,
});

const combined =
  '203.0.113.7 - ann [10/Oct/2026:15:55:36 +0200] "GET /orders/12?expand=all HTTP/1.1" 200 2326 "https://shop.example/" "Mozilla/5.0 (X11)"';

describe("a line of text", () => {
  test.each([
    [
      "the common format",
      '203.0.113.7 - - [10/Oct/2026:13:55:36 +0000] "GET /orders/12?expand=all HTTP/1.0" 200 -',
      { timeMs, client: "203.0.113.7", request: request({ httpVersion: "1.0" }) },
    ],
    [
      "the combined format",
      combined,
      {
        timeMs,
        client: "203.0.113.7",
        request: request({
          scheme: "https",
          authority: "unknown",
          headers: [
            ["host", "unknown"],
            ["user-agent", "Mozilla/5.0 (X11)"],
            ["referer", "https://shop.example/"],
          ],
        }),
      },
    ],
    [
      "the combined format behind a virtual host",
      `shop.example:8443 ${combined}`,
      { client: "203.0.113.7", request: request({ authority: "shop.example:8443" }) },
    ],
    [
      "Kong",
      `${combined} kong_request_id: "90f1a9"`,
      { id: "90f1a9", client: "203.0.113.7", request: request() },
    ],
    [
      "Traefik",
      `${combined} 17 "shop@docker" "http://10.0.0.5:8080" 12ms`,
      { destination: "10.0.0.5:8080", durationMs: 12, request: request() },
    ],
    [
      "API Gateway",
      '203.0.113.7 - - [10/Oct/2026:13:55:36 +0000]"GET /orders/12?expand=all HTTP/1.1" 200 2326 6f1d',
      { timeMs, client: "203.0.113.7", request: request() },
    ],
    [
      "Envoy",
      '[2026-10-10T13:55:36.000Z] "GET /orders/12?expand=all HTTP/2" 200 - 0 135 24 22 "203.0.113.7,10.0.0.1" "curl/8" "9f-1" "shop.example" "10.0.0.5:8080"',
      {
        id: "9f-1",
        timeMs,
        client: "203.0.113.7",
        destination: "10.0.0.5:8080",
        durationMs: 24,
        request: request({ authority: "shop.example", httpVersion: "2" }),
      },
    ],
    [
      "Istio",
      '[2026-10-10T13:55:36.000Z] "GET /orders/12?expand=all HTTP/1.1" 200 - via_upstream - "-" 0 135 24 22 "-" "curl/8" "9f-1" "shop.example" "10.0.0.5:8080" inbound|80|| 127.0.0.6:1 10.0.0.5:8080 203.0.113.7:0 - default',
      { client: "203.0.113.7", destination: "10.0.0.5:8080", durationMs: 24 },
    ],
    [
      "an AWS load balancer",
      'https 2026-10-10T13:55:36.000000Z app/lb/50dc6c495c0c9188 203.0.113.7:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://shop.example:443/orders/12?expand=all HTTP/1.1" "curl/7.46.0" ECDHE TLSv1.2 arn:aws:x "Root=1-58337281-1d84f3d73c47ec4e58577259" "shop.example" "arn:aws:acm" 1 2026-10-10T13:55:35Z "forward" "-" "-"',
      {
        id: "1-58337281-1d84f3d73c47ec4e58577259",
        timeMs,
        client: "203.0.113.7",
        destination: "10.0.0.1:80",
        request: request({ scheme: "https", authority: "shop.example:443" }),
      },
    ],
    [
      "another order of the same parts",
      '2026-10-10T13:55:36Z 200 0.003 2001:db8::1 "GET /orders/12?expand=all HTTP/1.1" 200 "x"',
      { timeMs, client: "2001:db8::1", request: request() },
    ],
  ])("of %s is an exchange", async (_what, line, expected) => {
    const exchange = await readOne(line);
    expect(exchange).toMatchObject({ ...expected, hasHeaders: false, response: { status: 200 } });
  });

  test("keeps what an attacker wrote, quotes and spaces included", async () => {
    const line = combined.replace("/orders/12?expand=all", String.raw`/a?q=\x22 or \"1\" = 1--`);
    expect((await readOne(line)).request).toMatchObject({ path: "/a", query: 'q=" or "1" = 1--' });
  });

  test("without a host takes the one that was given", async () => {
    const [result] = await read(`${combined}\n`, { host: "api.example" });
    expect(result).toMatchObject({ exchange: { request: { authority: "api.example" } } });
  });

  test("that holds no request is a problem of its line, and the rest is read", async () => {
    const garbage = '203.0.113.7 - - [10/Oct/2026:13:55:36 +0000] "\\x16\\x03" 400 0 "-" "-"';
    const results = await read(`# remark\n${combined}\n${garbage}\n\n${combined}\n`);
    expect(results).toEqual([
      expect.objectContaining({ line: 2 }),
      { problem: "no request in this line of an access log", line: 3 },
      expect.objectContaining({ line: 5 }),
    ]);
  });

  test("never fails, whatever its bytes are", async () => {
    const bytes = fc.string({ unit: fc.constantFrom(...'[]"\\ -:/.ab0H1TP'.split("")) });
    await fc.assert(
      fc.asyncProperty(bytes, async (line) => {
        for (const result of await read(`${combined}\n${line}\n`, { format: "access-log" })) {
          expect("exchange" in result || "problem" in result).toBe(true);
        }
      }),
    );
  });
});

describe("a line of JSON", () => {
  test.each([
    [
      "nginx",
      {
        time_iso8601: "2026-10-10T13:55:36+00:00",
        remote_addr: "203.0.113.7",
        request: "GET /orders/12?expand=all HTTP/1.1",
        status: "200",
        http_host: "shop.example",
        request_time: "0.012",
      },
    ],
    [
      "nginx with parts",
      {
        msec: "1791640536.000",
        remote_addr: "203.0.113.7",
        request_method: "GET",
        uri: "/orders/12",
        args: "expand=all",
        status: 200,
        host: "shop.example",
      },
    ],
    [
      "Envoy",
      {
        start_time: "2026-10-10T13:55:36.000Z",
        method: "GET",
        path: "/orders/12?expand=all",
        protocol: "HTTP/1.1",
        response_code: 200,
        response_flags: "-",
        duration: 12,
        "x-forwarded-for": "203.0.113.7",
        authority: "shop.example",
      },
    ],
    [
      "Traefik",
      {
        StartUTC: "2026-10-10T13:55:36Z",
        ClientHost: "203.0.113.7",
        RequestMethod: "GET",
        RequestPath: "/orders/12?expand=all",
        RequestHost: "shop.example",
        RequestScheme: "https",
        DownstreamStatus: 200,
        Duration: 12_000_000,
        time: "2026-10-10T14:00:00Z",
      },
    ],
    [
      "API Gateway",
      {
        requestId: "r",
        ip: "203.0.113.7",
        requestTime: "10/Oct/2026:13:55:36 +0000",
        httpMethod: "GET",
        path: "/orders/12?expand=all",
        domainName: "shop.example",
        status: "200",
        protocol: "HTTP/1.1",
      },
    ],
    [
      "the Elastic Common Schema",
      {
        "@timestamp": "2026-10-10T13:55:36Z",
        http: { request: { method: "GET" }, response: { status_code: 200 } },
        url: { path: "/orders/12", query: "expand=all", domain: "shop.example" },
        client: { ip: "203.0.113.7" },
      },
    ],
  ])("of %s is an exchange", async (_what, line) => {
    expect(await readOne(line)).toMatchObject({
      timeMs,
      client: "203.0.113.7",
      hasHeaders: false,
      request: request({ authority: "shop.example" }),
      response: { status: 200 },
    });
  });

  test.each([
    [
      "Caddy",
      {
        level: "info",
        ts: timeMs / 1_000,
        logger: "http.log.access",
        request: {
          remote_ip: "203.0.113.7",
          proto: "HTTP/1.1",
          method: "GET",
          host: "shop.example",
          uri: "/orders/12?expand=all",
          headers: { Accept: ["*/*"], "X-Tenant": ["7"] },
        },
        duration: 0.012,
        status: 200,
        resp_headers: { "Content-Type": ["application/json"] },
      },
    ],
    [
      "Kong",
      {
        started_at: timeMs,
        client_ip: "203.0.113.7",
        request: {
          method: "GET",
          uri: "/orders/12?expand=all",
          url: "https://shop.example:443/orders/12",
          headers: { host: "shop.example", "x-tenant": "7" },
        },
        response: { status: 200, headers: { "content-type": "application/json" } },
        latencies: { request: 12 },
      },
    ],
  ])("of %s has header fields too", async (_what, line) => {
    const exchange = await readOne(line);
    expect(exchange).toMatchObject({
      timeMs,
      client: "203.0.113.7",
      durationMs: 12,
      request: request({ authority: "shop.example" }),
      response: { status: 200, headers: [["content-type", "application/json"]] },
    });
    expect(exchange.hasHeaders).toBeUndefined();
    expect(exchange.request.headers).toContainEqual(["x-tenant", "7"]);
    expect(exchange.request.headers).toContainEqual(["host", "shop.example"]);
  });

  test("without a request stays a problem of the exchange format", async () => {
    expect(await read('{"level":"info"}\n')).toEqual([
      { problem: "request is not an object", line: 1 },
    ]);
  });
});
