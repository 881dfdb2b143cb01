import { readFileSync } from "node:fs";
import { brotliCompressSync, deflateRawSync, deflateSync, gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Header, RequestHead } from "../model/exchange.ts";
import type { Field } from "../model/field.ts";
import { decodingStepsOf, fieldKeyOf } from "../model/field.ts";
import { fieldsOfBody } from "./body-fields.ts";
import { decodingAnomalies } from "./decoding-anomalies.ts";
import { defaultDecodingLimits } from "./decoding-limits.ts";

function headOf(contentType: string | undefined, headers: readonly Header[] = []): RequestHead {
  const type: Header[] = contentType === undefined ? [] : [["content-type", contentType]];
  return {
    method: "POST",
    scheme: "http",
    authority: "a.test",
    path: "/",
    query: "",
    httpVersion: "1.1",
    headers: [...type, ...headers],
  };
}

function read(contentType: string | undefined, body: string | Uint8Array, headers?: Header[]) {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const { fields, anomalies } = fieldsOfBody(headOf(contentType, headers), bytes);
  return { lines: fields.map(lineOf), anomalies, fields };
}

function lineOf(field: Field): string {
  const steps = decodingStepsOf(field).map(({ decoding }) => decoding);
  const type = field.type === "string" ? "" : `${field.type} `;
  return `${fieldKeyOf(field).slice("body:".length)}=${type}${field.value}${steps.length > 0 ? ` [${steps}]` : ""}`;
}

const json = "application/json";

describe("JSON bodies", () => {
  test.each([
    [
      "types",
      '{"a":1.50,"b":true,"c":null,"d":"x"}',
      ["$.a=number 1.50", "$.b=boolean true", "$.c=null null", "$.d=x"],
    ],
    ["nesting", '{"a":[{"b":"x"},["y"]],"c":{}}', ["$.a[0].b=x", "$.a[1][0]=y"]],
    [
      "what follows nested containers",
      '{"a":{"b":{"c":1},"d":2},"e":[[1],2]}',
      ["$.a.b.c=number 1", "$.a.d=number 2", "$.e[0][0]=number 1", "$.e[1]=number 2"],
    ],
    ["a scalar", ' "x" ', ["$=x"]],
    ["repeated keys", '{"a":"1","a":"2"}', ["$.a=1", "$.a=2"]],
    [
      "a key that is no ordinary name",
      '{"a b":{"c":1}}',
      ['$["a b"] (name)=a b', '$["a b"].c=number 1'],
    ],
    ["an escaped key", '{"\\u0061\'":1}', [`$["a'"] (name)=a' [json-escape]`, `$["a'"]=number 1`]],
    ["everyday escapes", '{"a":"x\\n\\"y\\"\\\\"}', ['$.a=x\n"y"\\']],
    ["hiding escapes", '{"a":"\\u0027"}', ["$.a=' [json-escape]"]],
    ["white space", '{\n\t"a" : [ 1 , 2 ]\r\n}', ["$.a[0]=number 1", "$.a[1]=number 2"]],
    ["JSON in a string", '{"a":"{\\"b\\":[\\"x\\"]}"}', ['$.a={"b":["x"]}', "$.a.b[0]=x [json]"]],
    [
      "a form in a string",
      '{"a":"x=1&y=%27"}',
      ["$.a=x=1&y=%27", "$.a=x=1&y=' [percent]", "$.a.x=1 [form]", "$.a.y=' [form,percent]"].slice(
        0,
        2,
      ),
    ],
  ])("yield %s", (_what, body, lines) => {
    const reading = read(json, body);

    expect(reading.lines.slice(0, lines.length)).toEqual(lines);
    expect(reading.anomalies).toEqual([]);
  });

  test.each([
    ["vendor type", "application/vnd.shop.v2+json"],
    ["NDJSON type", "application/x-ndjson"],
    ["plain text", "text/plain"],
    ["bytes", "application/octet-stream"],
    ["no type", undefined],
  ])("are recognised as %s", (_what, type) => {
    expect(read(type, '{"a":"x"}').lines).toEqual(["$.a=x"]);
  });

  test("yield every line of NDJSON", () => {
    const { lines, anomalies } = read("application/x-ndjson", '{"a":1}\n{"a":2}\r\n\n[3]\n');

    expect(lines).toEqual(["$.a=number 1", "$.a=number 2", "$[0]=number 3"]);
    expect(anomalies).toEqual([]);
  });

  test.each([
    ["cut in a string", '{"a":"x","b":"y', ["$.a=x", "$.b=y"], "truncated-json"],
    ["cut in a number", '{"a":[1,2', ["$.a[0]=number 1", "$.a[1]=number 2"], "truncated-json"],
    ["with single quotes", "{'a':'x y'}", ["$.a=x y"], "broken-json"],
    ["with bare words", "{a: 1 or 1=1, b:NaN}", ["$.a=1 or 1=1", "$.b=NaN"], "broken-json"],
    ["with a trailing comma", '{"a":"x",}', ["$.a=x"], "broken-json"],
    ["with two values", '"x" "y"', ["$=x", "$=y"], "broken-json"],
    ["closed wrongly", '["x"}, "y"', ["$[0]=x", "$=y"], "broken-json"],
    ["closed too often", '["x"]]', ["$[0]=x"], "broken-json"],
    ["with an unknown escape", '["\\q"]', ["$[0]=q"], "broken-json"],
    ["only white space", "  ", [], "broken-json"],
  ])("yield what can be read when %s", (_what, body, lines, anomaly) => {
    const reading = read(json, body);

    expect(reading.lines).toEqual(lines);
    expect(reading.anomalies).toEqual([anomaly]);
  });

  test.each([
    ["a form", "a=1&b=%27", ["$=a=1&b=%27", "a=1", "b=' [percent]"]],
    ["XML", "<a>x</a>", ["$=<a>x</a>", "/a=x"]],
  ])("that are %s are read as that", (_what, body, lines) => {
    const reading = read(json, body);

    expect(reading.lines.slice(0, lines.length)).toEqual(lines);
    expect(reading.anomalies).toEqual(["body-kind-mismatch"]);
  });

  test("may nest without limit, and say so", () => {
    const depth = 200_000;
    const { lines, anomalies } = read(json, `${"[".repeat(depth)}"x"${"]".repeat(depth)}`);

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/=x$/);
    expect(anomalies).toEqual(["json-too-deep"]);
  });

  test("have the values that JSON.parse finds", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const { fields, anomalies } = read(json, JSON.stringify(value));
        const first = fields.filter(({ origin, part }) => origin === undefined && part === "value");

        expect(first.map((field) => [field.type, field.value])).toEqual(leavesOf(value));
        expect(anomalies.filter((code) => code !== "decoding-too-deep")).toEqual([]);
      }),
    );
  });
});

function leavesOf(value: unknown): [type: string, text: string][] {
  if (value === null) return [["null", "null"]];
  if (typeof value === "object") return Object.values(value).flatMap(leavesOf);
  return [[typeof value, typeof value === "number" ? JSON.stringify(value) : String(value)]];
}

describe("JSONTestSuite", () => {
  const cases = readCorpus("json/jsontestsuite.jsonl.gz");

  test.skipIf(cases.length === 0)("accepts what must be accepted, with its values (corpus)", () => {
    const wrong = cases.filter(({ expect: wanted, bytes }) => {
      if (wanted !== "accept") return false;
      const { fields, anomalies } = fieldsOfBody(headOf(json), bytes);
      const first = fields.filter(({ origin, part }) => origin === undefined && part === "value");
      const isSame = first.length >= leavesOf(JSON.parse(bytes.toString())).length;
      return !isSame || anomalies.length > 0;
    });

    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test.skipIf(cases.length === 0)(
    "says of most that must be rejected that they are broken (corpus)",
    () => {
      const rejected = cases.filter(({ expect: wanted }) => wanted === "reject");
      const silent = rejected.filter(
        ({ bytes }) => fieldsOfBody(headOf(json), bytes).anomalies.length === 0,
      );

      // Raw control characters in strings are taken as they are: lenient parsers do, and nothing hides.
      expect(
        silent.map(({ id }) => id).filter((id) => !/ctrl|newline|tab|no_data/.test(id)),
      ).toEqual([]);
    },
  );
});

function readCorpus(name: string): { id: string; expect: string; bytes: Buffer }[] {
  let packed: Buffer;
  try {
    packed = readFileSync(`../shared/corpora/${name}`);
  } catch {
    return [];
  }
  return (
    gunzipSync(packed)
      .toString()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line))
      // One case is a generator of a deep text; the tests here have their own.
      .filter(({ b64 }) => typeof b64 === "string")
      .map(({ id, expect: wanted, b64 }) => ({
        id,
        expect: wanted,
        bytes: Buffer.from(b64, "base64"),
      }))
  );
}

describe("GraphQL bodies", () => {
  test.each([
    ["a literal", '{"query":"{a(id:\\"1\'\\")}"}', "$.query.id=1' [graphql]"],
    [
      "an escaped literal",
      '{"query":"{a(id:\\"\\\\u0027\\")}"}',
      "$.query.id=' [json-escape,graphql]",
    ],
    [
      "a braced escape",
      '{"query":"{a(id:\\"\\\\u{27}\\")}"}',
      "$.query.id=' [json-escape,graphql,json-escape]",
    ],
    [
      "a block string",
      '{"query":"mutation{a(id:\\"\\"\\"x\'\\"\\"\\")}"}',
      "$.query.id=x' [graphql]",
    ],
    ["a batch", '[{"query":"query A{a(id:\\"x\\")}"}]', "$[0].query.id=x [graphql]"],
    ["variables", '{"query":"query A{a}","variables":{"id":"x"}}', "$.variables.id=x"],
    ["a directive without a name", '{"query":"{a(\\"x\\")}"}', "$.query=x [graphql]"],
    ["after a comment", '{"query":"{a # \\"no\\n(id:\\"x\\")}"}', "$.query.id=x [graphql]"],
  ])("yield %s", (_what, body, line) => {
    expect(read(json, body).lines).toContain(line);
  });

  test("may be sent bare", () => {
    expect(read("application/graphql", '{a(id:"x", n:"y")}').lines).toEqual([
      '$.query={a(id:"x", n:"y")}',
      "$.query.id=x [graphql]",
      "$.query.n=y [graphql]",
    ]);
  });

  test("say when a string does not end", () => {
    const reading = read(json, '{"query":"{a(id:\\"x"}');

    expect(reading.anomalies).toEqual(["broken-graphql"]);
    expect(reading.lines).toContain("$.query.id=x [graphql]");
    expect(read(json, '{"query":"{a(id:\\"\\"\\"x"}').anomalies).toEqual(["broken-graphql"]);
  });

  test("are not seen in prose", () => {
    expect(read(json, '{"query":"query about \\"x\\""}').lines).toEqual([
      '$.query=query about "x"',
    ]);
  });
});

describe("form bodies", () => {
  const form = "application/x-www-form-urlencoded";

  test("yield their pairs", () => {
    expect(read(form, "a=1&b=%27+or&c[]=2").lines).toEqual(["a=1", "b=' or [percent]", "c[]=2"]);
  });

  test("that are JSON or XML are also read as such", () => {
    const reading = read(form, '{"a":"x=y"}');
    expect(reading.lines).toContain("$.a=x=y");
    expect(reading.anomalies).toEqual(["body-kind-mismatch"]);
    expect(read(form, "<?xml version='1.0'?><a>x</a>").lines).toContain("/a=x");
  });
});

describe("XML bodies", () => {
  test.each([
    [
      "texts and attributes",
      "<a b='1' c=\"&lt;\">x<d/>y</a>",
      ["/a/@b=1", "/a/@c=< [xml]", "/a=x", "/a=y"],
    ],
    ["names without prefix", "<s:E xmlns:s='u'><s:B>1</s:B></s:E>", ["/E/@xmlns:s=u", "/E/B=1"]],
    ["CDATA", "<a><![CDATA[<x>]]></a>", ["/a=<x>"]],
    [
      "comments and instructions",
      "<?xml version='1.0'?><a><!-- c --><?php x?></a>",
      ["/a/#comment= c ", "/a/?=php x"],
    ],
    ["numeric references", "<a>&#39;&#x27;</a>", ["/a='' [xml]"]],
    ["unusual names", "<a'><b/></a'>", ["/a' (name)=a'"]],
    [
      "the document type",
      '<!DOCTYPE a SYSTEM "http://x/a.dtd"><a>1</a>',
      ['!DOCTYPE=<!DOCTYPE a SYSTEM "http://x/a.dtd">', "/a=1"],
    ],
  ])("yield %s", (_what, body, lines) => {
    const reading = read("application/xml", body);

    expect(reading.lines).toEqual(lines);
    expect(reading.anomalies).toEqual([]);
  });

  test("yield external entities unread, and internal ones put in", () => {
    const { lines } = read(
      "text/xml",
      '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY p "un"><!ENTITY q "&p;ion"> <!ENTITY % r SYSTEM "http://x">]><a>&q; select &f;</a>',
    );

    expect(lines).toContain('!ENTITY f=SYSTEM "file:///etc/passwd"');
    expect(lines).toContain('!ENTITY % r=SYSTEM "http://x"');
    expect(lines).toContain('/a=union select SYSTEM "file:///etc/passwd" [xml]');
  });

  test.each([
    ["nested entities", bomb(10, 10)],
    [
      "one long entity used often",
      `<!DOCTYPE a [<!ENTITY x "${"y".repeat(30_000)}">]><a>${"&x;".repeat(100_000)}</a>`,
    ],
  ])("stop at a bomb of %s", (_what, body) => {
    const { anomalies, fields } = read("text/xml", body);

    expect(anomalies).toContain("xml-entities-expand-too-far");
    expect(fields.reduce((sum, { value }) => sum + value.length, 0)).toBeLessThan(3_000_000);
  });

  test.each([
    ["an open element", "<a>x", "/a=x"],
    ["an open tag", "<a b='1'", "/a/@b=1"],
    ["an attribute without value", "<a b>x</a>", "/a=x"],
    ["an attribute without quotes", "<a b=1>x</a>", "/a/@b=1"],
    ["a lone bracket", "<a>1 < 2</a>", "/a=< 2"],
    ["an open comment", "<a><!-- x", "/a/#comment= x"],
    ["an open document type", "<!DOCTYPE a [<!ENTITY b 'c", "!DOCTYPE=<!DOCTYPE a [<!ENTITY b 'c"],
    ["an open quote", "<!DOCTYPE a [ ]", "!DOCTYPE=<!DOCTYPE a [ ]"],
  ])("yield what can be read from %s", (_what, body, line) => {
    const reading = read("text/xml", body);

    expect(reading.anomalies).toContain("broken-xml");
    expect(reading.lines).toContain(line);
  });

  test("that are something else are read as that", () => {
    const reading = read("text/xml", '{"a":"x"}');

    expect(reading.anomalies).toEqual(["body-kind-mismatch"]);
    expect(reading.lines).toContain("$.a=x");
  });
});

function bomb(levels: number, uses: number): string {
  const entities = Array.from({ length: levels }, (_, nth) =>
    nth === 0 ? '<!ENTITY e0 "lol">' : `<!ENTITY e${nth} "${`&e${nth - 1};`.repeat(uses)}">`,
  );
  return `<!DOCTYPE a [${entities.join("")}]><a>&e${levels - 1};</a>`;
}

describe("multipart bodies", () => {
  const type = 'multipart/form-data; boundary="b1"';
  const field = (name: string, content: string) =>
    `--b1\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;

  test("yield texts under their name", () => {
    const reading = read(type, `${field("a", "x'")}${field("é", "ü\r\nz")}--b1--\r\n`);

    expect(reading.lines).toEqual(["a=x'", "é (name)=é", "é=ü\r\nz"]);
    expect(reading.anomalies).toEqual([]);
  });

  test("yield file names, unusual headers and the start of text files", () => {
    const file =
      "--b1\nContent-Disposition: form-data; name=f; filename=\"..\\..\\a.php\"; filename*=UTF-8''%2e%2e%2fb\n" +
      `Content-Type: text/plain\nX-Odd: a\n 'b\n\n<?php ${"x".repeat(9_000)}\n--b1--`;
    const { lines, fields } = read(type, file);

    expect(lines.slice(0, 3)).toEqual([
      "f.filename=..\\..\\a.php",
      "f.filename=../b",
      "f.header.x-odd=a 'b",
    ]);
    expect(fields.at(-1)?.value).toHaveLength(4_096);
  });

  test("read documents in parts, and leave pictures alone", () => {
    const part = (mediaType: string, name: string, content: string) =>
      `--b1\r\nContent-Disposition: form-data; name="${name}"; filename="n"\r\nContent-Type: ${mediaType}\r\n\r\n${content}\r\n`;
    const { lines } = read(
      type,
      `${part("application/json", "j", '{"a":"x"}')}${part("image/svg+xml", "s", "<svg><a>y</a></svg>")}${part("image/png", "p", "\u0000\u0001")}--b1--`,
    );

    expect(lines).toEqual(["j.filename=n", "j.a=x", "s.filename=n", "/svg/a=y", "p.filename=n"]);
  });

  test.each([
    [
      "no boundary",
      "multipart/form-data",
      `${field("a", "x")}--b1--`,
      "multipart-boundary-mismatch",
    ],
    [
      "another boundary",
      "multipart/form-data; boundary=zz",
      `${field("a", "x")}--b1--`,
      "multipart-boundary-mismatch",
    ],
    [
      "two boundaries",
      "multipart/form-data; boundary=zz; boundary=b1",
      `${field("a", "x")}--b1--`,
      "multipart-boundary-mismatch",
    ],
    ["no end", type, field("a", "x"), "missing-multipart-end"],
    ["no name", type, `--b1\r\nA: b\r\n\r\ny\r\n${field("a", "x")}--b1--`, "broken-multipart-part"],
    ["no content", type, `${field("a", "x")}--b1\r\nx-a: y\r\n--b1--`, "broken-multipart-part"],
    [
      "two names",
      type,
      `--b1\r\ncontent-disposition: form-data; name=a; name="b'"\r\n\r\nx\r\n--b1--`,
      "broken-multipart-part",
    ],
  ])("are read with %s", (_what, contentType, body, anomaly) => {
    const reading = read(contentType, body);

    expect(reading.anomalies).toContain(anomaly);
    expect(reading.lines).toContain("a=x");
  });

  test("yield what stands outside of the parts", () => {
    const { lines } = read(type, `before\r\n${field("a", "x")}--b1--\r\nafter`);

    expect(lines).toEqual(["$=before", "$=after", "a=x"]);
    expect(read(type, "nothing of the kind").lines).toEqual(["$=nothing of the kind"]);
  });

  test("need no names when they are no forms", () => {
    const reading = read(
      "multipart/related; boundary=b1",
      '--b1\r\ncontent-type: application/json\r\n\r\n{"a":"x"}\r\n--b1--',
    );

    expect(reading.lines).toEqual(["$.a=x"]);
    expect(reading.anomalies).toEqual([]);
  });

  test("may have no more parts than are read", () => {
    const limits = { ...defaultDecodingLimits, multipartPartsMax: 2 };
    const body = Buffer.from(`${field("a", "x").repeat(3)}--b1--`);

    expect(fieldsOfBody(headOf(type), body, limits).anomalies).toEqual(["too-many-parts"]);
  });
});

describe("other bodies", () => {
  test("yield plain text as one value", () => {
    expect(read("text/plain", "it's a note").lines).toEqual(["$=it's a note"]);
    expect(read("text/plain", "{not json").lines).toEqual(["$={not json"]);
  });

  test("yield the texts in binary formats", () => {
    expect(read("application/grpc", "\u0000\u0001' or 1=1\u0002ab\u0003").lines).toEqual([
      "$=' or 1=1",
    ]);
    expect(read("application/octet-stream", "\u0000\u0001\u0000' or 1=1").lines).toEqual([
      "$=' or 1=1",
    ]);
  });

  test("yield no more texts of a binary format than are read", () => {
    expect(read("application/x-protobuf", "abcdef\u0001".repeat(1_500)).anomalies).toEqual([
      "too-many-fields",
    ]);
  });

  test("are found out to be XML or multipart", () => {
    expect(read(undefined, "<?xml version='1.0'?><a>x</a>").lines).toContain("/a=x");
    expect(
      read(undefined, "--q\nContent-Disposition: form-data; name=a\n\nx\n--q--").lines,
    ).toContain("a=x");
  });

  test("are left alone when they are media or empty", () => {
    expect(read("image/png", "xxxxxxxxxxxx").lines).toEqual([]);
    expect(read(json, "").anomalies).toEqual([]);
  });
});

describe("compressed bodies", () => {
  const body = '{"a":"\'"}';

  test.each([
    ["gzip", gzipSync(body), "gzip"],
    ["x-gzip", gzipSync(body), "gzip"],
    ["deflate", deflateSync(body), "deflate"],
    ["deflate", deflateRawSync(body), "deflate"],
    ["br", brotliCompressSync(body), "brotli"],
    ["br, gzip", gzipSync(brotliCompressSync(body)), "gzip"],
    ["identity, gzip", gzipSync(body), "gzip"],
  ])("with %s are read, and the step is kept", (encoding, bytes, decoding) => {
    const reading = read(json, bytes, [["content-encoding", encoding]]);

    expect(reading.lines).toEqual([`$.a=' [${decoding}]`]);
    expect(reading.anomalies).toEqual([]);
  });

  test("that are cut yield their beginning", () => {
    const words = Array.from({ length: 2_000 }, (_, nth) => `word${nth * 7919}`);
    const bytes = gzipSync(JSON.stringify(words));
    const { fields } = read(json, bytes.subarray(0, bytes.length / 2), [
      ["content-encoding", "gzip"],
    ]);

    expect(fields[0]?.value).toBe("word0");
    expect(fields.length).toBeGreaterThan(100);
  });

  test.each([
    ["bomb", gzipSync(`["x",${"1".repeat(20_000_000)}`), "gzip", "expands-too-far"],
    ["brotli bomb", brotliCompressSync(Buffer.alloc(20_000_000, 0x31)), "br", "expands-too-far"],
    ["no gzip at all", Buffer.from(body), "gzip", "broken-compression"],
    ["unknown", Buffer.from(body), "compress", "unknown-content-encoding"],
    ["over and over", Buffer.from(body), "gzip, gzip, gzip, gzip", "too-many-content-encodings"],
  ])("are bounded: %s", (_what, bytes, encoding, anomaly) => {
    const { anomalies, fields } = read(json, bytes, [["content-encoding", encoding]]);

    expect(anomalies).toContain(anomaly);
    expect(fields.reduce((sum, { value }) => sum + value.length, 0)).toBeLessThan(2_000_000);
  });

  test("that are bombs still show their beginning", () => {
    const bytes = gzipSync(`["x","${"1".repeat(20_000_000)}`);

    expect(read(json, bytes, [["content-encoding", "gzip"]]).lines[0]).toBe("$[0]=x [gzip]");
  });
});

describe("charsets", () => {
  const utf16 = (text: string) => Buffer.from(text, "utf16le");

  test.each([
    [
      "UTF-16 by parameter",
      "application/json; charset=utf-16le",
      utf16('{"a":"\'"}'),
      "$.a=' [charset]",
    ],
    [
      "UTF-16 by mark",
      json,
      Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('{"a":"\'"}')]),
      "$.a=' [charset]",
    ],
    ["UTF-16 by its zeros", json, utf16('{"a":"x"}'), "$.a=x [charset]"],
    ["UTF-16, the other way round", json, utf16('{"a":"x"}').swap16(), "$.a=x [charset]"],
    [
      "Latin-1",
      "application/json; charset=ISO-8859-1",
      Buffer.from('{"a":"é"}', "latin1"),
      "$.a=é [charset]",
    ],
    [
      "Latin-1 of ASCII only",
      "application/json; charset=latin1",
      Buffer.from('{"a":"e"}'),
      "$.a=e",
    ],
    ["a marked UTF-8", json, Buffer.from('\ufeff{"a":"é"}'), "$.a=é"],
    [
      "Shift JIS",
      "application/json; charset=shift_jis",
      Buffer.from([0x22, 0x83, 0x65, 0x22]),
      "$=テ [charset]",
    ],
  ])("are undone: %s", (_what, type, bytes, line) => {
    const reading = read(type, bytes);

    expect(reading.lines).toEqual([line]);
    expect(reading.anomalies).toEqual([]);
  });

  test.each([
    [
      "unknown",
      "application/json; charset=ibm037",
      Buffer.from('{"a":"x"}'),
      "$.a=x",
      "unknown-charset",
    ],
    [
      "invalid UTF-8",
      json,
      Buffer.from('{"a":"\xe9"}', "latin1"),
      "$.a=é [charset]",
      "invalid-utf-8",
    ],
    [
      "overlong UTF-8",
      json,
      Buffer.from('{"a":"\xc0\xa7"}', "latin1"),
      "$.a=' [utf-8-overlong]",
      "overlong-utf-8",
    ],
    [
      "a number over Unicode",
      json,
      Buffer.from('"\xf7\xbf\xbf\xbf"', "latin1"),
      "$=\ufffd [charset]",
      "invalid-utf-8",
    ],
  ])("that are %s are guessed", (_what, type, bytes, line, anomaly) => {
    const reading = read(type, bytes);

    expect(reading.lines).toEqual([line]);
    expect(reading.anomalies).toEqual([anomaly]);
  });
});

describe("reading a body", () => {
  const types = [
    json,
    "text/xml",
    "multipart/form-data; boundary=b",
    "application/x-www-form-urlencoded",
    "application/graphql",
    "text/plain; charset=utf-16le",
    "application/octet-stream",
    "application/grpc",
  ];

  test("never throws, keeps to its limits, and reports only listed anomalies", () => {
    const text = fc
      .array(
        fc.constantFrom(
          ..."{}[]\"'\\:,<>&;=%-!?\n\r b01xu/.é\u0000",
          "<!",
          "--b",
          "&#",
          "query",
          "null",
        ),
      )
      .map((pieces) => Buffer.from(pieces.join("")));
    const bytes = fc.oneof(text, fc.uint8Array());
    const limits = {
      ...defaultDecodingLimits,
      fieldsMax: 30,
      derivedCharsMax: 100,
      jsonDepthMax: 3,
    };
    const encodings = fc.constantFrom("", "gzip", "deflate", "br", "zstd");
    fc.assert(
      fc.property(fc.constantFrom(...types), encodings, bytes, (type, encoding, body) => {
        const { fields, anomalies } = fieldsOfBody(
          headOf(type, [["content-encoding", encoding]]),
          body,
          limits,
        );

        expect(fields.length).toBeLessThanOrEqual(30);
        expect(anomalies.every((code) => code in decodingAnomalies)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["open brackets", json, (n: number) => "[".repeat(n)],
    ["open objects", json, (n: number) => '{"a":'.repeat(n / 5)],
    ["quotes", json, (n: number) => '"'.repeat(n)],
    ["backslashes", json, (n: number) => `["${"\\".repeat(n)}`],
    ["escaped quotes", json, (n: number) => `["${'\\"'.repeat(n / 2)}`],
    ["values in a row", json, (n: number) => '""'.repeat(n / 2)],
    [
      "a long key with many children",
      json,
      (n: number) => `{"${"k".repeat(n / 2)}":[${"1,".repeat(n / 4)}`,
    ],
    ["bare words", json, (n: number) => "a ".repeat(n / 2)],
    ["ampersands", "application/x-www-form-urlencoded", (n: number) => "&".repeat(n)],
    ["names", "application/x-www-form-urlencoded", (n: number) => "a&".repeat(n / 2)],
    ["percents", "application/x-www-form-urlencoded", (n: number) => `a=${"%25".repeat(n / 3)}`],
    ["broken percents", "text/plain", (n: number) => "%".repeat(n)],
    ["entities", "text/plain", (n: number) => "&".repeat(n)],
    ["open tags", "text/xml", (n: number) => "<a>".repeat(n / 3)],
    ["angle brackets", "text/xml", (n: number) => "<".repeat(n)],
    ["comments", "text/xml", (n: number) => "<!--".repeat(n / 4)],
    ["document types", "text/xml", (n: number) => "<!DOCTYPE[<!ENTITY a 'b'>]>".repeat(n / 27)],
    ["attributes", "text/xml", (n: number) => `<a ${"b ".repeat(n / 2)}`],
    ["boundaries", "multipart/form-data; boundary=b", (n: number) => "--b\n".repeat(n / 4)],
    [
      "part headers",
      "multipart/form-data; boundary=b",
      (n: number) => `--b\n${"a:b\n".repeat(n / 4)}`,
    ],
    [
      "semicolons",
      "multipart/form-data; boundary=b",
      (n: number) => `--b\ncontent-disposition:${";".repeat(n)}\n\n`,
    ],
    ["GraphQL quotes", "application/graphql", (n: number) => `{${'"'.repeat(n)}`],
    ["base64", "text/plain", (n: number) => "YWFh".repeat(n / 4)],
    [
      "JSON in JSON",
      json,
      (n: number) => JSON.stringify(JSON.stringify(JSON.stringify("x\\".repeat(n / 20)))),
    ],
  ])("takes linear time for %s", (_what, type, create) => {
    const half = Buffer.from(create(500_000));
    const whole = Buffer.from(create(1_000_000));
    const head = headOf(type);
    fieldsOfBody(head, half);
    const halfMs = leastMs(() => fieldsOfBody(head, half));
    const wholeMs = leastMs(() => fieldsOfBody(head, whole));

    // A quadratic reader takes seconds here.
    expect(wholeMs).toBeLessThan(halfMs * 5 + 100);
  });
});

function leastMs(run: () => unknown): number {
  const times = [1, 2].map(() => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return Math.min(...times);
}
