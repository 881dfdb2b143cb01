import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRawRequest } from "./raw-request.ts";
import { readRequestHead } from "./strict-request.ts";
import { isViolation } from "./violation.ts";

const read = (...lines: string[]) => readRequestHead(lines.join("\r\n"), "http");
const codeOf = (...lines: string[]) => {
  const result = read(...lines);
  return isViolation(result) ? `${result.status} ${result.code}` : "read";
};
const post = (...lines: string[]) => codeOf("POST / HTTP/1.1", "Host: a", ...lines);

describe("the strict request reader", () => {
  test.each([
    [
      "both length and encoding",
      ["Content-Length: 5", "Transfer-Encoding: chunked"],
      "400 length-and-encoding",
    ],
    ["two lengths", ["Content-Length: 5", "Content-Length: 5"], "400 duplicate-content-length"],
    ["a list of lengths", ["Content-Length: 5, 5"], "400 invalid-content-length"],
    ["a signed length", ["Content-Length: +5"], "400 invalid-content-length"],
    ["a negative length", ["Content-Length: -1"], "400 invalid-content-length"],
    ["a hexadecimal length", ["Content-Length: 0x5"], "400 invalid-content-length"],
    ["a length with a leading zero", ["Content-Length: 05"], "400 invalid-content-length"],
    ["an empty length", ["Content-Length:"], "400 invalid-content-length"],
    [
      "a length beyond counting",
      ["Content-Length: 99999999999999999999"],
      "400 invalid-content-length",
    ],
    [
      "two encodings",
      ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"],
      "400 duplicate-transfer-encoding",
    ],
    ["an unknown encoding", ["Transfer-Encoding: gzip"], "501 unknown-transfer-encoding"],
    [
      "an encoding before chunked",
      ["Transfer-Encoding: gzip, chunked"],
      "501 unknown-transfer-encoding",
    ],
    [
      "an encoding after chunked",
      ["Transfer-Encoding: chunked, identity"],
      "501 unknown-transfer-encoding",
    ],
    ["a vertical tab before chunked", ["Transfer-Encoding: \x0bchunked"], "400 control-in-header"],
    ["a quoted encoding", ['Transfer-Encoding: "chunked"'], "501 unknown-transfer-encoding"],
    ["an underscore in a framing name", ["Content_Length: 5"], "400 disguised-framing-header"],
    ["a framing name with a mark", ["Transfer-Encoding!: chunked"], "400 disguised-framing-header"],
    [
      "a framing name without its hyphen",
      ["TransferEncoding: chunked"],
      "400 disguised-framing-header",
    ],
    ["a folded line", ["X: 1", " folded"], "400 folded-header"],
    ["a folded line after a tab", ["X: 1", "\tTransfer-Encoding: chunked"], "400 folded-header"],
    ["a space before the colon", ["Transfer-Encoding : chunked"], "400 space-before-colon"],
    ["a tab before the colon", ["Host\t: b"], "400 space-before-colon"],
    ["a bare carriage return", ["X: 1\rTransfer-Encoding: chunked"], "400 bare-cr"],
    ["a bare line feed", ["X: 1\nTransfer-Encoding: chunked"], "400 bare-lf"],
    ["a NUL", ["X: a\0b"], "400 nul-in-head"],
    ["a control character", ["X: a\x07b"], "400 control-in-header"],
    ["a DEL", ["X: a\x7fb"], "400 control-in-header"],
    ["a line without a colon", ["nonsense"], "400 invalid-header-name"],
    ["an empty name", [": x"], "400 invalid-header-name"],
    ["a name above ASCII", ["X\xe9: x"], "400 invalid-header-name"],
    ["a second Host", ["Host: b"], "400 duplicate-host"],
    ["an unknown expectation", ["Expect: 200-ok"], "417 unknown-expectation"],
  ])("refuses %s", (_what, lines, expected) => {
    expect(post(...lines)).toBe(expected);
  });

  test.each([
    ["no Host", ["GET / HTTP/1.1"], "400 missing-host"],
    ["an empty Host", ["GET / HTTP/1.1", "Host:"], "400 invalid-host"],
    ["a Host with a path", ["GET / HTTP/1.1", "Host: a/b"], "400 invalid-host"],
    ["a Host with user information", ["GET / HTTP/1.1", "Host: u@a"], "400 invalid-host"],
    ["a Host with two names", ["GET / HTTP/1.1", "Host: a, b"], "400 invalid-host"],
    ["a Host with a broken port", ["GET / HTTP/1.1", "Host: a:80x"], "400 invalid-host"],
    ["an address for another host", ["GET http://b/ HTTP/1.1", "Host: a"], "400 host-mismatch"],
    [
      "an address with user information",
      ["GET http://u@a/ HTTP/1.1", "Host: a"],
      "400 invalid-target",
    ],
    ["another scheme", ["GET ftp://a/ HTTP/1.1", "Host: a"], "400 invalid-target"],
    ["a relative target", ["GET a HTTP/1.1", "Host: a"], "400 invalid-target"],
    ["a star without OPTIONS", ["GET * HTTP/1.1", "Host: a"], "400 invalid-target"],
    ["a fragment", ["GET /a#b HTTP/1.1", "Host: a"], "400 fragment-in-target"],
    ["a space in the target", ["GET /a b HTTP/1.1", "Host: a"], "400 invalid-character-in-target"],
    ["a tab in the target", ["GET /a\tb HTTP/1.1", "Host: a"], "400 invalid-character-in-target"],
    [
      "a raw byte above ASCII",
      ["GET /\xe9 HTTP/1.1", "Host: a"],
      "400 invalid-character-in-target",
    ],
    ["two spaces", ["GET  / HTTP/1.1", "Host: a"], "400 invalid-character-in-target"],
    ["a broken method", ["GE(T / HTTP/1.1", "Host: a"], "400 invalid-method"],
    ["HTTP/0.9", ["GET /"], "400 invalid-request-line"],
    ["HTTP/2 without TLS", ["PRI * HTTP/2.0"], "505 unsupported-version"],
    ["HTTP/1.2", ["GET / HTTP/1.2", "Host: a"], "505 unsupported-version"],
    ["a lower-case protocol", ["GET / http/1.1", "Host: a"], "400 invalid-request-line"],
    ["space after the version", ["GET / HTTP/1.1 ", "Host: a"], "400 invalid-request-line"],
    [
      "encoding in HTTP/1.0",
      ["POST / HTTP/1.0", "Host: a", "Transfer-Encoding: chunked"],
      "400 encoding-in-http-1.0",
    ],
    ["CONNECT", ["CONNECT a:443 HTTP/1.1", "Host: a:443"], "400 invalid-target"],
    ["TRACE", ["TRACE / HTTP/1.1", "Host: a"], "501 method-not-implemented"],
  ])("refuses %s", (_what, lines, expected) => {
    expect(codeOf(...lines)).toBe(expected);
  });

  test.each([
    ["a plain request", ["GET /a?b=c HTTP/1.1", "Host: shop.example:8080"]],
    ["HTTP/1.0 without Host", ["GET / HTTP/1.0"]],
    ["odd but valid target characters", ["GET /a|b{c}[d]?<x>'\"\\^` HTTP/1.1", "Host: a"]],
    ["the same host in address and Host", ["GET http://A:80/x HTTP/1.1", "Host: a:80"]],
    ["OPTIONS for the server", ["OPTIONS * HTTP/1.1", "Host: a"]],
    ["an IPv6 host", ["GET / HTTP/1.1", "Host: [::1]:8080"]],
    ["chunked in other letters", ["POST / HTTP/1.1", "Host: a", "transfer-encoding: Chunked"]],
    [
      "an empty value, padding and Latin-1",
      ["GET / HTTP/1.1", "Host: a", "X:", "Y: \t b \t", "Z: caf\xe9"],
    ],
    ["an unknown method", ["PROPFIND / HTTP/1.1", "Host: a"]],
    ["a length of zero", ["POST / HTTP/1.1", "Host: a", "Content-Length: 0"]],
    ["a name that only resembles", ["GET / HTTP/1.1", "Host: a", "Content-Length-Hint: 5"]],
  ])("reads %s", (_what, lines) => {
    expect(codeOf(...lines)).toBe("read");
  });

  test("keeps names, order, duplicates and values as they came", () => {
    const request = read("GET /a?b HTTP/1.1", "hOsT: A", "X-One: 1", "x-one:2 ");

    expect(request).toMatchObject({
      names: ["hOsT", "X-One", "x-one"],
      head: {
        method: "GET",
        authority: "A",
        path: "/a",
        query: "b",
        headers: [
          ["host", "A"],
          ["x-one", "1"],
          ["x-one", "2"],
        ],
      },
    });
  });

  test("tells of a refused request what could be read", () => {
    const refused = read("GET /admin HTTP/1.1", "Host: a", "Host: b");

    expect(refused).toMatchObject({ head: { method: "GET", path: "/admin" } });
  });

  test.each([
    ["an answer to HTTP/2 in the clear", "h2c"],
    ["TLS inside", "TLS/1.2"],
    ["a list that hides it", "websocket, h2c"],
  ])("forwards no upgrade to %s, which would pass unseen", (_what, protocol) => {
    const request = read(
      "GET / HTTP/1.1",
      "Host: a",
      "Connection: Upgrade",
      `Upgrade: ${protocol}`,
    );

    expect(request).toMatchObject({ upgrade: undefined });
  });

  test("never throws, whatever bytes come", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        parseRawRequest(bytes);
        parseRawRequest(Buffer.concat([Buffer.from("GET / HTTP/1.1\r\nHost: a\r\n"), bytes]));
        parseRawRequest(
          Buffer.concat([
            Buffer.from("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"),
            bytes,
          ]),
        );
      }),
    );
  });

  test("lets no control byte through to a forwarded head", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const result = readRequestHead(`GET / HTTP/1.1\r\nHost: a\r\nX: ${text}`, "http");
        if (isViolation(result)) return;
        for (const [, value] of result.head.headers) expect(value).not.toMatch(/[\0\r\n]/);
      }),
    );
  });
});
