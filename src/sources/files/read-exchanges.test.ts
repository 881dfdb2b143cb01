import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { type ReadOptions, readExchanges } from "./read-exchanges.ts";
import type { ReadResult } from "./read-result.ts";

const directory = mkdtempSync(join(tmpdir(), "merlon-files-"));
afterAll(() => rmSync(directory, { recursive: true }));

async function read(
  source: string | Readable | readonly Buffer[],
  options: ReadOptions = {},
): Promise<ReadResult[]> {
  const stream = typeof source === "string" || source instanceof Readable;
  const results: ReadResult[] = [];
  const input = stream ? source : Readable.from(source);
  for await (const result of readExchanges(input, { now: () => 42, ...options })) {
    results.push(result);
  }
  return results;
}

const readText = (text: string, options?: ReadOptions): Promise<ReadResult[]> =>
  read([Buffer.from(text)], options);

const line = (value: object): string => `${JSON.stringify(value)}\n`;

const get = (url: string): object => ({ request: { method: "GET", url, headers: [] } });

const entry = (url: string, more: object = {}): object => ({
  startedDateTime: "2026-11-23T20:00:00.000Z",
  time: 12.5,
  request: { method: "GET", url, httpVersion: "HTTP/1.1", headers: [], ...more },
  response: { status: 200, headers: [], content: { text: '{"a":"}]\\""}' } },
});

const har = (entries: readonly unknown[]): object => ({
  log: { version: "1.2", creator: { name: "entries", entries: [{}] }, entries, pages: [{}] },
});

describe("JSON lines", () => {
  test("give back the exchange of the documented example", async () => {
    const [result] = await readText(
      line({
        id: "r1",
        time: "2026-11-23T20:00:00.000Z",
        client: "203.0.113.7",
        destination: "10.0.0.5:8080",
        request: {
          method: "GET",
          url: "https://shop.example/api/v1/products/12?expand=all",
          httpVersion: "1.1",
          headers: [
            ["Host", "shop.example"],
            ["authorization", " Bearer ey "],
          ],
          body: "aGk=",
          bodyEncoding: "base64",
        },
        response: { status: 200, headers: [["content-type", "text/plain"]], body: "é" },
        durationMs: 12.5,
        unknown: true,
      }),
    );

    expect(result).toEqual({
      line: 1,
      exchange: {
        id: "r1",
        timeMs: Date.parse("2026-11-23T20:00:00.000Z"),
        client: "203.0.113.7",
        destination: "10.0.0.5:8080",
        durationMs: 12.5,
        request: {
          method: "GET",
          scheme: "https",
          authority: "shop.example",
          path: "/api/v1/products/12",
          query: "expand=all",
          httpVersion: "1.1",
          headers: [
            ["host", "shop.example"],
            ["authorization", "Bearer ey"],
          ],
          body: { bytes: Buffer.from("hi"), bytesTotal: 2 },
        },
        response: {
          status: 200,
          headers: [["content-type", "text/plain"]],
          body: { bytes: Buffer.from("é"), bytesTotal: 2 },
        },
      },
    });
  });

  test("keep what an attacker wrote into the URL as it was", async () => {
    const [result] = await readText(line(get("http://a/x/../y//%2e?q=1'#--&b=%20c d")));

    expect(result).toMatchObject({
      exchange: { request: { path: "/x/../y//%2e", query: "q=1'#--&b=%20c d" } },
    });
  });

  test("take the host of a URL that is only a path from the Host header", async () => {
    const request = { method: "GET", url: "/a?b", headers: [["Host", "shop.example:81"]] };

    expect(await readText(line({ request }))).toMatchObject([
      { exchange: { request: { scheme: "http", authority: "shop.example:81", path: "/a" } } },
    ]);
  });

  test("hand over raw requests as bytes, with what is known beside them", async () => {
    const raw = Buffer.from("GET / HTTP/1.1\r\n\r\n");
    const record = { id: 7, request: { raw: raw.toString("base64") }, response: { status: 404 } };

    expect(await readText(line(record))).toEqual([
      {
        id: "7",
        timeMs: 42,
        client: "unknown",
        raw,
        response: { status: 404, headers: [] },
        line: 1,
      },
    ]);
  });

  test.each([
    ["is no JSON", '{"request":', "not valid JSON"],
    ["is no object", "[1]", "the line is not an object"],
    ["has no request", "{}", "request is not an object"],
    ["has no method", line({ request: { url: "http://a/" } }), "request.method is not a string"],
    ["has a URL of another kind", line(get("ftp://a/")), "neither an http(s) URL nor a path"],
    ["has a half base64", line({ request: { raw: "R0%" } }), "raw is not base64"],
    ["has a status that is none", line({ ...get("/"), response: { status: 0 } }), "not a status"],
    [
      "has headers of another form",
      line({ request: { method: "GET", url: "/", headers: { a: "b" } } }),
      "not a list of [name, value]",
    ],
    [
      "has an unknown body encoding",
      line({ request: { method: "GET", url: "/", body: "a", bodyEncoding: "hex" } }),
      "neither utf8 nor base64",
    ],
  ])("report a line that %s and go on", async (_why, bad, problem) => {
    const results = await readText(`\n${bad.trimEnd()}\n${line(get("/next"))}`);

    expect(results).toEqual([
      { problem: expect.stringContaining(problem), line: 2 },
      expect.objectContaining({ line: 3 }),
    ]);
  });

  test("report a line over the limit without keeping it, and go on", async () => {
    const long = line(get(`/${"x".repeat(5_000)}`));
    const results = await readText(long + line(get("/next")), { pieceBytesMax: 1_000 });

    expect(results).toMatchObject([
      { problem: expect.stringContaining("over the limit of 1000"), line: 1 },
      { exchange: { request: { path: "/next" } }, line: 2 },
    ]);
  });

  test("never quote the line in a problem, for it may hold secrets", async () => {
    const [result] = await readText('{"password": hunter2}');

    expect(JSON.stringify(result)).not.toContain("hunter2");
  });
});

describe("HAR", () => {
  test.each([
    ["on one line", undefined],
    ["printed over many lines", 2],
  ])("is read %s", async (_how, indent) => {
    const text = JSON.stringify(
      har([entry("https://a.b/c?d#e"), 5, entry("http://a/")]),
      null,
      indent,
    );
    const results = await readText(text);

    expect(results).toMatchObject([
      {
        exchange: {
          id: "entry-1",
          durationMs: 12.5,
          request: { scheme: "https", authority: "a.b", path: "/c", query: "d" },
          response: { status: 200, body: { bytesTotal: 12 } },
        },
      },
      { exchange: { id: "entry-2" } },
    ]);
  });

  test("reads HTTP/2 without its pseudo-headers, and bodies without their compression", async () => {
    const value = {
      request: {
        method: "POST",
        url: "https://a/",
        httpVersion: "h2",
        headers: [
          { name: ":method", value: "POST" },
          { name: "X-A", value: "b" },
        ],
        postData: {
          mimeType: "application/x-www-form-urlencoded",
          params: [{ name: "a", value: "b c" }],
        },
      },
      response: {
        status: 200,
        headers: [{ name: "Content-Encoding", value: "gzip" }],
        content: { text: "aGk=", encoding: "base64" },
      },
    };
    expect(await readText(JSON.stringify(har([value])))).toMatchObject([
      {
        exchange: {
          request: {
            httpVersion: "2",
            headers: [["x-a", "b"]],
            body: { bytes: Buffer.from("a=b+c") },
          },
          response: { headers: [], body: { bytes: Buffer.from("hi") } },
        },
      },
    ]);
  });

  test("without a response has none", async () => {
    const [result] = await readText(
      JSON.stringify(har([{ ...entry("http://a/"), response: { status: 0, headers: [] } }])),
    );

    expect(result).not.toHaveProperty("exchange.response");
  });

  test("reports an entry that is none with its line, and goes on", async () => {
    const results = await readText(
      `{"log":{"entries":[\n{"x":1},\n${JSON.stringify(entry("/"))}]}}`,
    );

    expect(results).toMatchObject([{ problem: "request is not an object", line: 2 }, { line: 3 }]);
  });

  test.each([
    ["ends in the middle", '{"log":{"entries":[{}', "ends in the middle"],
    ["has no entries", '{"log":{"version":"1.2"}}', "no log.entries"],
  ])("that %s is a problem", async (_why, text, problem) => {
    expect((await readText(text)).at(-1)).toMatchObject({
      problem: expect.stringContaining(problem),
    });
  });

  test("is cut at the same places however the bytes arrive", async () => {
    const whole = Buffer.from(
      JSON.stringify(
        har([entry('http://a/\\"{['), entry("http://b/é"), entry("http://c/")]),
        null,
        1,
      ),
    );
    const expected = await read([whole]);

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(whole.length), { maxLength: 40 }), async (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
        const chunks = places.slice(1).map((end, index) => whole.subarray(places[index], end));
        expect(await read(chunks.filter((chunk) => chunk.length > 0))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
    expect(expected).toHaveLength(3);
  });
});

describe("a source", () => {
  test("may be a gzip file", async () => {
    const path = join(directory, "a.jsonl.gz");
    writeFileSync(path, gzipSync(line(get("/a")) + line(get("/b"))));

    expect(await read(path)).toHaveLength(2);
  });

  test("that is cut off in its gzip gives what came before, and says so", async () => {
    const lines = Array.from({ length: 5_000 }, (_, at) => line(get(`/${Math.sin(at)}`))).join("");
    const packed = gzipSync(lines);
    const results = await read([packed.subarray(0, packed.length - 1_000)]);

    expect(results.length).toBeGreaterThan(100);
    expect(results.at(-1)).toMatchObject({ problem: expect.stringContaining("reading stopped") });
  });

  test("that does not exist throws a coded error", async () => {
    await expect(read(join(directory, "missing"))).rejects.toMatchObject({
      code: "ERR_INPUT_UNREADABLE",
    });
  });

  test("may be empty", async () => {
    expect(await read([])).toEqual([]);
    expect(await readText("\uFEFF \n")).toEqual([]);
  });

  test("may start with a byte order mark", async () => {
    expect(await readText(`\uFEFF${line(get("/"))}`)).toMatchObject([{ line: 1 }]);
  });

  test("tells its progress in bytes", async () => {
    const seen: number[] = [];
    await readText(line(get("/")), { onProgress: (bytes) => seen.push(bytes) });

    expect(seen).toEqual([line(get("/")).length]);
  });

  test("of any bytes never throws", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await read([Buffer.from(bytes)], { format: bytes.length % 2 === 0 ? "har" : "jsonl" });
      }),
    );
  });
});

describe("a large source", () => {
  const body = "x".repeat(20_000);
  const bytesTotal = 400_000_000;

  test.each([
    ["JSON lines", "", line({ request: { method: "POST", url: "http://a/", body } }), ""],
    [
      "HAR",
      '{"log":{"entries":[',
      `${JSON.stringify(entry("http://a/", { postData: { text: body } }))},`,
      "{}]}}",
    ],
  ])("of %s is read in constant memory", async (_format, start, piece, end) => {
    const block = Buffer.from(piece.repeat(20));
    async function* bytes(): AsyncGenerator<Buffer> {
      yield Buffer.from(start);
      for (let sent = 0; sent < bytesTotal; sent += block.length) yield Buffer.from(block);
      yield Buffer.from(end);
    }
    const before = process.memoryUsage().rss;
    let peak = before;
    let count = 0;
    for await (const result of readExchanges(Readable.from(bytes()))) {
      if ("exchange" in result) count += 1;
      if (count % 500 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    }

    expect(count).toBeGreaterThan(bytesTotal / 25_000);
    expect(peak - before).toBeLessThan(200_000_000);
  });
});
