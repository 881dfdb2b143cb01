import { type ClientHttp2Session, connect as connectHttp2, constants } from "node:http2";
import { createServer as createHttpsServer, request as httpsRequest } from "node:https";
import type { AddressInfo } from "node:net";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Certificate,
  type Certificates,
  canMakeCertificates,
  makeCertificates,
} from "./apps/certificates.ts";
import { bytesOf, type EchoUpstream, startEchoUpstream } from "./apps/echo-upstream.ts";
import { type GatewayInput, type RunningGateway, startGateway } from "./apps/start-gateway.ts";
import type { TestGuardOptions } from "./apps/test-guard.ts";

interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
  readonly trailers: readonly string[];
}

const unmade = canMakeCertificates() ? "" : " (skipped: no openssl to make certificates with)";

describe.skipIf(unmade !== "")(`TLS${unmade}`, () => {
  let certificates: Certificates;
  let upstream: EchoUpstream;
  const open: RunningGateway[] = [];
  const sessions: ClientHttp2Session[] = [];

  beforeAll(async () => {
    certificates = makeCertificates();
    upstream = await startEchoUpstream({
      "/dies": (request, response) => {
        request.resume();
        response.writeHead(200, { "Content-Length": 1_000 });
        response.write("only the beginning");
        setImmediate(() => request.socket.destroy());
      },
      "/early": (_request, response) => {
        response.writeHead(413);
        response.end("enough");
      },
      "/silent": (request) => {
        request.resume();
      },
      "/hints": (request, response) => {
        request.resume();
        response.writeEarlyHints({ link: "</style.css>; rel=preload" });
        response.end("hinted");
      },
    });
  });

  afterAll(async () => {
    for (const session of sessions) session.destroy();
    for (const gateway of open) {
      expect(gateway.errors).toEqual([]);
      await gateway.close();
    }
    await upstream.close();
  });

  async function gatewayWith(
    tls: object = {},
    guarded: TestGuardOptions = {},
    input: GatewayInput = {},
  ): Promise<RunningGateway> {
    const { cert, key } = certificates.server;
    const gateway = await startGateway(
      { upstream: upstream.url, ...input, listen: { tls: { cert, key, ...tls } } },
      guarded,
    );
    open.push(gateway);
    return gateway;
  }

  function session(port: number, certificate?: Certificate): ClientHttp2Session {
    const made = connectHttp2(`https://localhost:${port}`, {
      ca: certificates.authority.pem.cert,
      ...(certificate === undefined ? {} : certificate.pem),
    });
    made.on("error", () => {});
    sessions.push(made);
    return made;
  }

  function ask(
    client: ClientHttp2Session,
    headers: Record<string, string | string[]>,
    body?: Buffer,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const stream = client.request(
        { ":path": "/x", ...headers },
        { endStream: body === undefined },
      );
      const parts: Buffer[] = [];
      let status = 0;
      let raw: readonly string[] = [];
      let trailers: readonly string[] = [];
      stream.on("response", (fields, _flags, rawHeaders) => {
        status = fields[":status"] ?? 0;
        raw = (rawHeaders as unknown as string[]) ?? [];
      });
      stream.on("trailers", (_fields, _flags, rawTrailers) => {
        trailers = (rawTrailers as unknown as string[]) ?? [];
      });
      stream.on("data", (bytes: Buffer) => parts.push(bytes));
      stream.on("error", reject);
      stream.on("close", () => {
        if (stream.rstCode !== constants.NGHTTP2_NO_ERROR)
          reject(new Error(`reset ${stream.rstCode}`));
        else resolve({ status, headers: raw, body: Buffer.concat(parts), trailers });
      });
      if (body !== undefined) stream.end(body);
    });
  }

  describe("over HTTP/2", () => {
    test.each([
      ["bodies are tapped", {}],
      [
        "bodies are held",
        {
          request: { treatment: "hold", bytesMax: 100_000 },
          response: { treatment: "hold", bytesMax: 100_000 },
        },
      ],
      ["verdicts come later", { isAsync: true }],
    ] as const)("exchanges are those of the upstream when %s", async (_what, guarded) => {
      const gateway = await gatewayWith({}, guarded);
      const client = session(gateway.port);

      const big = await ask(client, { ":path": "/big/3000000" });
      expect(big.body.equals(bytesOf(3_000_000))).toBe(true);
      const sized = await ask(client, { ":path": "/sized/50000" });
      expect(sized.headers).toEqual(
        expect.arrayContaining(["content-length", "50000", "x-kind", "sized"]),
      );
      const uploaded = await ask(client, { ":path": "/x", ":method": "POST" }, bytesOf(2_000_000));
      expect(JSON.parse(uploaded.body.toString())).toMatchObject({
        method: "POST",
        bytes: 2_000_000,
      });
      const measured = await ask(
        client,
        { ":method": "PUT", "content-length": "5" },
        Buffer.from("hello"),
      );
      expect(JSON.parse(measured.body.toString())).toMatchObject({ bytes: 5 });
      expect((await ask(client, { ":path": "/trailers" })).trailers).toEqual(["x-sum", "42"]);
      expect(await ask(client, { ":path": "/status/204" })).toMatchObject({ status: 204 });
      expect((await ask(client, { ":path": "/sized/9", ":method": "HEAD" })).body).toHaveLength(0);
      const twice = await ask(client, { ":path": "/status/404" });
      expect(twice.headers.filter((name) => name === "set-cookie")).toHaveLength(2);
      const all = await Promise.all(
        Array.from({ length: 100 }, () => ask(client, { ":path": "/sized/1000" })),
      );
      expect(all.every(({ body }) => body.length === 1_000)).toBe(true);
      await expect.poll(() => gateway.guard.closed.length).toBe(gateway.guard.exchanges.length);
      expect(gateway.count("heldBytes")).toBe(0);
    });

    test("the upstream gets one request of HTTP/1.1, with its cookies in one line", async () => {
      const gateway = await gatewayWith();
      await ask(session(gateway.port), {
        ":path": "/x?y=%20",
        cookie: ["a=1", "b=2"],
        "x-own": "1",
        te: "trailers",
      });
      const { rawHeaders = [], url } = upstream.seen.at(-1) ?? {};

      expect(url).toBe("/x?y=%20");
      expect(rawHeaders.slice(0, 2)).toEqual(["x-own", "1"]);
      expect(rawHeaders).toEqual(
        expect.arrayContaining([
          "Host",
          `localhost:${gateway.port}`,
          "cookie",
          "a=1; b=2",
          "Via",
          "2.0 merlon",
          "X-Forwarded-Proto",
          "https",
        ]),
      );
      expect(gateway.guard.last?.head).toMatchObject({
        httpVersion: "2",
        scheme: "https",
        authority: `localhost:${gateway.port}`,
      });
    });

    test("a block is a problem document", async () => {
      const gateway = await gatewayWith({}, { blocks: () => 403 });
      const { status, headers, body } = await ask(
        session(gateway.port),
        { ":method": "POST" },
        Buffer.from("x"),
      );

      expect(status).toBe(403);
      expect(headers).toEqual(expect.arrayContaining(["merlon-decision", gateway.guard.last?.id]));
      expect(JSON.parse(body.toString())).toMatchObject({ status: 403 });
    });

    test.each([
      [
        "another Host than the authority",
        { ":authority": "shop.example", host: "evil.example" },
        400,
      ],
      ["a fragment in the path", { ":path": "/a#b" }, 400],
      ["white space in the path", { ":path": "/a b" }, 400],
      ["TRACE", { ":method": "TRACE" }, 501],
      ["a name that looks like framing", { content_length: "5" }, 400],
      ["a length without a body", { "content-length": "5" }, 400],
      ["an unknown expectation", { expect: "200-ok" }, 417],
    ])("%s is refused", async (_what, headers, status) => {
      const gateway = await gatewayWith();
      const before = upstream.seen.length;
      const answered = await ask(session(gateway.port), headers).catch(
        (error: Error) => error.message,
      );

      // What the library refuses on its own ends the stream without a word.
      if (typeof answered !== "string") expect(answered.status).toBe(status);
      expect(upstream.seen.length).toBe(before);
    });

    test("early hints pass, and an answer before the upload ended does not wait for it", async () => {
      const gateway = await gatewayWith();
      const client = session(gateway.port);
      const hinted = client.request({ ":path": "/hints" });
      const hints = new Promise((resolve) =>
        hinted.on("headers", (fields) => resolve(fields["link"])),
      );
      hinted.resume();
      expect(await hints).toBe("</style.css>; rel=preload");

      const upload = client.request({ ":path": "/early", ":method": "POST" });
      upload.on("error", () => {});
      upload.write(bytesOf(10_000));
      const status = await new Promise((resolve) =>
        upload.on("response", (fields) => resolve(fields[":status"])),
      );
      expect(status).toBe(413);
      upload.close();
    });

    test("a response that its upstream did not finish ends with an error", async () => {
      const gateway = await gatewayWith();

      await expect(ask(session(gateway.port), { ":path": "/dies" })).rejects.toThrow(
        /reset|Stream/,
      );
      await expect.poll(() => gateway.guard.last?.outcome?.aborted).toBe("upstream");
    });

    test("a client that resets its stream takes the request to the upstream along", async () => {
      const gateway = await gatewayWith();
      const stream = session(gateway.port).request({ ":path": "/silent" });
      stream.on("error", () => {});
      await expect.poll(() => gateway.count("upstreamConnectionsOpen")).toBe(1);
      stream.close(constants.NGHTTP2_CANCEL);

      await expect.poll(() => gateway.count("upstreamConnectionsOpen")).toBe(0);
      expect(gateway.guard.last?.outcome).toMatchObject({ aborted: "client" });
    });
  });

  test("clients that know only HTTP/1.1 get it", async () => {
    const gateway = await gatewayWith();

    expect(await askHttp1(gateway.port, certificates)).toBe(200);
    expect(gateway.guard.last?.head).toMatchObject({ httpVersion: "1.1", scheme: "https" });
  });

  describe("client certificates", () => {
    test("that are required let only their holders in", async () => {
      const gateway = await gatewayWith({
        clientCertificates: "required",
        clientCa: certificates.authority.cert,
      });

      expect(await askHttp1(gateway.port, certificates, certificates.client)).toBe(200);
      await expect(askHttp1(gateway.port, certificates)).rejects.toThrow();
      await expect(askHttp1(gateway.port, certificates, certificates.stranger)).rejects.toThrow();
      expect((await ask(session(gateway.port, certificates.client), {})).status).toBe(200);
    });

    test("that are optional may be missing, but not wrong", async () => {
      const gateway = await gatewayWith({
        clientCertificates: "optional",
        clientCa: certificates.authority.cert,
      });

      expect(await askHttp1(gateway.port, certificates, certificates.client)).toBe(200);
      expect(await askHttp1(gateway.port, certificates)).toBe(200);
      await expect(askHttp1(gateway.port, certificates, certificates.stranger)).rejects.toThrow();
    });
  });

  test("a connection that never finishes its handshake counts as open, and is let go", async () => {
    const gateway = await gatewayWith();
    const socket = connectTls({
      port: gateway.port,
      host: "127.0.0.1",
      ALPNProtocols: ["nothing-known"],
      rejectUnauthorized: false,
    });
    const ended = await new Promise((resolve) => {
      socket.on("error", () => resolve("refused"));
      socket.on("secureConnect", () => resolve("open"));
    });
    socket.destroy();

    expect(ended).toBe("refused");
    await expect.poll(() => gateway.count("connectionsOpen")).toBe(0);
  });

  describe("towards the upstream", () => {
    test("is checked against its authority, unless told otherwise", async () => {
      const { cert, key } = certificates.server.pem;
      const server = createHttpsServer({ cert, key }, (_request, response) =>
        response.end("secret"),
      );
      const port = await new Promise<number>((resolve) => {
        server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
      });
      const url = `https://localhost:${port}`;
      const known = await gatewayWith(
        {},
        {},
        { upstream: undefined as never, upstreams: [{ url, ca: certificates.authority.cert }] },
      );
      const unknown = await gatewayWith(
        {},
        {},
        { upstream: undefined as never, upstreams: [{ url }] },
      );
      const unchecked = await gatewayWith(
        {},
        {},
        { upstream: undefined as never, upstreams: [{ url, verifyCertificate: false }] },
      );

      expect((await ask(session(known.port), {})).body.toString()).toBe("secret");
      expect((await ask(session(unknown.port), {})).status).toBe(502);
      expect((await ask(session(unchecked.port), {})).body.toString()).toBe("secret");
      server.closeAllConnections();
      server.close();
    });
  });

  test("files that do not fit together are refused when read, and a running gateway keeps its own", async () => {
    const gateway = await gatewayWith();
    const { optionsOf } = await import("./apps/start-gateway.ts");
    const tls = { cert: certificates.server.cert, key: certificates.stranger.key };
    const broken = optionsOf({ upstream: upstream.url, listen: { tls } });

    expect(() => gateway.server.apply({ options: broken, guard: gateway.guard })).toThrow(
      /certificate and key/,
    );
    expect(await askHttp1(gateway.port, certificates)).toBe(200);
    await expect(startGateway({ upstream: upstream.url, listen: { tls } })).rejects.toThrow(
      /certificate and key/,
    );
  });
});

function askHttp1(
  port: number,
  certificates: Certificates,
  certificate?: Certificate,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      {
        port,
        host: "localhost",
        path: "/x",
        agent: false,
        ca: certificates.authority.pem.cert,
        ...(certificate === undefined ? {} : certificate.pem),
      },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
      },
    );
    request.on("error", reject);
    request.end();
  });
}
