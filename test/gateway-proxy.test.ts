import { request as httpRequest, type IncomingMessage } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesOf, type EchoUpstream, startEchoUpstream } from "./apps/echo-upstream.ts";
import { RawClient, responsesIn, sendRaw } from "./apps/raw-client.ts";
import { type RunningGateway, startGateway } from "./apps/start-gateway.ts";

const holding = {
  request: { treatment: "hold", bytesMax: 100_000 },
  response: { treatment: "hold", bytesMax: 100_000 },
} as const;

let upstream: EchoUpstream;
let gateway: RunningGateway;
let isStalled = false;

beforeAll(async () => {
  upstream = await startEchoUpstream({
    "/events": (request, response) => {
      request.resume();
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write("data: 1\n\n");
      request.socket.once("close", () => response.destroy());
    },
    "/early": (_request, response) => {
      response.writeHead(413, { "Content-Length": 5 });
      response.end("enough");
    },
    "/early-close": (request, response) => {
      response.writeHead(413, { "Content-Length": 6, Connection: "close" });
      response.end("enough", () => request.socket.destroySoon());
    },
    "/hints": (request, response) => {
      request.resume();
      response.writeEarlyHints({ link: "</style.css>; rel=preload" });
      response.end("hinted");
    },
    "/dies": (request, response) => {
      request.resume();
      response.writeHead(200, { "Content-Length": 1_000 });
      response.write("only the beginning");
      setImmediate(() => request.socket.destroy());
    },
    "/dies-chunked": (request, response) => {
      request.resume();
      response.write("only the beginning");
      setImmediate(() => request.socket.destroy());
    },
    "/endless": (request, response) => {
      request.resume();
      const block = Buffer.alloc(1_000_000);
      const write = (): void => {
        if (response.destroyed) return;
        let isTaken = true;
        while (isTaken) isTaken = response.write(block);
        // Once the kernel's buffers are full, nothing is taken any more.
        const timer = setTimeout(() => {
          isStalled = true;
        }, 300);
        response.once("drain", () => {
          clearTimeout(timer);
          write();
        });
      };
      write();
    },
    "/silent": (request) => {
      request.resume();
    },
  });
  gateway = await startGateway({ upstream: upstream.url });
});

afterAll(async () => {
  expect(gateway.errors).toEqual([]);
  await gateway.close();
  await upstream.close();
});

interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly string[];
  readonly body: Buffer;
  readonly trailers: readonly string[];
}

/** One request with everything of its answer that a client can see. */
function ask(
  port: number,
  path: string,
  options: { method?: string; headers?: string[]; body?: Buffer; chunked?: boolean } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        port,
        host: "127.0.0.1",
        path,
        method: options.method ?? "GET",
        agent: false,
        headers: [
          "Host",
          "shop.example",
          ...(options.body === undefined || options.chunked === true
            ? []
            : ["Content-Length", String(options.body.length)]),
          ...(options.headers ?? []),
        ] as never,
      },
      (response: IncomingMessage) => {
        const parts: Buffer[] = [];
        response.on("data", (bytes: Buffer) => parts.push(bytes));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            reason: response.statusMessage ?? "",
            headers: withoutHopByHop(response.rawHeaders),
            body: Buffer.concat(parts),
            trailers: response.rawTrailers,
          }),
        );
      },
    );
    request.on("error", reject);
    if (options.chunked === true && options.body !== undefined) {
      for (let at = 0; at < options.body.length; at += 10_000) {
        request.write(options.body.subarray(at, at + 10_000));
      }
      request.end();
    } else {
      request.end(options.body);
    }
  });
}

function withoutHopByHop(raw: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? "").toLowerCase();
    if (["connection", "keep-alive", "transfer-encoding", "date"].includes(name)) continue;
    kept.push(`${raw[index]}: ${raw[index + 1]}`);
  }
  return kept;
}

describe("an exchange through the gateway is the same as a direct one", () => {
  test.each([
    ["a small answer", "/hello?a=1&b=%20", {}],
    ["a megabyte in chunks", "/big/1048576", {}],
    ["ten megabytes of stated length", "/sized/10485760", {}],
    ["nothing of stated length", "/sized/0", {}],
    ["a compressed answer", "/gzip/x", {}],
    ["trailers", "/trailers", {}],
    ["duplicate headers in their spelling, and a reason of its own", "/status/418", {}],
    ["204", "/status/204", {}],
    ["304", "/status/304", {}],
    ["an error", "/status/500", {}],
    ["HEAD", "/sized/1000", { method: "HEAD" }],
    ["HEAD of a chunked answer", "/big/1000", { method: "HEAD" }],
    ["OPTIONS", "/x", { method: "OPTIONS" }],
    ["a method of the API's own", "/x", { method: "REPORT", body: Buffer.from("<x/>") }],
    [
      "a form",
      "/x",
      {
        method: "POST",
        body: Buffer.from("a=1&b=2"),
        headers: ["Content-Type", "application/x-www-form-urlencoded"],
      },
    ],
    ["five megabytes up", "/x", { method: "PUT", body: bytesOf(5_000_000) }],
    [
      "five megabytes up in chunks",
      "/x",
      { method: "POST", body: bytesOf(5_000_000), chunked: true },
    ],
    [
      "a JSON body in chunks",
      "/x",
      {
        method: "POST",
        body: Buffer.from(`{"a":"${"b".repeat(50_000)}"}`),
        chunked: true,
        headers: ["Content-Type", "application/json"],
      },
    ],
  ] as const)("%s", async (_what, path, options) => {
    const direct = await ask(upstream.port, path, options as never);
    const guarded = await ask(gateway.port, path, options as never);

    expect(guarded.status).toBe(direct.status);
    expect(guarded.reason).toBe(direct.reason);
    expect(guarded.headers).toEqual(direct.headers);
    expect(guarded.trailers).toEqual(direct.trailers);
    expect(guarded.body.equals(direct.body)).toBe(true);
  });

  test.each([
    ["bodies wait for a verdict", holding],
    ["verdicts come later", { isAsync: true }],
    ["bodies wait for verdicts that come later", { ...holding, isAsync: true }],
    [
      "nothing is looked at",
      {
        request: { treatment: "skip", bytesMax: 0 },
        response: { treatment: "skip", bytesMax: 0 },
      },
    ],
  ] as const)("also when %s", async (_what, guarded) => {
    const other = await startGateway({ upstream: upstream.url }, guarded);
    const json = ["Content-Type", "application/json"];
    const cases = [
      ["/x", { method: "POST", body: Buffer.from('{"name":"garden chair"}'), headers: json }],
      ["/x", { method: "POST", body: bytesOf(300_000), chunked: true }],
      ["/x", { method: "POST", body: bytesOf(100_000) }],
      ["/x", { method: "PUT", body: bytesOf(3_000_000) }],
      ["/gzip/x", {}],
      ["/big/100000", {}],
      ["/sized/3000000", {}],
      ["/trailers", {}],
      ["/status/204", {}],
      ["/sized/0", {}],
    ] as const;
    for (const [path, options] of cases) {
      const direct = await ask(upstream.port, path, options as never);
      const guarded = await ask(other.port, path, options as never);
      expect(guarded.status).toBe(direct.status);
      expect(guarded.trailers).toEqual(direct.trailers);
      expect(guarded.body.equals(direct.body)).toBe(true);
    }
    await expect.poll(() => other.guard.closed.length).toBe(cases.length);
    expect(other.errors).toEqual([]);
    expect(other.count("heldBytes")).toBe(0);
    await other.close();
  });
});

describe("the upstream gets", () => {
  test("every header in its spelling and order, and who asked", async () => {
    const next = upstream.next();
    await sendRaw(
      gateway.port,
      "GET /a/../b;c=%2e?x=%00 HTTP/1.1\r\nhOST: Shop.Example\r\nX-B: 2\r\nx-a: 1\r\nX-B:  3 \r\nConnection: close, X-Hop\r\nX-Hop: gone\r\nX-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\n\r\n",
    );
    const { rawHeaders, url } = await next;

    expect(url).toBe("/a/../b;c=%2e?x=%00");
    expect(rawHeaders).toEqual([
      "hOST",
      "Shop.Example",
      "X-B",
      "2",
      "x-a",
      "1",
      "X-B",
      "3",
      "Via",
      "1.1 merlon",
      "X-Forwarded-For",
      "127.0.0.1",
      "X-Forwarded-Host",
      "Shop.Example",
      "X-Forwarded-Proto",
      "http",
      "Forwarded",
      'for=127.0.0.1;host="Shop.Example";proto=http',
    ]);
  });

  test("the address as path when the client sent the absolute form", async () => {
    const next = upstream.next();
    await sendRaw(
      gateway.port,
      "GET http://a.example/x?y HTTP/1.1\r\nHost: A.example\r\nConnection: close\r\n\r\n",
    );

    expect((await next).url).toBe("/x?y");
  });

  test("trailers of the request", async () => {
    const next = upstream.next();
    await sendRaw(
      gateway.port,
      "POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: 7\r\n\r\n",
    );
    const { body, rawTrailers } = await next;

    expect(body.toString()).toBe("hi");
    expect(rawTrailers).toEqual(["X-Sum", "7"]);
  });

  test("OPTIONS * as it is", async () => {
    const next = upstream.next();
    await sendRaw(gateway.port, "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    expect((await next).url).toBe("*");
  });

  test("cookies, authorization and host even when Connection names them", async () => {
    const next = upstream.next();
    await sendRaw(
      gateway.port,
      "GET /x HTTP/1.1\r\nHost: a\r\nCookie: s=1\r\nAuthorization: Basic x\r\nConnection: close, Cookie, Authorization, Host\r\n\r\n",
    );

    expect((await next).rawHeaders.slice(0, 6)).toEqual([
      "Host",
      "a",
      "Cookie",
      "s=1",
      "Authorization",
      "Basic x",
    ]);
  });
});

describe("one connection", () => {
  test("carries pipelined requests and answers them in order", async () => {
    const client = await RawClient.connect(gateway.port);
    client.send(
      "GET /sized/3 HTTP/1.1\r\nHost: a\r\n\r\nPOST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiGET /status/404 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    );
    const received = await client.closed();

    expect([...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
      "200",
      "200",
      "404",
    ]);
  });

  test("takes a request byte by byte", async () => {
    const client = await RawClient.connect(gateway.port);
    for (const byte of "\r\nPOST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nhi\r\n0\r\n\r\n") {
      client.send(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await client.closed()).toContain('"bytes":2');
  });

  test("answers two thousand pipelined requests", async () => {
    const client = await RawClient.connect(gateway.port);
    const one = "GET /sized/1 HTTP/1.1\r\nHost: a\r\n\r\n";
    client.send(one.repeat(2_000));
    await client.until((received) => responsesIn(received) === 2_000);

    expect(responsesIn(client.received)).toBe(2_000);
    client.close();
  });

  test("of HTTP/1.0 is closed after the answer, and kept when asked", async () => {
    expect(await sendRaw(gateway.port, "GET /big/10 HTTP/1.0\r\nHost: a\r\n\r\n")).not.toContain(
      "chunked",
    );
    const client = await RawClient.connect(gateway.port);
    const request = "GET /sized/1 HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n";
    client.send(request);
    await client.until((received) => responsesIn(received) === 1);
    client.send(request);
    await client.until((received) => responsesIn(received) === 2);

    expect(client.received).toContain("Connection: keep-alive");
    client.close();
  });
});

describe("Expect: 100-continue", () => {
  test("is answered when the upstream asks for the body", async () => {
    const client = await RawClient.connect(gateway.port);
    client.send(
      "POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n",
    );
    await client.until((received) => received.includes("100 Continue"));
    client.send("hi");

    expect(await client.closed()).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  });

  test("is answered by the gateway itself when it holds the body", async () => {
    const enforcing = await startGateway({ upstream: upstream.url }, holding);
    const client = await RawClient.connect(enforcing.port);
    client.send(
      "POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n",
    );
    await client.until((received) => received.includes("100 Continue"));
    client.send("hi");

    expect(await client.closed()).toContain("200 OK");
    await enforcing.close();
  });

  test("gets the refusal instead when the head is blocked", async () => {
    const enforcing = await startGateway(
      { upstream: upstream.url },
      { blocks: (phase) => (phase === "requestHeaders" ? 403 : undefined) },
    );
    const received = await sendRaw(
      enforcing.port,
      "POST /x?blocked HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n",
    );

    expect(received).toMatch(/^HTTP\/1\.1 403 /);
    await enforcing.close();
  });
});

describe("streams", () => {
  test("server-sent events reach the client while the response is open", async () => {
    const client = await RawClient.connect(gateway.port);
    client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    await client.until((received) => received.includes("data: 1"));

    expect(client.isClosed).toBe(false);
    client.close();
  });

  test("early hints pass before the answer", async () => {
    const received = await sendRaw(
      gateway.port,
      "GET /hints HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    );

    expect(received).toMatch(
      /^HTTP\/1\.1 103 Early Hints\r\nLink: <\/style\.css>; rel=preload\r\n\r\nHTTP\/1\.1 200 OK/i,
    );
  });

  test("an answer that comes before the upload ended does not wait for it", async () => {
    for (const path of ["/early", "/early-close"]) {
      for (let round = 0; round < 20; round += 1) {
        const client = await RawClient.connect(gateway.port);
        client.send(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 50000000\r\n\r\n`);
        client.send(bytesOf(100_000));
        const received = await client.until((text) => text.includes("enoug"));
        expect(received).toContain("413");
        client.close();
      }
    }
  });

  test("after such an answer the rest of a small upload is read, and the connection goes on", async () => {
    const client = await RawClient.connect(gateway.port);
    client.send("POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n");
    await client.until((text) => text.includes("enoug"));
    client.send(bytesOf(300_000));
    client.send("GET /sized/2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    expect(await client.closed()).toContain("X-Kind: sized");
  });

  test("a client that goes away takes its request to the upstream along", async () => {
    const next = upstream.next();
    const client = await RawClient.connect(gateway.port);
    client.send("GET /silent HTTP/1.1\r\nHost: a\r\n\r\n");
    await expect.poll(() => gateway.count("exchangesOpen")).toBeGreaterThan(0);
    await next;
    const gone = upstream.next();
    client.close();

    expect((await gone).aborted).toBe(true);
  });

  test("a client that goes away in mid-upload takes its upload along", async () => {
    const next = upstream.next();
    const client = await RawClient.connect(gateway.port);
    client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\npart");
    await expect.poll(() => gateway.count("upstreamConnectionsOpen")).toBeGreaterThan(0);
    client.socket.destroySoon();

    expect((await next).aborted).toBe(true);
    await expect.poll(() => gateway.guard.last?.outcome?.aborted).toBe("client");
  });

  test.each([
    "/dies",
    "/dies-chunked",
  ])("an upstream that dies in mid-response leaves no whole response: %s", async (path) => {
    const client = await RawClient.connect(gateway.port);
    client.send(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
    const received = await client.closed();

    expect(received).toContain("only the beginning");
    expect(received).not.toContain("\r\n0\r\n");
    expect(gateway.guard.last?.outcome?.aborted).toBe("upstream");
  });

  test("large answers to a client that does not read stay with the upstream", async () => {
    const client = await RawClient.connect(gateway.port);
    client.socket.pause();
    const before = process.memoryUsage().arrayBuffers;
    client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
    await expect.poll(() => isStalled).toBe(true);

    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32_000_000);
    client.close();
  });
});

describe("upgrades", () => {
  let echo: ReturnType<typeof createTcpServer>;
  let port = 0;
  const heads: string[] = [];

  beforeAll(async () => {
    echo = createTcpServer((socket: Socket) => {
      socket.on("error", () => {});
      socket.once("data", (bytes: Buffer) => {
        heads.push(bytes.toString("latin1"));
        socket.write(
          "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\nX-Own: 1\r\n\r\nhello ",
        );
        socket.on("data", (more: Buffer) => socket.write(more.toString("latin1").toUpperCase()));
      });
    });
    port = await new Promise((resolve) => {
      echo.listen(0, "127.0.0.1", () => resolve((echo.address() as AddressInfo).port));
    });
  });

  afterAll(() => {
    echo.close();
  });

  test("pass both ways after the head was judged, and are recorded", async () => {
    const upgrading = await startGateway({ upstream: `http://127.0.0.1:${port}` });
    const client = await RawClient.connect(upgrading.port);
    client.send("GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: Chat\r\n\r\n");
    await client.until((received) => received.endsWith("hello "));
    client.send("world");
    await client.until((received) => received.endsWith("WORLD"));
    client.close();
    await expect.poll(() => upgrading.guard.closed.length).toBe(1);

    expect(heads.at(-1)).toContain("Connection: Upgrade\r\nUpgrade: Chat\r\n");
    expect(client.received).toMatch(
      /^HTTP\/1\.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\nX-Own: 1\r\n\r\n/,
    );
    expect(upgrading.guard.closed[0]).toMatchObject({
      outcome: { upgrade: "chat" },
      response: { status: 101 },
    });
    await upgrading.close();
  });

  test("that nobody asked for are an upstream's fault", async () => {
    const upgrading = await startGateway({ upstream: `http://127.0.0.1:${port}` });
    const received = await sendRaw(
      upgrading.port,
      "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    );

    expect(received).toMatch(/^HTTP\/1\.1 502 /);
    await upgrading.close();
  });
});
