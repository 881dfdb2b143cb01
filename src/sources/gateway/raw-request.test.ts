import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRawRequest } from "./raw-request.ts";

function parse(text: string) {
  return parseRawRequest(Buffer.from(text, "latin1"));
}

describe("a recorded request", () => {
  test("without a body is its head", () => {
    expect(parse("GET /a?b=c HTTP/1.1\r\nHost: shop.example\r\n\r\n")).toMatchObject({
      request: { method: "GET", path: "/a", query: "b=c", authority: "shop.example" },
    });
  });

  test.each([
    ["of stated length", "Content-Length: 5\r\n\r\nhello"],
    ["in chunks", "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"],
    ["followed by another request", "Content-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n\r\n"],
  ])("has the body %s", (_what, rest) => {
    const parsed = parse(`POST / HTTP/1.1\r\nHost: a\r\n${rest}`);
    const body = "request" in parsed ? parsed.request.body : undefined;

    expect(Buffer.from(body?.bytes ?? []).toString()).toBe("hello");
    expect(body?.bytesTotal).toBe(5);
  });

  test.each([
    ["both lengths", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400],
    ["a broken chunk", "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400],
    ["too little of a body", "Content-Length: 5\r\n\r\nhe", 408],
    ["no end of its head", "X: y\r\n", 408],
    ["a bare line feed", "X: y\n\n", 400],
  ])("with %s is refused as the gateway would", (_what, rest, status) => {
    expect(parse(`POST / HTTP/1.1\r\nHost: a\r\n${rest}`)).toMatchObject({ refusal: { status } });
  });

  test("of any bytes is either read or refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const parsed = parseRawRequest(bytes);
        expect("request" in parsed || parsed.refusal.status >= 400).toBe(true);
      }),
    );
  });
});
