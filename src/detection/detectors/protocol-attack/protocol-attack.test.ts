import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldsOfBody } from "../../../http/body-fields.ts";
import { fieldsOfHead } from "../../../http/head-fields.ts";
import type { Header, RequestHead } from "../../../model/exchange.ts";
import type { Match } from "../../detector.ts";
import { protocolAttack } from "./protocol-attack.ts";

function headOf(headers: readonly Header[], more: Partial<RequestHead> = {}): RequestHead {
  return {
    method: "POST",
    scheme: "https",
    authority: "shop.example",
    path: "/items",
    query: "",
    httpVersion: "1.1",
    headers,
    ...more,
  };
}

/** What is said of a whole request, as the gateway reads it. */
function detect(head: RequestHead, body = ""): Match | undefined {
  const fields = [...fieldsOfHead(head).fields, ...fieldsOfBody(head, Buffer.from(body)).fields];
  for (const field of fields) {
    const match = protocolAttack.detect(field, head);
    if (match !== undefined) return match;
  }
  return undefined;
}

describe("a header", () => {
  test.each<[string, string]>([
    ["connection", "close, X-Forwarded-For"],
    ["connection", "keep-alive, Cookie"],
    ["proxy", "http://evil.example:8080"],
  ])("is flagged with high confidence: %s: %s", (name, value) => {
    expect(detect(headOf([[name, value]]))).toMatchObject({ confidence: "high" });
  });

  test.each<[string, string]>([
    ["content-type", "application/json, text/xml"],
    ["content-type", "%{(#a='multipart/form-data')}"],
    ["content-type", "my-type"],
    ["content-type", "multipart/; boundary=x"],
    ["content-type", "text/xml; blah"],
    ["content-type", "text/xml; charset=ibm037"],
    ["content-type", "text/xml; charset=UTF-7"],
    ["content-type", 'text/xml; charset="utf-80"'],
    ["content-type", "text/xml; charset=utf-8; Charset=utf-7"],
    ["content-type", 'application/x-www-form-urlencoded; boundary="application/json"'],
    ["content-type", 'text/plain; boundary="charset=utf-7"'],
    ["accept", "text/html;q=0.9;charset=CP1026,*/*;q=0.8"],
    ["range", `bytes=0-,${"5-6,".repeat(12)}7-8`],
    ["range", "bytes=0-10,9-2"],
    ["range", "bytes=0-,0-,0-,0-"],
    ["request-range", "bytes=0-5"],
    ["content-length", "+5"],
    ["transfer-encoding", "xchunked"],
    ["x-original-url", "/admin"],
    ["x-rewrite-url", "https://shop.example/admin?x=1"],
    ["x-originating-ip", "127.0.0.1"],
    ["x-http-method-override", "TRACE"],
    ["user-agent", "a\0b"],
  ])("is flagged with medium confidence: %s: %s", (name, value) => {
    expect(detect(headOf([[name, value]]))).toMatchObject({ confidence: "medium" });
  });

  test("is flagged when it occurs twice and differently", () => {
    const headers: Header[] = [
      ["content-type", "application/json"],
      ["content-type", "text/xml"],
    ];

    expect(detect(headOf(headers))?.explanation).toContain("twice");
  });

  test("that replaces a reading method by a changing one is flagged, the other way only noted", () => {
    const headers: Header[] = [["x-http-method-override", "DELETE"]];

    expect(detect(headOf(headers, { method: "GET" }))?.confidence).toBe("medium");
    expect(detect(headOf(headers))?.confidence).toBe("low");
    expect(detect(headOf(headers, { method: "DELETE" }))).toBeUndefined();
  });

  test.each<[string, string]>([
    ["content-type", "application/json;charset=UTF-8;odata=verbose"],
    ["content-type", 'application/json; profile="https://shop.example/schema"; charset=utf-8'],
    ["content-type", "application/vnd.shop.v2+json; version=2"],
    ["content-type", "application/json; utf-8"],
    ["content-type", "application/json;"],
    ["content-type", "text/plain; charset=windows-1252"],
    ["content-type", "text/plain;charset=iso-8859-15; format=flowed"],
    ["content-type", "text/plain; charset=Shift_JIS"],
    ["content-type", 'multipart/related; boundary="=_x"; type="text/xml"; start="<a@b>"'],
    ["accept", "application/json;charset=utf-8, text/plain;charset=iso-8859-1"],
    ["range", "bytes=0-99,200-299,-100"],
    ["connection", "Keep-Alive, Upgrade, HTTP2-Settings"],
    ["connection", "close, TE"],
    ["x-original-url", "/items?page=2"],
    ["x-original-url", "https://shop.example/items"],
    ["x-originating-ip", "203.0.113.7"],
    ["x-forwarded-for", "127.0.0.1"],
    ["content-encoding", "aws-chunked"],
  ])("is left alone: %s: %s", (name, value) => {
    expect(detect(headOf([[name, value]]))).toBeUndefined();
  });
});

describe("a path", () => {
  test.each([
    "/account;x.css",
    "/account%0Ax.js",
    "/api/me%3Fa.png",
    "/me%23.ico",
    "/me%00.css",
  ])("that is a file to a cache and a page to the application is flagged: %s", (path) => {
    expect(detect(headOf([], { path }))?.confidence).toBe("medium");
  });

  test.each([
    "/style.css;jsessionid=1A",
    "/assets/app.3f2a.js",
    "/items;page=2",
    "/a.b;v=1.css",
    "/map;lat=1;long=2/tile.png",
  ])("is left alone: %s", (path) => {
    expect(detect(headOf([], { path }))).toBeUndefined();
  });
});

test("a NUL byte in a parameter is flagged, one in JSON is not", () => {
  expect(detect(headOf([], { query: "a=x%00" }))?.confidence).toBe("medium");
  expect(detect(headOf([], { query: "a%00=x" }))?.confidence).toBe("medium");
  expect(
    detect(headOf([["content-type", "application/json"]]), '{"a":"x\\u0000"}'),
  ).toBeUndefined();
});

describe("a form of parts", () => {
  const formOf = (part: string) =>
    `--b\r\ncontent-disposition: form-data; name="${part}\r\n--b--\r\n`;
  const head = headOf([["content-type", "multipart/form-data; boundary=b"]]);

  test.each([
    '_charset_"\r\n\r\nutf-7',
    'a"\r\ncontent-type: text/plain; charset=utf-7\r\n\r\nx',
    'a"\r\ncontent-type: text/plain; charset=utf-8; charset=utf-16\r\n\r\nx',
  ])("is flagged when it says to read texts in another way: %j", (part) => {
    expect(detect(head, formOf(part))?.confidence).toBe("medium");
  });

  test.each([
    '_charset_"\r\n\r\nutf-8',
    'a"\r\ncontent-type: text/plain; charset=us-ascii\r\ncontent-transfer-encoding: 8bit\r\n\r\nx',
    'a"; filename="x.png"\r\ncontent-type: image/png\r\n\r\nx',
  ])("is left alone: %j", (part) => {
    expect(detect(head, formOf(part))).toBeUndefined();
  });
});

describe("reading", () => {
  test("takes any header without failing", () => {
    const name = fc.constantFrom("content-type", "accept", "range", "connection", "x-original-url");
    const unit = fc.constantFrom(";", "=", '"', "charset=", "/", ",", "-", "1", "a", " ", "bytes=");
    fc.assert(
      fc.property(name, fc.string({ unit }), (header, value) => {
        const match = detect(headOf([[header, value]]));
        expect(match?.start ?? 0).toBe(0);
      }),
    );
  });

  test.each([
    ";",
    "charset=",
    "1-2,",
    "a,",
    "/",
    '="',
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    for (const name of ["content-type", "accept", "range", "connection", "x-original-url"]) {
      protocolAttack.detect(
        { location: "header", name, part: "value", type: "string", value },
        headOf([]),
      );
    }
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
