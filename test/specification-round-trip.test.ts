import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { corpusNames, loadCorpus } from "../bench/discovery/corpora.ts";
import { createInventory } from "../src/discovery/inventory.ts";
import { isRecord } from "../src/model/is-record.ts";
import { comparableSpecification } from "../src/specifications/comparable-specification.ts";
import { driftBetween } from "../src/specifications/drift.ts";
import { inlinedSchema } from "../src/specifications/inlined-schema.ts";
import { toOpenApi } from "../src/specifications/openapi-export.ts";
import { readSpecification } from "../src/specifications/read-specification.ts";
import type { Specification } from "../src/specifications/specification.ts";
import { exchange, times } from "./discovery/exchange.ts";

const names = corpusNames().filter((name) => ["docker.com_engine", "stripe.com"].includes(name));

async function exported(inventory: ReturnType<typeof createInventory>): Promise<Specification> {
  const text = JSON.stringify(
    toOpenApi([...inventory.endpoints()].filter(({ calls }) => calls > 0)),
  );
  const { valid, errors } = await new Validator().validate(
    JSON.parse(text) as Record<string, unknown>,
  );
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  return await readSpecification(text, "exported.json");
}

describe.skipIf(names.length === 0)(
  `traffic of real specifications${names.length === 0 ? " (the corpora are not at hand)" : ""}`,
  () => {
    test.each(names)("of %s comes back as the called part of it", async (name) => {
      const { documented, requests } = loadCorpus(name);
      const specification: Specification = {
        source: name,
        title: name,
        version: "1",
        hosts: [],
        operations: documented.map(({ method, template, deprecated }) => ({
          method,
          path: template,
          deprecated,
          parameters: [],
        })),
      };
      const inventory = createInventory();
      inventory.addSpecification(specification);
      for (const { timeMs, method, host, target, status, user } of requests) {
        inventory.learn({
          exchange: exchange({ timeMs, method, host, target, status, client: user }),
        });
      }
      const back = comparableSpecification(await exported(inventory));
      const keys = new Set(back.map(({ key }) => key));
      const called = new Set(
        requests.flatMap(({ operation, status }) =>
          operation === undefined || operation.shadow || status >= 300 ? [] : [operation],
        ),
      );
      const covered = comparableSpecification(specification).filter(({ method, path }) =>
        [...called].some((one) => one.method === method && one.template === path),
      );
      const drift = driftBetween(
        covered,
        back.filter(({ key }) => keys.has(key)),
      );

      expect(covered.length).toBeGreaterThan(20);
      expect(drift.filter(({ kind }) => kind === "operation-removed")).toEqual([]);
    });
  },
);

test("traffic that uses all of a specification comes back equal to it, schemas included", async () => {
  const before = await readSpecification(
    readFileSync("test/specifications/library.yaml", "utf8"),
    "library.yaml",
  );
  const inventory = createInventory();
  const root = before.document?.format === "openapi" ? before.document.root : {};
  const { paths } = root as { readonly paths: Readonly<Record<string, object>> };
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item)) {
      for (const at of times(60, (number) => number)) call({ path, method, operation, at });
    }
  }

  const after = await exported(inventory);
  const drift = driftBetween(comparableSpecification(before), comparableSpecification(after));
  expect(drift).toEqual([]);

  function call(asked: {
    readonly path: string;
    readonly method: string;
    readonly operation: Readonly<Record<string, unknown>>;
    readonly at: number;
  }): void {
    const { path, method, operation, at } = asked;
    const parameters = operation["parameters"] as readonly Readonly<Record<string, unknown>>[];
    const query = (parameters ?? [])
      .filter((one) => one["in"] === "query" && (one["required"] === true || at % 2 === 0))
      .map((one) => `${String(one["name"])}=${String(sampleOf(one["schema"], at))}`);
    const [status = "200", response] =
      Object.entries(operation["responses"] as Readonly<Record<string, unknown>>)[0] ?? [];
    const body = schemaIn(operation["requestBody"]);
    const answer = schemaIn(response);
    inventory.learn({
      exchange: exchange({
        method: method.toUpperCase(),
        host: "library.example",
        target: `${path.replace(/\{\w+\}/g, String(at + 1))}${query.length > 0 ? `?${query.join("&")}` : ""}`,
        status: Number(status),
        client: `203.0.113.${at % 20}`,
        ...(body === undefined ? {} : { body: sampleOf(body, at) }),
        ...(answer === undefined ? {} : { response: sampleOf(answer, at) }),
      }),
    });
  }

  function schemaIn(message: unknown): unknown {
    const content = isRecord(message) ? message["content"] : undefined;
    const json = isRecord(content) ? content["application/json"] : undefined;
    return isRecord(json) ? inlinedSchema(root, json["schema"]) : undefined;
  }
});

/** Some value of a schema; optional members are there every other time. */
function sampleOf(schema: unknown, at: number): unknown {
  if (!isRecord(schema)) return null;
  const { type, properties, required, items, format } = schema;
  const values = schema["enum"];
  if (Array.isArray(values)) return values[at % values.length];
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  switch (types[Math.floor(at / 2) % types.length]) {
    case "integer":
      return at * 7;
    case "number":
      return at + 0.25;
    case "boolean":
      return at % 2 === 0;
    case "array":
      return times(2, (number) => sampleOf(items, at + number));
    case "object":
      return Object.fromEntries(
        Object.entries(properties ?? {}).flatMap(([name, member]) => {
          const isNeeded = Array.isArray(required) && required.includes(name);
          return isNeeded || at % 2 === 0 ? [[name, sampleOf(member, at)]] : [];
        }),
      );
    case "string":
      return format === "date-time"
        ? new Date(1_767_571_200_000 + at * 1e6).toISOString()
        : `title number ${at * 31}`;
    default:
      return null;
  }
}
