import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChunkedBodyReader } from "./chunked-body-reader.ts";
import type { HeaderLines } from "./header-lines.ts";

interface Read {
  readonly body: string;
  readonly trailers: HeaderLines | undefined;
  readonly taken: number;
  readonly code: string | undefined;
  readonly isDone: boolean;
}

function read(parts: readonly (string | Buffer)[]): Read {
  const bytes: Buffer[] = [];
  let trailers: HeaderLines | undefined;
  let taken = 0;
  const reader = new ChunkedBodyReader({
    onBodyBytes: (part) => bytes.push(part),
    onBodyEnd: (lines) => {
      trailers = lines;
    },
  });
  for (const part of parts) {
    const result = reader.push(Buffer.from(part as string, "latin1"));
    if (typeof result !== "number") {
      return { body: "", trailers, taken, code: result.code, isDone: false };
    }
    taken += result;
  }
  const body = Buffer.concat(bytes).toString("latin1");
  return { body, trailers, taken, code: undefined, isDone: reader.isDone };
}

describe("the chunked coding", () => {
  test("gives the data, and leaves what comes after", () => {
    expect(read(["4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\nGET /"])).toMatchObject({
      body: "Wikipedia",
      isDone: true,
      taken: 24,
    });
  });

  test("gives trailers with their names as written", () => {
    expect(read(["0\r\nX-Sum: 12\r\n\r\n"]).trailers).toEqual({
      names: ["X-Sum"],
      headers: [["x-sum", "12"]],
    });
  });

  test.each([
    ["ignores extensions", '2;a=b;c="d"\r\nhi\r\n0;x\r\n\r\n', "hi"],
    [
      "reads upper and lower case digits",
      "A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n",
      "01234567890123456789",
    ],
    ["reads a size with leading zeros", "0002\r\nhi\r\n000\r\n\r\n", "hi"],
  ])("%s", (_what, text, body) => {
    expect(read([text])).toMatchObject({ body, isDone: true });
  });

  test.each([
    ["a prefix", "0x2\r\nhi\r\n", "invalid-chunk-size"],
    ["a sign", "+2\r\nhi\r\n", "invalid-chunk-size"],
    ["a space before the size", " 2\r\nhi\r\n", "invalid-chunk-size"],
    ["a space after the size", "2 \r\nhi\r\n", "invalid-chunk-size"],
    ["an empty size", "\r\nhi\r\n", "invalid-chunk-size"],
    ["a size beyond counting", "fffffffffffffffff\r\n", "invalid-chunk-size"],
    ["a bare LF after the size", "2\nhi\r\n", "invalid-chunk-size"],
    ["a bare CR after the size", "2\rhi\r\n", "invalid-chunk-size"],
    ["data that is longer", "2\r\nhi!\r\n", "invalid-chunk-data"],
    ["a bare LF after the data", "2\r\nhi\n0\r\n\r\n", "invalid-chunk-data"],
    ["a line feed in an extension", "2;a\nb\r\nhi\r\n", "invalid-chunk-extension"],
    ["endless extensions", `2;${"a".repeat(2_000)}\r\nhi\r\n`, "invalid-chunk-extension"],
    ["a trailer that frames", "0\r\nContent-Length: 5\r\n\r\n", "forbidden-trailer"],
    ["a trailer with a bare LF", "0\r\nX: a\nb\r\n\r\n", "bare-lf"],
    ["a folded trailer", "0\r\nX: a\r\n b\r\n\r\n", "folded-header"],
    ["endless trailers", `0\r\nX: ${"a".repeat(10_000)}`, "trailers-too-long"],
  ])("refuses %s", (_what, text, code) => {
    expect(read([text]).code).toBe(code);
  });

  test("reads the same however the bytes are cut", () => {
    const chunk = fc.uint8Array({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(chunk, { maxLength: 5 }),
        fc.boolean(),
        fc.array(fc.nat(60), { maxLength: 12 }),
        (chunks, hasTrailer, cuts) => {
          const text =
            chunks
              .map(
                (data) =>
                  `${data.length.toString(16)}\r\n${Buffer.from(data).toString("latin1")}\r\n`,
              )
              .join("") + (hasTrailer ? "0\r\nX-A: b\r\n\r\n" : "0\r\n\r\n");
          const parts: string[] = [];
          let at = 0;
          for (const cut of cuts) {
            parts.push(text.slice(at, at + cut));
            at = Math.min(text.length, at + cut);
          }
          const result = read([...parts, `${text.slice(at)}next`].filter((part) => part !== ""));

          expect(result.body).toBe(Buffer.concat(chunks).toString("latin1"));
          expect(result.taken).toBe(text.length);
          expect(result.trailers?.headers).toEqual(hasTrailer ? [["x-a", "b"]] : undefined);
        },
      ),
    );
  });
});
