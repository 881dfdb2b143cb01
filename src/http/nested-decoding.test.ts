import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Header, RequestHead } from "../model/exchange.ts";
import type { Field } from "../model/field.ts";
import { fieldsOfBody } from "./body-fields.ts";
import { fieldsOfHead } from "./head-fields.ts";

interface Delivery {
  readonly query?: string;
  readonly headers?: readonly Header[];
  readonly body?: string | Uint8Array;
}

function fieldsOf({ query = "", headers = [], body = "" }: Delivery): readonly Field[] {
  const head: RequestHead = {
    method: "POST",
    scheme: "http",
    authority: "a.test",
    path: "/",
    query,
    httpVersion: "1.1",
    headers,
  };
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  return [...fieldsOfHead(head).fields, ...fieldsOfBody(head, bytes).fields];
}

const json: Header = ["content-type", "application/json"];
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const unicodeEscaped = (text: string): string =>
  Array.from(
    { length: text.length },
    (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
const percentEncoded = (text: string): string =>
  Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
const xmlEscaped = (text: string): string =>
  Array.from(text, (character) => `&#${character.codePointAt(0)};`).join("");

const deliveries: readonly (readonly [name: string, deliver: (payload: string) => Delivery])[] = [
  ["percent once", (payload) => ({ query: `a=${percentEncoded(payload)}` })],
  [
    "percent four times",
    (payload) => ({ query: `a=${[1, 2, 3, 4].reduce(percentEncoded, payload)}` }),
  ],
  ["%u", (payload) => ({ query: `a=${unicodeEscaped(payload).replaceAll("\\", "%")}` })],
  ["base64 in a query", (payload) => ({ query: `a=${encodeURIComponent(base64(payload))}` })],
  ["base64 in base64", (payload) => ({ headers: [["x", base64(base64(payload))]] })],
  [
    "UTF-16 in base64",
    (payload) => ({ headers: [["x", Buffer.from(payload, "utf16le").toString("base64")]] }),
  ],
  ["a data URL", (payload) => ({ headers: [["x", `data:text/plain;base64,${base64(payload)}`]] })],
  [
    "base64 behind bytes that are no text",
    (payload) => ({
      headers: [["x", Buffer.from(`\u0001\u0002${payload}`).toString("base64url")]],
    }),
  ],
  [
    "a claim",
    (payload) => ({
      headers: [
        [
          "authorization",
          `Bearer ${base64('{"alg":"x"}')}.${base64(JSON.stringify({ a: payload }))}.x`,
        ],
      ],
    }),
  ],
  [
    "a cookie of JSON",
    (payload) => ({ headers: [["cookie", `s=${percentEncoded(JSON.stringify({ a: payload }))}`]] }),
  ],
  [
    "JSON in JSON in JSON",
    (payload) => ({
      headers: [json],
      body: JSON.stringify({ a: JSON.stringify({ b: JSON.stringify([payload]) }) }),
    }),
  ],
  [
    "escapes in JSON in JSON",
    (payload) => ({
      headers: [json],
      body: JSON.stringify({ a: `{"b":"${unicodeEscaped(payload)}"}` }),
    }),
  ],
  [
    "base64 of JSON in a form",
    (payload) => ({
      headers: [["content-type", "application/x-www-form-urlencoded"]],
      body: `a=${encodeURIComponent(base64(JSON.stringify({ b: payload })))}`,
    }),
  ],
  [
    "HTML entities in JSON",
    (payload) => ({ headers: [json], body: JSON.stringify({ a: xmlEscaped(payload) }) }),
  ],
  [
    "XML",
    (payload) => ({
      headers: [["content-type", "application/soap+xml"]],
      body: `<a><b c="${xmlEscaped(payload)}"/></a>`,
    }),
  ],
  [
    "a GraphQL literal",
    (payload) => ({
      headers: [json],
      body: JSON.stringify({ query: `{a(b:"${unicodeEscaped(payload)}")}` }),
    }),
  ],
  [
    "gzip",
    (payload) => ({
      headers: [json, ["content-encoding", "gzip"]],
      body: gzipSync(JSON.stringify([payload])),
    }),
  ],
  [
    "multipart",
    (payload) => ({
      headers: [["content-type", "multipart/form-data; boundary=zqz"]],
      body: `--zqz\r\nContent-Disposition: form-data; name="a"\r\n\r\n${payload}\r\n--zqz--`,
    }),
  ],
  ["a JSON key", (payload) => ({ headers: [json], body: JSON.stringify({ [payload]: 1 }) })],
  [
    "a percent-encoded JSON key",
    (payload) => ({ headers: [json], body: JSON.stringify({ [percentEncoded(payload)]: 1 }) }),
  ],
];

describe("a payload", () => {
  const payload = fc
    .string({
      unit: fc.constantFrom(..."'\"<>();-/*=.| abz019%&\\{}[]"),
      minLength: 8,
      maxLength: 40,
    })
    .map((text) => `x' ${text}`);

  test.each(deliveries)("is found when it comes by %s", (_name, deliver) => {
    fc.assert(
      fc.property(payload, (text) => {
        expect(fieldsOf(deliver(text)).some(({ value }) => value.includes(text))).toBe(true);
      }),
    );
  });
});

describe("a payload that is not all ASCII", () => {
  const payload = "é' or 'é'='é";

  test.each(
    deliveries.filter(([name]) => !name.startsWith("UTF-16")),
  )("is found when it comes by %s", (_name, deliver) => {
    expect(fieldsOf(deliver(payload)).some(({ value }) => value.includes(payload))).toBe(true);
  });
});

describe("honest values", () => {
  test.each([
    "0b6f7d8e-1c1f-4c39-9d5e-5f1d2f6f3a11",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
    "507f1f77bcf86cd799439011",
    "2026-11-23T20:00:00.000Z",
    "shipping_address",
    "firstName",
    "AT&T and R&D",
    "50% off, 100 % cotton",
    "C:\\users\\xavier",
    "[draft] the plan",
    "https://shop.example/?a=1&b=2",
    Buffer.from(
      "89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61",
      "hex",
    ).toString("base64"),
  ])("hide nothing: %s", (value) => {
    expect(fieldsOf({ headers: [["x", value]] })).toHaveLength(1);
  });
});
