import { fieldsOfBody } from "../../src/http/body-fields.ts";
import { defaultDecodingLimits } from "../../src/http/decoding-limits.ts";
import { FieldSink } from "../../src/http/field-sink.ts";
import { fieldsOfHead } from "../../src/http/head-fields.ts";
import { readJson } from "../../src/http/json-fields.ts";
import type { Field } from "../../src/model/field.ts";
import { apiGet, jsonPost, largeJson, smallJson } from "./messages.ts";

/** Measures decoding against `JSON.parse` and a walk, interleaved, and prints medians. */
const smallBytes = Buffer.from(smallJson);
const largeBytes = Buffer.from(largeJson);

const cases: readonly (readonly [name: string, run: () => number])[] = [
  ["head: GET, 3 parameters, 8 headers, JWT", () => fieldsOfHead(apiGet).fields.length],
  [`body: ${smallBytes.length} B JSON`, () => fieldsOfBody(jsonPost, smallBytes).fields.length],
  [`body: ${largeBytes.length} B JSON`, () => fieldsOfBody(jsonPost, largeBytes).fields.length],
  ["one pass over 1 KB, no nested decoding", () => onePass(smallBytes)],
  ["JSON.parse and walk over 1 KB, repeated keys lost", () => parseAndWalk(smallBytes)],
  ["JSON.parse and walk over 1 KB, keys counted", () => parseAndCount(smallBytes)],
  ["one pass over 20 KB, no nested decoding", () => onePass(largeBytes)],
  ["JSON.parse and walk over 20 KB, repeated keys lost", () => parseAndWalk(largeBytes)],
  ["JSON.parse and walk over 20 KB, keys counted", () => parseAndCount(largeBytes)],
];

const rounds = 25;
const roundMs = 12;

function onePass(bytes: Buffer): number {
  const sink = new FieldSink(defaultDecodingLimits);
  readJson(sink, bytes.toString("latin1"), { place: { location: "body" }, root: "$" });
  return sink.fields.length;
}

function parseAndWalk(bytes: Buffer): number {
  const fields: Field[] = [];
  walk(JSON.parse(bytes.toString("utf8")), "$", fields);
  return fields.length;
}

/** What it would take to notice that a repeated key hid a value. */
function parseAndCount(bytes: Buffer): number {
  const text = bytes.toString("utf8");
  const fields: Field[] = [];
  walk(JSON.parse(text), "$", fields);
  let keys = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) isInString = !isInString;
    else if (code === 0x3a && !isInString) keys++;
  }
  return fields.length + keys;
}

function walk(value: unknown, name: string, fields: Field[]): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      walk(item, `${name}[${index}]`, fields);
    });
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) walk(item, `${name}.${key}`, fields);
  } else {
    const type = typeof value === "number" ? "number" : "string";
    fields.push({ location: "body", name, value: String(value), part: "value", type });
  }
}

function measure(run: () => number): number {
  const end = performance.now() + roundMs;
  const start = performance.now();
  let calls = 0;
  let now = start;
  while (now < end) {
    for (let nth = 0; nth < 20; nth++) run();
    calls += 20;
    now = performance.now();
  }
  return ((now - start) * 1_000) / calls;
}

const measured: number[][] = cases.map(() => []);
for (let round = 0; round < rounds; round++) {
  cases.forEach(([, run], nth) => {
    measured[nth]?.push(measure(run));
  });
}
cases.forEach(([name, run], nth) => {
  const sorted = (measured[nth] ?? []).toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const least = sorted[0] ?? 0;
  console.log(
    `${name}: median ${median.toFixed(2)} µs, least ${least.toFixed(2)} µs (${run()} fields)`,
  );
});
