import { once } from "node:events";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, connect, createServer } from "node:net";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readExchanges } from "../read-exchanges.ts";
import type { ReadResult } from "../read-result.ts";

const client = { address: [10, 0, 0, 1], port: 40_000 } as const;
const server = { address: [10, 0, 0, 5], port: 8_080 } as const;

interface Segment {
  readonly isFromClient: boolean;
  readonly sequence: number;
  readonly bytes?: Buffer;
  /** SYN 2, FIN 1, RST 4. */
  readonly flags?: number;
}

function ipv4(segment: Segment, more: { readonly fragment?: number } = {}): Buffer {
  const [from, to] = segment.isFromClient ? [client, server] : [server, client];
  const payload = segment.bytes ?? Buffer.alloc(0);
  const header = Buffer.alloc(40);
  header[0] = 0x45;
  header.writeUInt16BE(40 + payload.length, 2);
  header.writeUInt16BE(more.fragment ?? 0x4000, 6);
  header[9] = 6;
  header.set(from.address, 12);
  header.set(to.address, 16);
  header.writeUInt16BE(from.port, 20);
  header.writeUInt16BE(to.port, 22);
  header.writeUInt32BE(segment.sequence >>> 0, 24);
  header[32] = 0x50;
  header[33] = segment.flags ?? 0x10;
  return Buffer.concat([header, payload]);
}

function ipv6(segment: Segment): Buffer {
  const tcp = ipv4(segment).subarray(20);
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(tcp.length + 8, 4);
  // A destination options header stands before the segment.
  header[6] = 60;
  header[23] = segment.isFromClient ? 1 : 2;
  header[39] = segment.isFromClient ? 2 : 1;
  return Buffer.concat([header, Buffer.from([6, 0, 1, 4, 0, 0, 0, 0]), tcp]);
}

function pcap(packets: readonly Buffer[], linkType = 101): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(linkType, 20);
  const records = packets.flatMap((bytes, at) => {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(1_800_000_000 + at, 0);
    record.writeUInt32LE(500_000, 4);
    record.writeUInt32LE(bytes.length, 8);
    record.writeUInt32LE(bytes.length, 12);
    return [record, bytes];
  });
  return Buffer.concat([header, ...records]);
}

function pcapng(packets: readonly Buffer[], linkType = 101): Buffer {
  const block = (type: number, body: Buffer): Buffer => {
    const padded = Buffer.alloc(12 + Math.ceil(body.length / 4) * 4);
    padded.writeUInt32BE(type, 0);
    padded.writeUInt32BE(padded.length, 4);
    body.copy(padded, 8);
    padded.writeUInt32BE(padded.length, padded.length - 4);
    return padded;
  };
  const section = Buffer.from("1a2b3c4d00010000ffffffffffffffff", "hex");
  // Time in nanoseconds: option 9, one byte, 9.
  const about = Buffer.from(
    `${linkType.toString(16).padStart(4, "0")}0000000400000009000109000000`,
    "hex",
  );
  return Buffer.concat([
    block(0x0a0d0d0a, section),
    block(1, about),
    ...packets.map((bytes, at) => {
      const head = Buffer.alloc(20);
      const ticks = (1_800_000_000n + BigInt(at)) * 1_000_000_000n + 500_000_000n;
      head.writeBigUInt64BE(ticks, 4);
      head.writeUInt32BE(bytes.length, 12);
      head.writeUInt32BE(bytes.length, 16);
      return block(6, Buffer.concat([head, bytes]));
    }),
  ]);
}

async function read(file: Buffer | readonly Buffer[]): Promise<readonly ReadResult[]> {
  const results: ReadResult[] = [];
  const input = Readable.from(Buffer.isBuffer(file) ? [file] : file);
  for await (const result of readExchanges(input, { format: "pcap" })) results.push(result);
  return results;
}

/** What was said in a nutshell: `GET /a → 200 body`. */
function spoken(results: readonly ReadResult[]): readonly string[] {
  return results.map((result) => {
    if ("note" in result) return result.note;
    if ("problem" in result) return `${result.unit} ${result.line}: ${result.problem}`;
    if ("raw" in result) return `raw ${Buffer.from(result.raw).toString()}`;
    const { request, response } = result.exchange;
    const query = request.query === "" ? "" : `?${request.query}`;
    const sent = request.body === undefined ? "" : ` ${Buffer.from(request.body.bytes)}`;
    const got =
      response === undefined
        ? "nothing"
        : `${response.status} ${Buffer.from(response.body?.bytes ?? [])}`.trim();
    return `${request.method} ${request.path}${query}${sent} → ${got}`;
  });
}

/** Both sides of a conversation in segments of this size, in turns as they were said. */
function conversation(
  said: readonly (readonly [isFromClient: boolean, text: string | Buffer])[],
  options: { readonly size?: number; readonly start?: number } = {},
): Segment[] {
  const { size = 1_460, start = 4_294_967_000 } = options;
  const next = { client: start, server: 77 };
  const segments: Segment[] = [
    { isFromClient: true, sequence: next.client++, flags: 2 },
    { isFromClient: false, sequence: next.server++, flags: 0x12 },
  ];
  for (const [isFromClient, text] of said) {
    const bytes = Buffer.from(text);
    const side = isFromClient ? "client" : "server";
    for (let at = 0; at < bytes.length; at += size) {
      const piece = bytes.subarray(at, at + size);
      segments.push({ isFromClient, sequence: next[side], bytes: piece });
      next[side] += piece.length;
    }
  }
  return segments;
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: shop.example\r\n\r\n`;
const ok = (body: string): string =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const post = "POST /orders HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 5\r\n\r\nhello";
const chunked =
  "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=1\r\nde\r\n0\r\n\r\n";

const talk = [
  [true, get("/a?b=1")],
  [false, "HTTP/1.1 100 Continue\r\n\r\n"],
  [false, ok("one")],
  [true, post],
  [false, chunked],
] as const;
const expected = ["GET /a?b=1 → 200 one", "POST /orders hello → 201 abcde"];

describe("HTTP/1.1 in a capture", () => {
  test("is read with addresses, times and packet numbers", async () => {
    const [first] = await read(pcap(conversation(talk).map((one) => ipv4(one))));
    expect(first).toMatchObject({
      line: 3,
      exchange: {
        timeMs: 1_800_000_002_500,
        client: "10.0.0.1",
        destination: "10.0.0.5:8080",
        durationMs: 2_000,
        request: { scheme: "http", authority: "shop.example", path: "/a", query: "b=1" },
      },
    });
  });

  const segments = conversation(talk);
  const ethernet = (type: number, ip: Buffer, vlan = ""): Buffer =>
    Buffer.concat([
      Buffer.alloc(12),
      Buffer.from(vlan + type.toString(16).padStart(4, "0"), "hex"),
      ip,
    ]);
  test.each([
    ["raw IP", 101, (one: Segment) => ipv4(one)],
    ["loopback", 0, (one: Segment) => Buffer.concat([Buffer.from("02000000", "hex"), ipv4(one)])],
    ["Ethernet", 1, (one: Segment) => ethernet(0x0800, ipv4(one))],
    ["Ethernet and IPv6", 1, (one: Segment) => ethernet(0x86dd, ipv6(one))],
    [
      "Ethernet with two VLANs",
      1,
      (one: Segment) => ethernet(0x0800, ipv4(one), "88a8000181000002"),
    ],
    [
      "Linux cooked",
      113,
      (one: Segment) => Buffer.concat([Buffer.alloc(14), Buffer.from("0800", "hex"), ipv4(one)]),
    ],
    [
      "Linux cooked, second version",
      276,
      (one: Segment) => Buffer.concat([Buffer.from("86dd", "hex"), Buffer.alloc(18), ipv6(one)]),
    ],
  ])("is found behind %s", async (_what, linkType, packetOf) => {
    expect(spoken(await read(pcap(segments.map(packetOf), linkType)))).toEqual(expected);
    expect(spoken(await read(pcapng(segments.map(packetOf), linkType)))).toEqual(expected);
  });

  test("does not depend on how it was cut, repeated and put out of order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.nat(10), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 400 }),
        async (size, shifts, chunk) => {
          const pieces = conversation(talk, { size });
          const head = pieces.slice(0, 2);
          const rest = pieces.slice(2);
          // Each segment comes up to ten places later, some of them twice and some with more.
          const moved = rest
            .flatMap((one, at) => {
              const shift = shifts[at % shifts.length] ?? 0;
              const next = rest[at + 1];
              const longer =
                next !== undefined && next.isFromClient === one.isFromClient && shift % 3 === 0
                  ? {
                      ...one,
                      bytes: Buffer.concat(
                        [one.bytes ?? "", next.bytes ?? ""].map((part) => Buffer.from(part)),
                      ),
                    }
                  : one;
              return shift % 2 === 0
                ? [
                    { one, at: at + shift },
                    { one: longer, at: at + shift + 3 },
                  ]
                : [{ one, at: at + shift }];
            })
            .sort((left, right) => left.at - right.at)
            .map(({ one }) => one);
          const file = pcap([...head, ...moved].map((one) => ipv4(one)));
          const chunks = [];
          for (let at = 0; at < file.length; at += chunk)
            chunks.push(file.subarray(at, at + chunk));
          expect(spoken(await read(chunks))).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("may be pipelined, and HEAD has no body", async () => {
    const head = "HEAD /c HTTP/1.1\r\nHost: a\r\n\r\n";
    const said = [
      [true, get("/a") + head + get("/b")],
      [false, `${ok("1")}HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n${ok("2")}`],
    ] as const;
    const results = await read(pcap(conversation(said).map((one) => ipv4(one))));
    expect(spoken(results)).toEqual(["GET /a → 200 1", "HEAD /c → 200", "GET /b → 200 2"]);
  });

  test("may last until the connection closes", async () => {
    const said = [
      [true, get("/a")],
      [false, "HTTP/1.0 200 OK\r\n\r\nall of it"],
    ] as const;
    const pieces = conversation(said);
    const last = pieces.at(-1);
    const fin: Segment = {
      isFromClient: false,
      sequence: (last?.sequence ?? 0) + (last?.bytes?.length ?? 0),
      flags: 0x11,
    };
    expect(spoken(await read(pcap([...pieces, fin].map((one) => ipv4(one)))))).toEqual([
      "GET /a → 200 all of it",
    ]);
  });

  test("keeps compressed bodies as they are", async () => {
    const body = gzipSync("hello");
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
    const said = [
      [true, get("/a")],
      [false, Buffer.concat([Buffer.from(head), body])],
    ] as const;
    const [result] = await read(pcap(conversation(said).map((one) => ipv4(one))));
    expect(result).toMatchObject({
      exchange: { response: { body: { bytes: body, bytesTotal: body.length } } },
    });
  });

  test("tells a websocket and reads no further", async () => {
    const upgrade =
      "GET /live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    const said = [
      [true, upgrade],
      [false, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"],
      [true, "\x81\x05GET /"],
    ] as const;
    const results = await read(pcap(conversation(said).map((one) => ipv4(one))));
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ exchange: { upgrade: "websocket" } });
  });

  test("that a strict reader refuses is handed over as it is, and nothing behind it is read", async () => {
    const both =
      "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    const results = await read(
      pcap(conversation([[true, both + get("/b")]]).map((one) => ipv4(one))),
    );
    expect(spoken(results)).toEqual([expect.stringMatching(/^raw POST \/a/) as string]);
  });

  test("without its answer is an exchange without one", async () => {
    const results = await read(pcap(conversation([[true, get("/a")]]).map((one) => ipv4(one))));
    expect(spoken(results)).toEqual(["GET /a → nothing"]);
  });
});

describe("a capture with holes", () => {
  test("steps over missing bytes of a body, and says so", async () => {
    const long = "x".repeat(100);
    const said = [
      [true, get("/a")],
      [false, ok(long)],
      [true, get("/b")],
      [false, ok("2")],
    ] as const;
    const pieces = conversation(said, { size: 60 });
    const lost = pieces.findIndex(
      ({ bytes }) => bytes?.includes("xxxxxxxxxxxx".repeat(3)) === true,
    );
    const results = await read(pcap(pieces.filter((_, at) => at !== lost).map((one) => ipv4(one))));
    const answer = results.find((result) => "exchange" in result);

    expect(answer).toMatchObject({ exchange: { response: { body: { bytesTotal: 100 } } } });
    expect(spoken(results).join()).toContain("1 gaps of together 60 bytes were not captured");
    expect(spoken(results).join()).toContain("GET /b → 200 2");
  });

  test("finds the next message when a head is missing", async () => {
    const said = [
      [true, get("/a")],
      [false, ok("1")],
      [true, get("/b")],
      [false, ok("2")],
    ] as const;
    const pieces = conversation(said);
    const results = await read(pcap(pieces.filter((_, at) => at !== 3).map((one) => ipv4(one))));
    expect(spoken(results)).toContain("GET /b → nothing");
  });

  test("may begin in the middle of a connection", async () => {
    const said = [
      [false, "rest of something"],
      [true, get("/b")],
      [false, ok("2")],
    ] as const;
    const pieces = conversation(said).slice(2);
    expect(spoken(await read(pcap(pieces.map((one) => ipv4(one)))))).toEqual(["GET /b → 200 2"]);
  });

  test("counts what is no part of it: fragments, encryption, other protocols, unknown links", async () => {
    const piece: Segment = { isFromClient: true, sequence: 1, bytes: Buffer.from(get("/a")) };
    const tls = conversation([[true, "\x16\x03\x01\x02\x00\x01"]]).map((one) => ipv4(one));
    const other = conversation([
      [false, "220 mail"],
      [true, "\x00\x01\x02"],
    ]).map((one) => ipv4(one));

    expect(spoken(await read(pcap([ipv4(piece, { fragment: 0x2000 })])))).toEqual([
      "1 fragments of IP packets were skipped",
    ]);
    expect(spoken(await read(pcap(tls)))[0]).toContain("1 encrypted connections");
    expect(spoken(await read(pcap(other)))[0]).toContain("1 connections do not speak HTTP");
    expect(spoken(await read(pcap([Buffer.alloc(9)], 147)))[0]).toContain(
      "1 packets have a link type",
    );
  });

  test("that is cut off gives what came before, and says so", async () => {
    const file = pcap(conversation(talk).map((one) => ipv4(one)));
    const results = spoken(await read(file.subarray(0, file.length - 3)));
    expect(results[0]).toBe("GET /a?b=1 → 200 one");
    expect(results).toContain("packet 7: the capture ends in the middle of a packet");
  });

  test("never fails, whatever its bytes are", async () => {
    const files = [pcap, pcapng].map((write) =>
      write(conversation(talk, { size: 9 }).map((one) => ipv4(one))),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { maxLength: 30 }),
        async (file, changes) => {
          const changed = Buffer.from(file);
          for (const [at, byte] of changes) if (at >= 4) changed[at % changed.length] = byte;
          changed.set(file.subarray(0, 4));
          await read(changed);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("holds little of a connection that floods one side", async () => {
    function* flood(): Generator<Buffer> {
      const start = pcap([]);
      yield start;
      for (let at = 0; at < 20_000; at += 1) {
        // Far ahead of what is expected, so that everything would have to wait.
        const bytes = Buffer.alloc(1_400, 120);
        yield pcap([ipv4({ isFromClient: true, sequence: 10_000 + at * 2_800, bytes })]).subarray(
          24,
        );
      }
    }
    const before = process.memoryUsage().rss;
    for await (const _ of readExchanges(Readable.from(flood()), { format: "pcap" })) {
      // Only what is held matters.
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });
});

/** Lets a client and a server talk through a proxy that writes down what both say. */
async function recorded(port: number, run: (port: number) => Promise<void>): Promise<Segment[]> {
  const said: [boolean, Buffer][] = [];
  const proxy = createServer((socket) => {
    const upstream = connect(port, "127.0.0.1");
    socket.on("data", (bytes: Buffer) => said.push([true, bytes]));
    upstream.on("data", (bytes: Buffer) => said.push([false, bytes]));
    socket.pipe(upstream).pipe(socket);
    socket.on("error", () => upstream.destroy());
    upstream.on("error", () => socket.destroy());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  await run((proxy.address() as AddressInfo).port);
  proxy.close();
  return conversation(said, { size: 700 });
}

describe("cleartext HTTP/2 in a capture", () => {
  test("is read stream by stream", async () => {
    const h2 = createHttp2Server((request, response) => {
      request.resume();
      request.on("end", () => {
        response.setHeader("x-long", "y".repeat(300));
        response.end(`answer to ${request.url}`);
      });
    });
    h2.listen(0, "127.0.0.1");
    await once(h2, "listening");
    const segments = await recorded((h2.address() as AddressInfo).port, async (port) => {
      const session = connectHttp2(`http://127.0.0.1:${port}`);
      const streams = [1, 2, 3].map((at) => {
        const stream = session.request({
          ":method": "POST",
          ":path": `/orders/${at}?x=1`,
          authorization: "Bearer abcdefgh",
        });
        stream.resume();
        stream.end(`body ${at}`);
        return once(stream, "close");
      });
      await Promise.all(streams);
      session.close();
      await once(session, "close");
    });
    h2.close();
    const results = await read(pcap(segments.map((one) => ipv4(one))));

    expect(spoken(results).toSorted()).toEqual([
      "POST /orders/1?x=1 body 1 → 200 answer to /orders/1?x=1",
      "POST /orders/2?x=1 body 2 → 200 answer to /orders/2?x=1",
      "POST /orders/3?x=1 body 3 → 200 answer to /orders/3?x=1",
    ]);
    expect(results[0]).toMatchObject({
      exchange: {
        request: { httpVersion: "2", authority: expect.stringContaining("127.0.0.1") as string },
      },
    });
  });

  test("with a broken header block is given up and counted", async () => {
    const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    const frame = Buffer.from([0, 0, 2, 1, 5, 0, 0, 0, 1, 0xff, 0xff]);
    const said = [[true, Buffer.concat([Buffer.from(preface), frame])]] as const;
    const results = await read(pcap(conversation(said).map((one) => ipv4(one))));
    expect(spoken(results)[0]).toContain("1 connections could not be read on");
  });
});
