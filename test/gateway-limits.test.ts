import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesOf, type EchoUpstream, startEchoUpstream } from "./apps/echo-upstream.ts";
import { RawClient, responsesIn, sendRaw } from "./apps/raw-client.ts";
import { type GatewayInput, type RunningGateway, startGateway } from "./apps/start-gateway.ts";
import type { TestGuardOptions } from "./apps/test-guard.ts";

const get = (path: string, ...headers: string[]): string =>
  `${[`GET ${path} HTTP/1.1`, "Host: a", "Connection: close", ...headers].join("\r\n")}\r\n\r\n`;
const post = (body: string, ...headers: string[]): string =>
  `${["POST /x HTTP/1.1", "Host: a", "Connection: close", `Content-Length: ${body.length}`, ...headers].join("\r\n")}\r\n\r\n${body}`;
const statusOf = (received: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(received)?.[1]);

const hold = { treatment: "hold", bytesMax: 1_000 } as const;

let upstream: EchoUpstream;
const open: RunningGateway[] = [];

async function gatewayWith(
  input: GatewayInput,
  guarded: TestGuardOptions = {},
): Promise<RunningGateway> {
  const gateway = await startGateway({ upstream: upstream.url, ...input }, guarded);
  open.push(gateway);
  return gateway;
}

/** A server of bare sockets, for upstreams that misbehave. */
async function tcpServer(
  onSocket: (socket: Socket) => void,
): Promise<{ url: string; server: Server }> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    onSocket(socket);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
  return { url: `http://127.0.0.1:${port}`, server };
}

beforeAll(async () => {
  upstream = await startEchoUpstream({
    "/silent": (request) => {
      request.resume();
    },
    "/stops": (request, response) => {
      request.resume();
      response.write("one piece");
    },
  });
});

afterAll(async () => {
  for (const gateway of open) {
    expect(gateway.errors).toEqual([]);
    await gateway.close();
  }
  await upstream.close();
});

describe("a client that is too slow", () => {
  test("with its head gets 408", async () => {
    const gateway = await gatewayWith({ timeouts: { requestHeadMs: 100 } });
    const received = await sendRaw(gateway.port, "GET / HTTP/1.1\r\nHost:");

    expect(statusOf(received)).toBe(408);
    expect(gateway.guard.last?.refusals).toMatchObject([{ code: "request-head-timeout" }]);
  });

  test("with anything at all is closed without a word", async () => {
    const gateway = await gatewayWith({ timeouts: { requestHeadMs: 100 } });

    expect(await sendRaw(gateway.port, "")).toBe("");
  });

  test("with its body gets 408, held or not, and the upload upstream is given up", async () => {
    for (const guarded of [{}, { request: { treatment: "hold", bytesMax: 1_000 } } as const]) {
      const gateway = await gatewayWith({ timeouts: { requestBodyMs: 100 } }, guarded);
      const received = await sendRaw(
        gateway.port,
        "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhi",
      );

      expect(statusOf(received)).toBe(408);
      await expect.poll(() => gateway.count("upstreamConnectionsOpen")).toBe(0);
    }
  });

  test("with its next request is closed", async () => {
    const gateway = await gatewayWith({ timeouts: { idleMs: 100 } });
    const received = await sendRaw(gateway.port, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");

    expect(statusOf(received)).toBe(200);
    expect(responsesIn(received)).toBe(1);
  });

  test("with reading is cut off", async () => {
    const gateway = await gatewayWith({ timeouts: { idleMs: 200 } });
    const client = await RawClient.connect(gateway.port);
    client.socket.pause();
    client.send("GET /sized/50000000 HTTP/1.1\r\nHost: a\r\n\r\n");
    await expect.poll(() => gateway.guard.last?.outcome?.aborted).toBe("client");
    client.close();
  });
});

describe("an upstream", () => {
  test("that is not there is 502", async () => {
    const { url, server } = await tcpServer(() => {});
    await new Promise((resolve) => server.close(resolve));
    const gateway = await gatewayWith({ upstream: url });

    expect(statusOf(await sendRaw(gateway.port, get("/")))).toBe(502);
    expect(gateway.guard.last?.outcome).toMatchObject({ aborted: "upstream" });
    expect(gateway.guard.last?.refusals).toEqual([]);
  });

  test("that cannot be connected to in time is 504", async () => {
    // An address of a network for documentation: nobody answers there.
    const gateway = await gatewayWith({
      upstream: "http://192.0.2.1:9",
      timeouts: { upstreamConnectMs: 100 },
    });

    expect([502, 504]).toContain(statusOf(await sendRaw(gateway.port, get("/"))));
  });

  test("that does not answer is 504", async () => {
    const gateway = await gatewayWith({ timeouts: { upstreamResponseMs: 100 } });

    expect(statusOf(await sendRaw(gateway.port, get("/silent")))).toBe(504);
    await expect.poll(() => gateway.count("upstreamConnectionsOpen")).toBe(0);
  });

  test("that stops in mid-response leaves a cut response", async () => {
    const gateway = await gatewayWith({ timeouts: { upstreamIdleMs: 100 } });
    const received = await sendRaw(gateway.port, get("/stops"));

    expect(received).toContain("one piece");
    expect(received).not.toContain("\r\n0\r\n");
  });

  test.each([
    ["nonsense", "hello\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"],
    [
      "a length and chunks",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ["a folded header", "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n"],
    ["a bare line feed in a header", "HTTP/1.1 200 OK\r\nX: a\nb\r\n\r\n"],
    ["nothing, and closes", ""],
  ])("that answers %s is 502", async (_what, answer) => {
    const { url, server } = await tcpServer((socket) => {
      socket.once("data", () => socket.end(answer, "latin1"));
    });
    const gateway = await gatewayWith({ upstream: url });

    expect(statusOf(await sendRaw(gateway.port, get("/")))).toBe(502);
    server.close();
  });

  test("that says more than its response is not heard by the next client", async () => {
    const { url, server } = await tcpServer((socket) => {
      socket.on("data", () => {
        socket.write(
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
        );
      });
    });
    const gateway = await gatewayWith({ upstream: url });
    const first = await sendRaw(gateway.port, get("/"));
    const second = await sendRaw(gateway.port, get("/"));

    expect(`${first}${second}`).not.toContain("evil");
    expect(second.endsWith("ok")).toBe(true);
    server.close();
  });

  test("whose response only ends with the connection is passed in chunks, or cut", async () => {
    const { url, server } = await tcpServer((socket) => {
      socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nX: y\r\n\r\nuntil the end"));
    });
    const gateway = await gatewayWith({ upstream: url });

    expect(await sendRaw(gateway.port, get("/"))).toMatch(
      /Transfer-Encoding: chunked\r\n[\s\S]*until the end\r\n0\r\n\r\n$/,
    );
    expect(await sendRaw(gateway.port, "GET / HTTP/1.0\r\n\r\n")).toMatch(/\r\n\r\nuntil the end$/);
    server.close();
  });

  test("that closed a kept-alive connection meanwhile is asked again, but not for a POST", async () => {
    let connections = 0;
    const { url, server } = await tcpServer((socket) => {
      connections += 1;
      let requests = 0;
      socket.on("data", () => {
        requests += 1;
        // Silently gone at the second request, as after a keep-alive timeout.
        if (requests === 2) socket.destroy();
        else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      });
    });
    const gateway = await gatewayWith({ upstream: url });
    expect(statusOf(await sendRaw(gateway.port, get("/")))).toBe(200);
    expect(statusOf(await sendRaw(gateway.port, get("/")))).toBe(200);
    expect(gateway.count("upstreamRetries")).toBe(1);
    expect(connections).toBe(2);
    expect(statusOf(await sendRaw(gateway.port, post("hi")))).toBe(502);
    server.close();
  });

  test("with too few connections makes requests wait, and then 503", async () => {
    const gateway = await gatewayWith({
      limits: { upstreamConnectionsMax: 1, upstreamQueueMax: 1 },
      timeouts: { upstreamQueueMs: 100, upstreamConnectMs: 100 },
    });
    const first = await RawClient.connect(gateway.port);
    first.send("GET /silent HTTP/1.1\r\nHost: a\r\n\r\n");
    await expect.poll(() => gateway.count("exchangesOpen")).toBe(1);
    const waiting = sendRaw(gateway.port, get("/x"));
    await expect.poll(() => gateway.count("exchangesOpen")).toBe(2);

    expect(statusOf(await sendRaw(gateway.port, get("/x")))).toBe(503);
    expect(statusOf(await waiting)).toBe(503);
    first.close();
  });

  test("that becomes free serves who waits", async () => {
    const gateway = await gatewayWith({ limits: { upstreamConnectionsMax: 1 } });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => sendRaw(gateway.port, get("/x"))),
    );

    expect(answers.map(statusOf)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(gateway.count("upstreamConnectionsOpen")).toBe(1);
  });
});

describe("a request that is too long", () => {
  test("in its target gets 414, complete or not", async () => {
    const gateway = await gatewayWith({ limits: { requestTargetBytesMax: 100 } });

    expect(statusOf(await sendRaw(gateway.port, get(`/${"a".repeat(100)}`)))).toBe(414);
    expect(statusOf(await sendRaw(gateway.port, `GET /${"a".repeat(1_000)}`))).toBe(414);
    expect(statusOf(await sendRaw(gateway.port, get(`/${"a".repeat(99)}`)))).toBe(200);
  });

  test("in its head gets 431, complete or not", async () => {
    const gateway = await gatewayWith({ limits: { headerBytesMax: 1_024 } });

    expect(statusOf(await sendRaw(gateway.port, get("/", `X: ${"a".repeat(1_024)}`)))).toBe(431);
    expect(statusOf(await sendRaw(gateway.port, `GET / HTTP/1.1\r\nX: ${"a".repeat(2_000)}`))).toBe(
      431,
    );
    expect(statusOf(await sendRaw(gateway.port, get("/", `X: ${"a".repeat(500)}`)))).toBe(200);
  });

  test("in its body gets 413, announced or not", async () => {
    const gateway = await gatewayWith({ limits: { bodyBytesMax: 10 } });
    const chunked = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    expect(statusOf(await sendRaw(gateway.port, post("a".repeat(11))))).toBe(413);
    expect(
      statusOf(await sendRaw(gateway.port, `${chunked}b\r\n${"a".repeat(11)}\r\n0\r\n\r\n`)),
    ).toBe(413);
    expect(statusOf(await sendRaw(gateway.port, post("a".repeat(10))))).toBe(200);
  });

  test("for the memory of bodies under inspection gets 503, and is only counted when it need not wait", async () => {
    const limits = { heldBytesMax: 1_048_576, bodyBytesInspectedMax: 4_000_000 };
    const head =
      "POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2000000\r\n\r\n";
    const body = Buffer.concat([Buffer.from(head), bytesOf(2_000_000)]);
    const holding = await gatewayWith(
      { limits },
      { request: { treatment: "hold", bytesMax: 4_000_000 } },
    );
    const tapping = await gatewayWith(
      { limits },
      { request: { treatment: "tap", bytesMax: 4_000_000 } },
    );

    expect(statusOf(await sendRaw(holding.port, body))).toBe(503);
    expect(statusOf(await sendRaw(tapping.port, body))).toBe(200);
    expect(tapping.guard.last?.requestBody?.complete).toBe(false);
    expect(tapping.count("bodiesUninspected")).toBe(1);
    expect(holding.count("heldBytes") + tapping.count("heldBytes")).toBe(0);
  });
});

describe("connections over the limit", () => {
  test("are closed at once, and counted", async () => {
    const gateway = await gatewayWith({ limits: { connectionsMax: 2 } });
    const first = await RawClient.connect(gateway.port);
    const second = await RawClient.connect(gateway.port);
    await expect.poll(() => gateway.count("connectionsOpen")).toBe(2);

    expect(await sendRaw(gateway.port, get("/x"))).toBe("");
    expect(gateway.count("connectionsRefused")).toBe(1);
    first.close();
    second.close();
    await expect.poll(() => gateway.count("connectionsOpen")).toBe(0);
    expect(statusOf(await sendRaw(gateway.port, get("/x")))).toBe(200);
  });
});

describe("the guard", () => {
  test.each([
    ["requestHeaders", 403],
    ["requestBody", 400],
    ["responseHeaders", 500],
    ["responseBody", 403],
  ] as const)("blocks in the phase %s with its status, and nothing of the exchange leaks", async (phase, status) => {
    for (const isAsync of [false, true]) {
      const gateway = await gatewayWith(
        {},
        {
          request: { treatment: "hold", bytesMax: 1_000 },
          response: { treatment: "hold", bytesMax: 1_000 },
          isAsync,
          blocks: (at) => (at === phase ? status : undefined),
        },
      );
      const before = upstream.seen.length;
      const received = await sendRaw(gateway.port, post("hello", "Content-Type: text/plain"));

      expect(statusOf(received)).toBe(status);
      expect(received).toContain(`merlon-decision: ${gateway.guard.last?.id}`);
      expect(received).not.toContain("digest");
      expect(upstream.seen.length - before).toBe(phase.startsWith("request") ? 0 : 1);
      expect(gateway.guard.last?.outcome).toBeDefined();
      expect(gateway.count("blocked")).toBe(1);
    }
  });

  test.each([
    "requestHeaders",
    "requestBody",
    "responseHeaders",
    "responseBody",
  ] as const)("that breaks in the phase %s costs this request, and nothing else", async (phase) => {
    for (const isAsync of [false, true]) {
      const gateway = await startGateway(
        { upstream: upstream.url },
        { throwsIn: phase, isAsync, request: hold, response: hold },
      );
      for (let round = 0; round < 3; round += 1) {
        expect(statusOf(await sendRaw(gateway.port, post("hello")))).toBe(500);
      }
      expect(gateway.errors).toHaveLength(3);
      expect(gateway.count("exchangesOpen")).toBe(0);
      await gateway.close();
    }
  });

  test("sees the beginning of a body that passes, and whether that was all", async () => {
    const gateway = await gatewayWith({ limits: { bodyBytesInspectedMax: 5 } });
    await sendRaw(gateway.port, post("hello"));
    await sendRaw(gateway.port, post("hello world"));

    expect(gateway.guard.exchanges.map(({ requestBody }) => requestBody)).toEqual([
      { text: "hello", complete: true },
      { text: "hello", complete: false },
    ]);
    expect(gateway.count("bodyBytesUninspected")).toBe(6);
  });

  test("that blocks keeps the connection for the next request", async () => {
    const gateway = await gatewayWith(
      {},
      { blocks: (_phase, { head }) => (head?.path === "/no" ? 403 : undefined) },
    );
    const received = await sendRaw(
      gateway.port,
      `GET /no HTTP/1.1\r\nHost: a\r\n\r\n${get("/sized/1")}`,
    );

    expect(received).toMatch(/^HTTP\/1\.1 403 /);
    expect(received).toContain("X-Kind: sized");
  });

  test("gets the exchange's end with its duration and sizes", async () => {
    const gateway = await gatewayWith({});
    await sendRaw(gateway.port, post("hello"));

    expect(gateway.guard.last?.outcome).toMatchObject({ requestBytesTotal: 5 });
    expect(gateway.guard.last?.outcome?.durationMs).toBeGreaterThan(0);
    expect(gateway.guard.last?.connection).toEqual({
      client: "127.0.0.1",
      destination: new URL(upstream.url).host,
    });
  });
});

describe("several upstreams", () => {
  test("are chosen by host and path prefix; what fits none gets 421", async () => {
    const other = await startEchoUpstream();
    const gateway = await gatewayWith({
      upstream: undefined as never,
      upstreams: [
        { url: upstream.url, hosts: ["shop.example"], pathPrefix: "/api", hostHeader: "upstream" },
        { url: other.url, hosts: ["*.shop.example"] },
      ],
    });
    const ask = (host: string, path: string): Promise<string> =>
      sendRaw(gateway.port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

    expect(statusOf(await ask("Shop.Example:8080", "/api/x"))).toBe(200);
    expect(upstream.seen.at(-1)?.rawHeaders.slice(0, 2)).toEqual([
      "Host",
      new URL(upstream.url).host,
    ]);
    expect(statusOf(await ask("shop.example", "/apix"))).toBe(421);
    expect(statusOf(await ask("www.shop.example", "/x"))).toBe(200);
    expect(other.seen).toHaveLength(1);
    expect(statusOf(await ask("elsewhere.example", "/x"))).toBe(421);
    expect(gateway.guard.last?.refusals).toMatchObject([{ code: "unknown-host" }]);
    await other.close();
  });
});

describe("proxies in front", () => {
  test("that are trusted tell who the client is, and their headers stay", async () => {
    const gateway = await gatewayWith({ trustedProxies: ["127.0.0.0/8", "10.0.0.0/8"] });
    await sendRaw(
      gateway.port,
      get("/x", "X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.1.1.1", "X-Forwarded-Proto: https"),
    );

    expect(gateway.guard.last?.connection.client).toBe("203.0.113.7");
    const { rawHeaders = [] } = upstream.seen.at(-1) ?? {};
    expect(rawHeaders).toContain("6.6.6.6, 203.0.113.7, 10.1.1.1, 127.0.0.1");
    expect(rawHeaders.filter((name) => name === "X-Forwarded-Proto")).toHaveLength(1);
    expect(rawHeaders).toContain("https");
  });

  test("that nobody trusts are the client", async () => {
    const gateway = await gatewayWith({});
    await sendRaw(gateway.port, get("/x", "X-Forwarded-For: 203.0.113.7"));

    expect(gateway.guard.last?.connection.client).toBe("127.0.0.1");
    expect(upstream.seen.at(-1)?.rawHeaders).not.toContain("203.0.113.7");
  });
});

describe("a change of the configuration", () => {
  test("holds for the next exchange on an open connection", async () => {
    const gateway = await gatewayWith({});
    const client = await RawClient.connect(gateway.port);
    client.send("GET /sized/1 HTTP/1.1\r\nHost: a\r\n\r\n");
    await client.until((received) => responsesIn(received) === 1);
    const other = await startEchoUpstream();
    const { optionsOf } = await import("./apps/start-gateway.ts");
    gateway.server.apply({ options: optionsOf({ upstream: other.url }), guard: gateway.guard });
    client.send("GET /sized/1 HTTP/1.1\r\nHost: a\r\n\r\n");
    await client.until((received) => responsesIn(received) === 2);

    expect(other.seen).toHaveLength(1);
    client.close();
    await other.close();
  });
});

describe("draining", () => {
  test("lets the open exchange end, closes idle connections, and takes no new ones", async () => {
    const gateway = await startGateway({ upstream: upstream.url, drainMs: 5_000 });
    const idle = await RawClient.connect(gateway.port);
    idle.send("GET /sized/1 HTTP/1.1\r\nHost: a\r\n\r\n");
    await idle.until((received) => responsesIn(received) === 1);
    const busy = await RawClient.connect(gateway.port);
    busy.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
    await expect.poll(() => gateway.count("exchangesOpen")).toBe(1);
    const drained = gateway.close();
    await idle.closed();
    await expect(RawClient.connect(gateway.port)).rejects.toThrow();
    busy.send("lo");
    const received = await busy.closed();
    await drained;

    expect(statusOf(received)).toBe(200);
    expect(received).toContain("Connection: close");
  });

  test("ends what does not end by itself", async () => {
    const gateway = await startGateway({ upstream: upstream.url, drainMs: 100 });
    const client = await RawClient.connect(gateway.port);
    client.send("GET /silent HTTP/1.1\r\nHost: a\r\n\r\n");
    await expect.poll(() => gateway.count("exchangesOpen")).toBe(1);
    await gateway.close();

    expect(await client.closed()).toBe("");
    expect(gateway.guard.last?.outcome).toMatchObject({ aborted: "client" });
  });
});
