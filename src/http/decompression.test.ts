import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodedBodyOf } from "./decompression.ts";

describe("decodedBodyOf", () => {
  const text = "words ".repeat(100);

  test("gives back the body of a response, Zstandard included", () => {
    for (const [name, bytes] of [
      ["gzip", gzipSync(text)],
      ["zstd", zstdCompressSync(Buffer.from(text))],
    ] as const) {
      const body = decodedBodyOf([["content-encoding", name]], bytes, 10_000);

      expect(Buffer.from(body.bytes).toString()).toBe(text);
      expect(body.anomalies).toEqual([]);
    }
  });

  test("never gives more than was asked for", () => {
    const { bytes, anomalies } = decodedBodyOf([["content-encoding", "gzip"]], gzipSync(text), 100);

    expect(bytes.length).toBeLessThanOrEqual(100);
    expect(anomalies).toEqual(["expands-too-far"]);
  });

  test("gives the little that is sure to fit when a bomb is extreme", () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    const { bytes, anomalies } = decodedBodyOf([["content-encoding", "gzip"]], bomb, 50_000);

    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.length).toBeLessThanOrEqual(50_000);
    expect(anomalies).toEqual(["expands-too-far"]);
  });

  test("leaves an uncompressed body as it is", () => {
    const bytes = Buffer.from(text);

    expect(decodedBodyOf([], bytes, 10).bytes).toBe(bytes);
  });
});
