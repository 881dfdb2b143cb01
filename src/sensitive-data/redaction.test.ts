import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Decision } from "../model/decision.ts";
import type { Detection } from "../model/detection.ts";
import type { Body, Exchange, Header, HttpRequest, HttpResponse } from "../model/exchange.ts";
import type { RecordedExchange } from "../model/recorded-exchange.ts";
import { createRedactor } from "./redaction.ts";

const redactor = createRedactor({ key: Buffer.from("key of this installation") });

const bodyOf = (text: string, bytesTotal?: number): Body => {
  const bytes = Buffer.from(text);
  return { bytes, bytesTotal: bytesTotal ?? bytes.length };
};

function exchangeWith(request: Partial<HttpRequest>, response?: Partial<HttpResponse>): Exchange {
  return {
    id: "x1",
    timeMs: 1,
    client: "203.0.113.7",
    request: {
      method: "POST",
      scheme: "https",
      authority: "shop.example",
      path: "/",
      query: "",
      httpVersion: "1.1",
      headers: [],
      ...request,
    },
    ...(response === undefined ? {} : { response: { status: 200, headers: [], ...response } }),
  };
}

const recorded = (
  request: Partial<HttpRequest>,
  response?: Partial<HttpResponse>,
): RecordedExchange => redactor.redactExchange(exchangeWith(request, response));

const json: Header = ["content-type", "application/json"];
const requestBody = (text: string, contentType = "application/json"): string | undefined =>
  recorded({ headers: [["content-type", contentType]], body: bodyOf(text) }).request.body;

const fingerprint = expect.stringMatching(/^hmac:[0-9a-f]{12}$/);

describe("a recorded exchange", () => {
  test("keeps what is harmless byte for byte", () => {
    const body = '{ "items": [1, 2.50, "a\\u0062"],\n "ok": true, "id": 170000000000012345 }';
    const query = "q=o%27brien+shoes&page=2&sort=";
    const headers: Header[] = [json, ["accept", "*/*"], ["user-agent", "Mozilla/5.0 (X11)"]];

    expect(recorded({ path: "/a/b%20c/12", query, headers, body: bodyOf(body) }).request).toEqual({
      method: "POST",
      url: `https://shop.example/a/b%20c/12?${query}`,
      httpVersion: "1.1",
      headers,
      body,
      bodyBytesTotal: body.length,
    });
  });

  test("keeps an attack readable", () => {
    const query = "product_id=1%27%20UNION%20SELECT%20email,password%20FROM%20users--";

    expect(recorded({ query }).request.url).toContain(query);
  });

  test("has fingerprints for credentials in headers, with the scheme and the names kept", () => {
    const { headers } = recorded({
      headers: [
        ["authorization", "Bearer abc.def"],
        ["cookie", "theme=dark; sid=123"],
        ["x-api-key", "short"],
        ["x-auth-token", "t"],
        ["x-lab-key", "a1b2"],
      ],
    }).request;

    expect(headers).toEqual([
      ["authorization", expect.stringMatching(/^Bearer hmac:[0-9a-f]{12}$/)],
      ["cookie", expect.stringMatching(/^theme=hmac:[0-9a-f]{12}; sid=hmac:[0-9a-f]{12}$/)],
      ["x-api-key", fingerprint],
      // One character is no credential.
      ["x-auth-token", "t"],
      ["x-lab-key", fingerprint],
    ]);
  });

  test("keeps the attributes of a cookie that is set", () => {
    const headers: Header[] = [["set-cookie", "sid=abc; Path=/; HttpOnly"]];

    expect(recorded({}, { headers }).response?.headers).toEqual([
      ["set-cookie", expect.stringMatching(/^sid=hmac:[0-9a-f]{12}; Path=\/; HttpOnly$/)],
    ]);
  });

  test("gives equal credentials equal fingerprints, and other ones under another key", () => {
    const other = createRedactor({ key: Buffer.from("another") });
    const exchange = exchangeWith({ headers: [["x-api-key", "credential"]] });

    const [, first] = redactor.redactExchange(exchange).request.headers[0] ?? [];
    expect(redactor.redactExchange(exchange).request.headers[0]?.[1]).toBe(first);
    expect(other.redactExchange(exchange).request.headers[0]?.[1]).not.toBe(first);
  });

  test.each([
    [
      "JSON",
      "application/json",
      '{"user":{"password":"pw","mail":"bob@example.com"},"n":[1]}',
      '{"user":{"password":"hmac:…","mail":"<email>"},"n":[1]}',
    ],
    ["JSON with escapes", "application/json", '{"m":"bob\\u0040example.com"}', '{"m":"<email>"}'],
    ["JSON keys", "application/json", '{"bob@example.com":{"a":1}}', '{"<email>":{"a":1}}'],
    [
      "JSON numbers",
      "application/json",
      '{"card":4111111111111111}',
      '{"card":"<payment-card …1111>"}',
    ],
    [
      "JSON that is none",
      "application/json",
      "{mail: 'bob@example.com',}",
      "{mail: \"'<email>'\",}",
    ],
    [
      "a form",
      "application/x-www-form-urlencoded",
      "a=1&mail=bob%40example.com&password=x%20y",
      "a=1&mail=<email>&password=hmac:…",
    ],
    [
      "XML",
      "text/xml",
      '<u id="1"><w:Password>pw</w:Password><m>bob&#64;example.com</m></u>',
      '<u id="1"><w:Password>hmac:…</w:Password><m>&lt;email&gt;</m></u>',
    ],
    [
      "XML attributes",
      "text/xml",
      '<u mail="bob@example.com" n="1"/>',
      '<u mail="&lt;email&gt;" n="1"/>',
    ],
    [
      "text",
      "text/plain",
      "card 4111 1111 1111 1111, +49 30 901820",
      "card <payment-card …1111>, <phone>",
    ],
    ["JSON sent as text", "text/plain", '{"password":"pw"}', '{"password":"hmac:…"}'],
  ])("redacts %s in its place", (_kind, type, body, expected) => {
    expect(requestBody(body, type)?.replaceAll(/hmac:[0-9a-f]{12}/g, "hmac:…")).toBe(expected);
  });

  test("tells of files in a form only how long they are", () => {
    const body = [
      "--b",
      'Content-Disposition: form-data; name="password"',
      "",
      "pw",
      "--b",
      'Content-Disposition: form-data; name="f"; filename="a.txt"',
      "",
      "content of the file",
      "--b--",
      "",
    ].join("\r\n");
    const redacted = requestBody(body, "multipart/form-data; boundary=b");

    expect(redacted).toMatch(/name="password"\r\n\r\nhmac:[0-9a-f]{12}\r\n/);
    expect(redacted).toContain("<19 characters of a file>");
    expect(redacted).not.toContain("content of");
  });

  test("has no body where there is none to read", () => {
    const binary: Body = { bytes: Uint8Array.of(0, 1, 2, 255), bytesTotal: 4 };

    expect(recorded({ body: binary }).request).not.toHaveProperty("body");
    expect(
      recorded({ headers: [["content-encoding", "gzip"]], body: bodyOf("x") }).request,
    ).not.toHaveProperty("body");
    expect(recorded({ body: binary }).request.bodyBytesTotal).toBe(4);
  });

  test("reads bodies with the reader it was given", () => {
    const withReader = createRedactor({
      key: Buffer.from("k"),
      readBodyText: () => ({ text: "mail bob@example.com", isComplete: true }),
    });
    const exchange = exchangeWith({ headers: [["content-encoding", "br"]], body: bodyOf("?") });

    expect(withReader.redactExchange(exchange).request.body).toBe("mail <email>");
  });

  test("is cut at the recording limit only after it was redacted", () => {
    const small = createRedactor({ key: Buffer.from("k"), bodyCharactersMax: 64 });
    const body = `{"pad":"${"x".repeat(48)}","mail":"bob@example.com"}`;
    const { request } = small.redactExchange(exchangeWith({ headers: [json], body: bodyOf(body) }));

    expect(request.body).toHaveLength(65);
    expect(request.body).not.toContain("bob");
    expect(request.bodyBytesTotal).toBe(body.length);
  });

  test.each([
    ["JSON string", "application/json", '{"a":1,"password":"half of a passw'],
    ["JSON number", "application/json", '{"a":1,"card":41111111111'],
    ["element", "text/xml", "<a><b>1</b><password>half of a passw"],
    ["text", "text/plain", `${"harmless ".repeat(60)} 4111 1111 111`],
  ])("drops the half value at the end of a cut %s", (_kind, type, text) => {
    const { body } = recorded({
      headers: [["content-type", type]],
      body: bodyOf(text, text.length + 10),
    }).request;

    expect(body).not.toMatch(/passw\b|4111/);
    expect(body?.length).toBeGreaterThan(4);
  });

  test("belongs to an endpoint when told", () => {
    expect(redactor.redactExchange(exchangeWith({}), "e1").endpoint).toBe("e1");
  });
});

const planted = fc.constantFrom(
  "4111111111111111",
  "5555-5555-5555-4444",
  "3782 822463 10005",
  "bob.builder@mail.example.com",
  "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
  "AKIAQ3EGRT7Z5N2WKJXD",
  "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
  "DE89370400440532013000",
);
/** Words around it that glue nothing to it. */
const before = fc.constantFrom("", " ", "see ", "(", "'", '"', "a: ");
const after = fc.constantFrom("", " ", " please", ")", "'", '"', ", ", ".");

/** Every place of an exchange that a client or an upstream fills. */
const places: readonly ((value: string) => Exchange)[] = [
  (value) => exchangeWith({ path: `/users/${encodeURIComponent(value)}/orders` }),
  (value) => exchangeWith({ path: `/users/${value.replaceAll(/[ "?]/g, "-")}` }),
  (value) => exchangeWith({ query: `q=${encodeURIComponent(value)}&a=1` }),
  (value) => exchangeWith({ query: `q=${encodeURIComponent(encodeURIComponent(value))}` }),
  (value) => exchangeWith({ query: `q=${value.replaceAll(" ", "+")}` }),
  (value) => exchangeWith({ query: `${encodeURIComponent(value)}=1` }),
  (value) => exchangeWith({ headers: [["x-note", value]] }),
  (value) => exchangeWith({ headers: [["cookie", `a=${value}`]] }),
  (value) => exchangeWith({ headers: [["authorization", `Bearer ${value}`]] }),
  (value) => exchangeWith({ headers: [["referer", `https://a/?b=${encodeURIComponent(value)}`]] }),
  (value) => exchangeWith({ headers: [json], body: bodyOf(JSON.stringify({ a: [{ b: value }] })) }),
  (value) => exchangeWith({ headers: [json], body: bodyOf(JSON.stringify({ [value]: 1 })) }),
  (value) =>
    exchangeWith({ headers: [json], body: bodyOf(JSON.stringify(JSON.stringify({ value }))) }),
  (value) => exchangeWith({ body: bodyOf(`a=1&b=${encodeURIComponent(value)}`) }),
  (value) => exchangeWith({ body: bodyOf(`<a><b>${value}</b></a>`) }),
  (value) =>
    exchangeWith({ body: bodyOf(`<a><!-- ${value} --><b c="${value.replaceAll('"', "")}"/></a>`) }),
  (value) => exchangeWith({ body: bodyOf(`one line\nthen ${value}\n`) }),
  (value) => exchangeWith({}, { headers: [["location", `/x?y=${encodeURIComponent(value)}`]] }),
  (value) => exchangeWith({}, { headers: [["set-cookie", `a=b; Path=/${value}`]] }),
  (value) =>
    exchangeWith({}, { body: bodyOf(`{"error":"no account ${value.replaceAll('"', "")}"`) }),
];

describe("whatever is planted", () => {
  test("never survives in the record, wherever it stood", () => {
    fc.assert(
      fc.property(
        planted,
        before,
        after,
        fc.constantFrom(...places),
        (value, start, end, placeIn) => {
          const text = JSON.stringify(redactor.redactExchange(placeIn(start + value + end)));
          const everywhere = `${text} ${decodeURIComponent(text.replaceAll(/%(?![0-9A-Fa-f]{2})/g, ""))}`;
          expect(everywhere).not.toContain(value);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("never makes redaction throw, and never grows the body over its limit", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.boolean(), (text, isCut) => {
        for (const start of ["", "{", "<", '{"a":', "--b\r\n"]) {
          const body = bodyOf(start + text);
          const { request } = recorded({
            path: `/${text}`,
            query: text,
            headers: [
              ["content-type", start.startsWith("--") ? "multipart/form-data" : "a/b"],
              ["x", text],
            ],
            body: isCut ? { ...body, bytesTotal: body.bytesTotal + 1 } : body,
          });
          expect(request.body?.length ?? 0).toBeLessThanOrEqual(16_385);
        }
      }),
    );
  });

  test.each([
    "@",
    "4111 ",
    "%40",
    "eyJ",
    "://a:b",
    "-----BEGIN ",
    "a=",
    "<",
    '"\\',
    "[",
    "+1 ",
    "DE8",
    "<a",
    "<a b='",
    '<a b="c" ',
    "a@b",
    "a@b.",
    "eyJa-",
    "AIza-",
    'name="',
  ])("takes linear time when repeated: %j", (unit) => {
    const timeOf = (length: number): number => {
      const body = bodyOf(unit.repeat(Math.ceil(length / unit.length)));
      const started = performance.now();
      recorded({ body });
      return performance.now() - started;
    };
    timeOf(8_000);

    expect(timeOf(60_000)).toBeLessThan(60 * timeOf(8_000) + 400);
  });
});

const detectionOf = (changes: Partial<Detection>): Detection => ({
  detector: "sql-injection",
  confidence: "high",
  location: "query",
  name: "id",
  part: "value",
  evidence: "' OR '1'='1",
  span: { start: 1, end: 12 },
  value: "1' OR '1'='1",
  steps: [{ decoding: "percent", value: "1' OR '1'='1" }],
  explanation: "Ends the text that the application opened.",
  ...changes,
});

const decisionOf = (detection: Detection): Decision => ({
  id: "d1",
  timeMs: 1,
  client: "203.0.113.7",
  method: "GET",
  host: "shop.example",
  path: "/users/bob%40example.com",
  action: "block",
  wouldBe: "block",
  score: 5,
  detections: [detection],
  verdicts: [],
  exceptions: [],
});

const redactedDetection = (changes: Partial<Detection>): Detection | undefined =>
  redactor.redactDecision(decisionOf(detectionOf(changes))).detections[0];

describe("a redacted decision", () => {
  test("keeps the attack as it was", () => {
    expect(redactedDetection({})).toEqual(detectionOf({}));
    expect(redactor.redactDecision(decisionOf(detectionOf({}))).path).toBe("/users/<email>");
  });

  test("hides sensitive values around the attack, and moves the span along", () => {
    const value = "bob@example.com' OR '1'='1";
    const detection = redactedDetection({ value, span: { start: 15, end: 26 }, steps: [] });

    expect(detection?.value).toBe("<email>' OR '1'='1");
    expect(detection?.value.slice(detection.span.start, detection.span.end)).toBe("' OR '1'='1");
  });

  test("hides the outer form of what is hidden inside", () => {
    const value = "bob@example.com' OR '1'='1";
    const steps = [{ decoding: "base64" as const, value: Buffer.from(value).toString("base64") }];

    expect(redactedDetection({ value, steps })?.steps).toEqual([
      { decoding: "base64", value: "<hidden: holds sensitive values>" },
    ]);
  });

  test.each([
    ["cookie", "sid"],
    ["header", "authorization"],
    ["body", "$.password"],
  ] as const)("keeps of a credential in a %s (%s) only the attack", (location, name) => {
    const value = "hunter2' OR '1'='1";
    const detection = redactedDetection({
      location,
      name,
      value,
      steps: [{ decoding: "base64", value: "aHVudGVyMg==" }],
    });

    expect(JSON.stringify(detection)).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(detection?.value).toMatch(/^hmac:[0-9a-f]{12} ' OR '1'='1$/);
  });
});
