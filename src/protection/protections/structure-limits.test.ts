import { existsSync, readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Decision } from "../../model/decision.ts";
import { createGuard } from "../create-guard.ts";
import type { Guard } from "../guard.ts";
import { jsonStructureOf } from "./structure-limits/json-structure.ts";
import { xmlStructureOf } from "./structure-limits/xml-structure.ts";
import { structureLimits } from "./structure-limits.ts";

let last: Decision | undefined;

function guardWith(setting: object): Guard {
  return createGuard({
    policy: {
      mode: "enforce",
      onFailure: "block",
      protections: { "structure-limits": { ...setting } },
      apis: [],
      endpoints: [],
      exceptions: [],
    },
    record: ({ decision }) => {
      last = decision;
    },
    now: () => 0,
    newId: () => "id",
    protections: [structureLimits],
  });
}

const usual = guardWith({});

function decisionOn(
  type: string,
  body: string | Buffer,
  guard: Guard = usual,
  encoding = "identity",
): Decision | undefined {
  const transaction = guard.open({ client: "192.0.2.1" });
  transaction.requestHeaders({
    method: "POST",
    scheme: "http",
    authority: "shop.example",
    path: "/",
    query: "",
    httpVersion: "1.1",
    headers: [
      ["content-type", type],
      ["content-encoding", encoding],
    ],
  });
  transaction.requestBody(Buffer.from(body), true);
  transaction.close();
  return last;
}

const json = "application/json";
const xml = "application/soap+xml";
const keys = (count: number): string =>
  `{${Array.from({ length: count }, (_, at) => `"k${at}":1`).join()}}`;

describe("a body whose structure exhausts parsers", () => {
  test.each<[string, string, string, string]>([
    ["deep JSON", "json-too-deep", json, `${"[".repeat(51)}${"]".repeat(51)}`],
    ["deep JSON without an end", "json-too-deep", json, '{"a":'.repeat(100_000)],
    ["deep JSON that says it is text", "json-too-deep", "text/plain", `${"[".repeat(51)}`],
    ["an object of many keys", "json-too-many-keys", json, keys(1_001)],
    ["a long array", "json-too-many-items", json, `[${"0,".repeat(10_000)}0]`],
    ["many values", "json-too-many-nodes", json, `[${"[0,0,0,0,0,0,0,0,0],".repeat(6_000)}0]`],
    ["a long string", "json-string-too-long", json, `"${"a".repeat(1_048_577)}"`],
    ["a long number", "json-number-too-long", json, `{"a":1${"0".repeat(100)}}`],
    [
      "a key that stands twice",
      "json-duplicate-key",
      json,
      '{"role":"user","id":1,"role":"admin"}',
    ],
    ["a key in two spellings", "json-duplicate-key", json, '{"role":1,"r\\u006fle":2}'],
    [
      "a document type",
      "xml-doctype",
      xml,
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    ],
    ["a document type that says it is text", "xml-doctype", "text/plain", "<!doctype a><a/>"],
    ["deep XML", "xml-too-deep", xml, "<a>".repeat(51)],
    ["many elements", "xml-too-many-elements", xml, `<a>${"<b/>".repeat(10_000)}</a>`],
    [
      "many attributes",
      "xml-too-many-attributes",
      xml,
      `<a ${Array.from({ length: 51 }, (_, at) => `b${at}="1"`).join(" ")}/>`,
    ],
    ["a long text", "xml-text-too-long", xml, `<a>${"b".repeat(1_048_577)}</a>`],
  ])("by %s is refused", (_what, code, type, body) => {
    const decision = decisionOn(type, body);

    expect(decision).toMatchObject({ action: "block", status: 400 });
    expect(decision?.detections.map(({ detector }) => detector)).toEqual([code]);
  });

  test("is refused in its compressed form too", () => {
    const body = gzipSync("[".repeat(60));

    expect(decisionOn(json, body, usual, "gzip")?.action).toBe("block");
  });

  test.each<[string, string, string, object?]>([
    ["at the depth that is allowed", json, `${"[".repeat(50)}${"]".repeat(50)}`],
    ["with the keys that are allowed", json, keys(1_000)],
    ["with one key in several objects", json, '[{"a":{"a":1}},{"a":2}]'],
    ["with a string that looks like JSON", json, `{"a":"${"[".repeat(99)}"}`],
    [
      "with keys twice where that is allowed",
      json,
      '{"a":1,"a":2}',
      { json: { duplicateKeys: "allow" } },
    ],
    [
      "of a SOAP message",
      xml,
      '<soap:Envelope xmlns:soap="u"><soap:Body><a b="1>2"><![CDATA[<x>]]></a></soap:Body></soap:Envelope>',
    ],
    ["of a text with a tag", "text/plain", "<b>Hello</b> world"],
    ["of an HTML page in a form", "application/x-www-form-urlencoded", "<!DOCTYPE html>"],
  ])("is not one %s", (_what, type, body, setting) => {
    const guard = setting === undefined ? usual : guardWith(setting);

    expect(decisionOn(type, body, guard)).toBeUndefined();
  });
});

describe("the measure of JSON", () => {
  test("counts what a parser builds", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const { depth, nodes, duplicateKey } = jsonStructureOf(JSON.stringify(value, undefined, 1));

        expect({ depth, nodes, duplicateKey }).toEqual({
          depth: depthOf(value),
          nodes: nodesOf(value),
          duplicateKey: undefined,
        });
      }),
    );
  });

  test("takes any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."{}[]\",:\\1a <>/!?-='") }), (text) => {
        expect(jsonStructureOf(text).depth).toBeLessThanOrEqual(text.length);
        expect(xmlStructureOf(text).elements).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

function childrenOf(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...childrenOf(value).map(depthOf));
}

function nodesOf(value: unknown): number {
  const children = childrenOf(value);
  const keys = Array.isArray(value) ? 0 : children.length;
  return 1 + keys + children.map(nodesOf).reduce((sum, count) => sum + count, 0);
}

const corpora = "../shared/corpora";

describe.skipIf(!existsSync(corpora))("honest bodies of the corpora (skipped where absent)", () => {
  const linesOf = (file: string): readonly string[] =>
    gunzipSync(readFileSync(`${corpora}/${file}`))
      .toString()
      .trim()
      .split("\n");

  test("of vendors' own examples meet no limit", () => {
    const bodies = linesOf("benign/openapi-examples.jsonl.gz")
      .map((line) => (JSON.parse(line) as { request: { body: string | null } }).request.body)
      .filter((body) => body !== null);
    const refused = bodies.filter((body) => decisionOn(json, body) !== undefined);

    expect(refused).toEqual([]);
  });
});
