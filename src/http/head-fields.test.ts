import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Header, RequestHead } from "../model/exchange.ts";
import type { Field } from "../model/field.ts";
import { decodingStepsOf, fieldKeyOf } from "../model/field.ts";
import { defaultDecodingLimits } from "./decoding-limits.ts";
import { fieldsOfHead } from "./head-fields.ts";

function headOf(path: string, query = "", headers: readonly Header[] = []): RequestHead {
  return {
    method: "GET",
    scheme: "http",
    authority: "a.test",
    path,
    query,
    httpVersion: "1.1",
    headers,
  };
}

/** `query:id=1' [percent,base64]`: key, value and steps of each field. */
function linesOf(head: RequestHead): string[] {
  return fieldsOfHead(head).fields.map(lineOf);
}

function lineOf(field: Field): string {
  const steps = decodingStepsOf(field).map(({ decoding }) => decoding);
  return `${fieldKeyOf(field)}=${field.value}${steps.length > 0 ? ` [${steps}]` : ""}`;
}

describe("path fields", () => {
  test("are the segments under their index, percent-decoded", () => {
    expect(linesOf(headOf("/api/v1/caf%C3%A9//12"))).toEqual([
      "path:0=api",
      "path:1=v1",
      "path:2=café [percent]",
      "path:4=12",
    ]);
  });

  test.each([
    ["plain dots", "/a/../../etc/passwd", "path:*=/a/../../etc/passwd"],
    ["encoded slashes", "/a/..%2f..%2fetc/passwd", "path:*=/a/../../etc/passwd [percent]"],
    ["encoded dots", "/a/%2e%2e/%2e%2e/etc", "path:*=/a/../../etc [percent]"],
    ["dots encoded twice", "/a/%252e%252e/etc", "path:*=/a/../etc [percent,percent]"],
    ["backslashes", "/a/..%5c..%5cetc", "path:*=/a/..\\..\\etc [percent]"],
    ["an overlong slash", "/a/..%c0%afetc", "path:*=/a/../etc [utf-8-overlong]"],
    ["a path parameter", "/a/..;x/admin", "path:*=/a/..;x/admin"],
  ])("hold the whole path when it climbs by %s", (_how, path, line) => {
    expect(linesOf(headOf(path))).toContain(line);
  });

  test.each([
    "/a/v1..2/b",
    "/a/...",
    "/.well-known/x",
    "/a/b%20c",
    "/",
  ])("hold no whole path for %s", (path) => {
    expect(linesOf(headOf(path)).filter((line) => line.startsWith("path:*"))).toEqual([]);
  });

  test("hold a target that is no path", () => {
    expect(linesOf(headOf("*"))).toEqual(["path:*=*"]);
  });
});

describe("query fields", () => {
  test.each([
    ["plain", "a=1&b=2", ["query:a=1", "query:b=2"]],
    ["plus and percent", "q=a+b%27", ["query:q=a b' [percent]"]],
    ["only plus", "q=a+b", ["query:q=a b [plus]"]],
    ["a name without value", "debug", ["query:debug="]],
    ["a value without name", "=1'", ["query:=1'"]],
    ["a name that is an attack", "%3Cb%3E", ["query:<b> (name)=<b> [percent]", "query:<b>="]],
    ["brackets", "user[$ne]=1", ["query:user[$ne] (name)=user[$ne]", "query:user[$ne]=1"]],
    ["empty pairs", "&&a=1&", ["query:a=1"]],
    ["an equals sign in the value", "a=b=c", ["query:a=b=c"]],
    ["a broken escape", "a=100%&b=%zz", ["query:a=100%", "query:b=%zz"]],
    ["a byte that is no UTF-8", "a=%e9", ["query:a=é [percent]"]],
    ["percent twice", "a=%2527", ["query:a=%27 [percent]", "query:a=' [percent,percent]"]],
    [
      "four times",
      "a=%25252527",
      [
        "query:a=%252527 [percent]",
        "query:a=%2527 [percent,percent]",
        "query:a=%27 [percent,percent,percent]",
        "query:a=' [percent,percent,percent,percent]",
      ],
    ],
    ["%u", "a=%25u0027", ["query:a=%u0027 [percent]", "query:a=' [percent,unicode-percent]"]],
    ["%u as it is", "a=%u0027", ["query:a=%u0027", "query:a=' [unicode-percent]"]],
    [
      "HTML entities",
      "a=%26lt;b&#62",
      [
        "query:a=&lt;b [percent]",
        "query:#62 (name)=#62",
        "query:#62=",
        "query:a=<b [percent,html]",
      ],
    ],
    ["JSON", "a={%22b%22:[1]}", ['query:a={"b":[1]} [percent]', "query:a.b[0]=1 [percent,json]"]],
    ["base64", "a=JyBvciAxPTEgLS0", ["query:a=JyBvciAxPTEgLS0", "query:a=' or 1=1 -- [base64]"]],
    ["escapes", "a=\\x27\\u{27}\\047", ["query:a=\\x27\\u{27}\\047", "query:a=''' [json-escape]"]],
    ["repeated names", "id=1&id=2", ["query:id=1", "query:id=2"]],
    [
      "an attack split over repeated names",
      "id=1'/*&id=*/or 1",
      ["query:id=1'/*", "query:id=*/or 1", "query:id=1'/*,*/or 1 [form]"],
    ],
    [
      "a GraphQL document",
      'query={a(id:"1\\u0027")}',
      [
        'query:query={a(id:"1\\u0027")}',
        "query:query.id=1' [graphql]",
        'query:query={a(id:"1\'")} [json-escape]',
      ],
    ],
  ])("come from %s", (_what, query, lines) => {
    expect(linesOf(headOf("/", query))).toEqual(lines);
  });

  test("report a value that is encoded more often than is decoded", () => {
    const { anomalies, fields } = fieldsOfHead(headOf("/", "a=%2525252527"));

    expect(anomalies).toEqual(["decoding-too-deep"]);
    expect(fields).toHaveLength(4);
  });

  test("keep the outer field as the origin of the one it hides", () => {
    const [outer, inner] = fieldsOfHead(headOf("/", "a=%2527")).fields;

    expect(inner?.origin).toBe(outer);
    expect(outer?.origin).toBeUndefined();
  });
});

describe("header fields", () => {
  test.each([
    ["accept", "application/json, */*;q=0.8"],
    ["content-length", "12"],
    ["host", "shop.example:8080"],
    ["accept-language", "en-GB,en;q=0.9"],
    ["content-type", "application/json; charset=UTF-8"],
    ["content-type", "multipart/form-data; boundary=----WebKitFormBoundary7MA4"],
    ["connection", "keep-alive"],
    ["range", "bytes=0-1023"],
    ["transfer-encoding", "chunked"],
    ["content-encoding", "gzip"],
  ])("leave out an ordinary %s", (name, value) => {
    expect(linesOf(headOf("/", "", [[name, value]]))).toEqual([]);
  });

  test.each([
    ["accept-language", "../../etc/passwd"],
    ["host", "a'b"],
    ["accept", "$".concat("{jndi:ldap://x}")],
    ["content-length", `1${"1".repeat(300)}`],
    ["user-agent", "curl/8"],
    ["x-custom", "1"],
    ["content-type", "json"],
    ["content-type", "text/xml; charset=ibm037"],
    ["content-type", "text/xml; charset=utf-8; charset=utf-7"],
    ["content-type", "application/json, text/xml"],
    ["connection", "close, x-forwarded-for"],
    ["range", "bytes=0-,5-0"],
    ["accept", "text/html;charset=cp1026"],
    ["transfer-encoding", "xchunked"],
    ["content-encoding", "rot13"],
  ])("hold %s: %s", (name, value) => {
    expect(linesOf(headOf("/", "", [[name, value]]))).toEqual([`header:${name}=${value}`]);
  });

  test("hold together the differing values of a header that may occur once", () => {
    const headers: [string, string][] = [
      ["content-type", "application/json"],
      ["content-type", "text/xml"],
      ["content-length", "3"],
      ["content-length", "3"],
    ];

    expect(linesOf(headOf("/", "", headers))).toEqual([
      "header:content-type=application/json, text/xml",
    ]);
  });

  test("hold a header name that is more than a name", () => {
    expect(linesOf(headOf("/", "", [["x'y", "1"]]))).toEqual([
      "header:x'y (name)=x'y",
      "header:x'y=1",
    ]);
  });

  const part = (content: unknown) => Buffer.from(JSON.stringify(content)).toString("base64url");
  const token = `${part({ alg: "none", kid: "../key" })}.${part({ sub: "1' or", admin: true })}.`;

  test("hold header and claims of a bearer token", () => {
    expect(linesOf(headOf("/", "", [["authorization", `Bearer ${token}`]]))).toEqual([
      `header:authorization=Bearer ${token}`,
      "header:authorization.header.alg=none [jwt]",
      "header:authorization.header.kid=../key [jwt]",
      "header:authorization.payload.sub=1' or [jwt]",
      "header:authorization.payload.admin=true [jwt]",
    ]);
  });

  test("hold the claims of a token in any header, and none of an encrypted one", () => {
    expect(linesOf(headOf("/", "", [["x-token", token]]))).toContain(
      "header:x-token.payload.sub=1' or [jwt]",
    );
    expect(
      linesOf(headOf("/", "", [["x-token", `${part({ alg: "dir" })}..AxY.x.y`]])),
    ).toHaveLength(2);
  });

  test("hold user and password of basic credentials", () => {
    const credentials = Buffer.from("admin:' or 1=1").toString("base64");

    expect(linesOf(headOf("/", "", [["authorization", `Basic ${credentials}`]]))).toContain(
      "header:authorization=admin:' or 1=1 [base64]",
    );
  });

  test("hold a key without a scheme", () => {
    expect(linesOf(headOf("/", "", [["authorization", "k-1"]]))).toEqual([
      "header:authorization=k-1",
    ]);
  });
});

describe("cookie fields", () => {
  test.each([
    ["a=1; b=2", ["cookie:a=1", "cookie:b=2"]],
    ['a="x y"', ["cookie:a=x y"]],
    ["a=%27", ["cookie:a=' [percent]"]],
    ["a=b=c", ["cookie:a=b=c"]],
    ["alone; ;", ["cookie:=alone"]],
    ["%3Cx%3E=1", ["cookie:<x> (name)=<x> [percent]", "cookie:<x>=1"]],
    ["s=%7B%22x%22%3A%22y%22%7D", ['cookie:s={"x":"y"} [percent]', "cookie:s.x=y [percent,json]"]],
  ])("come from %s", (cookie, lines) => {
    expect(linesOf(headOf("/", "", [["cookie", cookie]]))).toEqual(lines);
  });
});

describe("reading a head", () => {
  test("never throws and keeps to its limits", () => {
    const text = fc.string({ unit: fc.constantFrom(..."%&=+;\\\"'{}[]<>u0027cxéA/.,: ey") });
    fc.assert(
      fc.property(text, text, text, (path, query, value) => {
        const headers: Header[] = [
          ["cookie", value],
          ["authorization", `Bearer ${value}`],
          ["x", value],
        ];
        const limits = { ...defaultDecodingLimits, fieldsMax: 40, derivedCharsMax: 200 };
        const { fields } = fieldsOfHead(headOf(`/${path}`, query, headers), limits);
        const derived = fields.filter(({ origin }) => origin !== undefined);

        expect(fields.length).toBeLessThanOrEqual(40);
        expect(
          derived.reduce((sum, { value: chars }) => sum + chars.length, 0),
        ).toBeLessThanOrEqual(200);
      }),
      { numRuns: 300 },
    );
  });

  test("gives back what a client percent-encoded", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (value) => {
        const { fields } = fieldsOfHead(headOf("/", `a=${encodeURIComponent(value)}`));

        expect(fields[0]?.value).toBe(value);
      }),
    );
  });

  test("says so when there are more values than it reads", () => {
    const query = Array.from({ length: 20 }, (_, nth) => `p${nth}=1`).join("&");
    const limits = { ...defaultDecodingLimits, fieldsMax: 10 };
    const { fields, anomalies } = fieldsOfHead(headOf("/", query), limits);

    expect(fields).toHaveLength(10);
    expect(anomalies).toContain("too-many-fields");
  });

  test("cuts values and names that are too long", () => {
    const limits = { ...defaultDecodingLimits, valueCharsMax: 4, nameCharsMax: 3 };
    const { fields, anomalies } = fieldsOfHead(headOf("/", "abcdef=ghijkl"), limits);

    expect(fields).toMatchObject([{ name: "abc", value: "ghij" }]);
    expect(anomalies).toEqual(["value-cut"]);
  });

  test("stops decoding when its budget is spent, and says so", () => {
    const limits = { ...defaultDecodingLimits, derivedCharsMax: 5 };
    const { fields, anomalies } = fieldsOfHead(
      headOf("/", "a=%2527%2527%2527%2527%2527%2527"),
      limits,
    );

    expect(fields).toHaveLength(1);
    expect(anomalies).toEqual(["decoding-budget-spent"]);
  });
});
