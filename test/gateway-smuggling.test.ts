import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseRawRequest } from "../src/sources/gateway/raw-request.ts";
import { RawClient, responsesIn, sendRaw } from "./apps/raw-client.ts";
import { type RecordingUpstream, startRecordingUpstream } from "./apps/recording-upstream.ts";
import { type RunningGateway, startGateway } from "./apps/start-gateway.ts";

const corpus = "../shared/corpora/smuggling/smuggler.jsonl.gz";

let upstream: RecordingUpstream;
let gateway: RunningGateway;

beforeAll(async () => {
  upstream = await startRecordingUpstream();
  gateway = await startGateway({
    upstream: upstream.url,
    // A message that waits for more than the case sends ends soon.
    timeouts: { requestBodyMs: 300, requestHeadMs: 300 },
  });
});

afterAll(async () => {
  expect(gateway.errors).toEqual([]);
  await gateway.close();
  await upstream.close();
});

/** Why the bytes that an upstream got are unsafe; undefined when every reader reads them alike. */
function unsafetyOf(bytes: Buffer): string | undefined {
  for (let rest = bytes; rest.length > 0; ) {
    const text = rest.toString("latin1");
    const bodyStart = text.indexOf("\r\n\r\n") + 4;
    const head = text.slice(0, bodyStart - 2).toLowerCase();
    const unsafe = unsafetyOfHead(head);
    if (unsafe !== undefined) return unsafe;
    const read = parseRawRequest(rest);
    // An upload that its client never finished was given up together with its connection.
    if ("refusal" in read) {
      return read.refusal.code === "incomplete-request" ? undefined : read.refusal.code;
    }
    const isChunked = head.includes("\r\ntransfer-encoding:");
    const length = read.request.body?.bytes.length ?? 0;
    rest = rest.subarray(bodyStart + wireLengthOf(text.slice(bodyStart), isChunked, length));
  }
  return undefined;
}

function unsafetyOfHead(head: string): string | undefined {
  if (/[^\r]\n|\r[^\n]/.test(head)) return "bare line end";
  const lengths = [...head.matchAll(/\r\ncontent-length:(.*)/g)];
  const encodings = [...head.matchAll(/\r\ntransfer-encoding:(.*)/g)];
  if (lengths.length + encodings.length > 1) return "more than one framing";
  if (lengths.some(([, value]) => !/^ [0-9]+$/.test(value?.trimEnd() ?? ""))) return "odd length";
  if (encodings.some(([, value]) => value?.trimEnd() !== " chunked")) return "odd encoding";
  return undefined;
}

function wireLengthOf(body: string, isChunked: boolean, length: number): number {
  if (!isChunked) return length;
  return body.startsWith("0\r\n\r\n") ? 5 : body.indexOf("\r\n0\r\n\r\n") + 7;
}

describe.skipIf(!existsSync(corpus))(`raw requests that readers disagree about (${corpus})`, () => {
  test("never reach an upstream as a message that can be read in two ways", async () => {
    const cases = gunzipSync(readFileSync(corpus))
      .toString("utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: string; raw_b64: string });
    const unsafe: string[] = [];
    let refused = 0;
    for (const { id, raw_b64 } of cases) {
      upstream.reset();
      const client = await RawClient.connect(gateway.port);
      client.send(Buffer.from(raw_b64, "base64"));
      // A well-behaved next request of somebody else, as an attacker's tool sends it too.
      client.send("GET /victim HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      const received = await client.closed();
      if (/^HTTP\/1\.1 (400|501) /.test(received)) refused += 1;

      const reasons = upstream.connections.map(unsafetyOf).filter((reason) => reason !== undefined);
      // Bytes of one message may never become a request of their own.
      const extra = upstream.requests.filter(({ url }) => !/^\/(?:\?cb=|victim$)/.test(url));
      if (reasons.length > 0 || extra.length > 0 || upstream.requests.length > 2) {
        unsafe.push(`${id}: ${reasons} ${JSON.stringify(extra)}`);
      }
    }
    process.stdout.write(
      `smuggling: ${cases.length} cases, ${refused} refused, ${unsafe.length} unsafe\n`,
    );

    expect(unsafe).toEqual([]);
    expect(refused).toBeGreaterThan(cases.length * 0.8);
  });
});

describe("a refusal of the strict reader", () => {
  test("is a problem document with the decision's id, and says nothing of the reason", async () => {
    const received = await sendRaw(gateway.port, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    const id = gateway.guard.last?.id ?? "";

    expect(received).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(received).toContain("content-type: application/problem+json\r\n");
    expect(received).toContain(`merlon-decision: ${id}\r\n`);
    expect(JSON.parse(received.slice(received.indexOf("\r\n\r\n")))).toEqual({
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      decision: id,
    });
    expect(gateway.guard.last?.refusals).toMatchObject([{ code: "duplicate-host", status: 400 }]);
  });

  test("ends the connection, whatever was pipelined behind", async () => {
    upstream.reset();
    const received = await sendRaw(
      gateway.port,
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\nHost: a\r\n\r\n",
    );

    expect(responsesIn(received)).toBe(1);
    expect(upstream.requests).toEqual([]);
  });

  test("of a chunk in mid-body gives up what was forwarded so far", async () => {
    upstream.reset();
    const received = await sendRaw(
      gateway.port,
      "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n2 \r\nhi\r\n0\r\n\r\n",
    );

    expect(received).toMatch(/^HTTP\/1\.1 400 /);
    expect(upstream.requests).toEqual([]);
    expect(gateway.guard.last?.refusals).toMatchObject([{ code: "invalid-chunk-size" }]);
  });

  test("does not wait for the end of a head that is already wrong", async () => {
    expect(await sendRaw(gateway.port, "GET / HTTP/1.1\nHost: a\n\n")).toContain(" 400 ");
    expect(await sendRaw(gateway.port, "\x16\x03\x01\x02\x00\x01")).toContain(" 400 ");
    expect(await sendRaw(gateway.port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).toContain(" 505 ");
  });
});

describe("honest traffic", () => {
  test("on one connection, pipelined and with bodies, is unharmed", async () => {
    upstream.reset();
    const client = await RawClient.connect(gateway.port);
    const requests = [
      "GET /?cb=1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\n0\r\n\r\nX",
      "POST /chunks HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nZ\r\n0\r\n\r\n",
      "GET /last HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ];
    client.send(requests.join(""));
    await client.until((received) => responsesIn(received) === 4);
    client.close();

    expect(upstream.requests).toEqual([
      { method: "GET", url: "/?cb=1", body: "" },
      { method: "POST", url: "/form", body: "0\r\n\r\nX" },
      { method: "POST", url: "/chunks", body: "Z" },
      { method: "GET", url: "/last", body: "" },
    ]);
  });
});
