import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Mode } from "../src/model/decision.ts";
import { createGuard } from "../src/protection/create-guard.ts";
import { contracts } from "../src/protection/protections/contracts.ts";
import { loadSpecification } from "../src/specifications/load-specification.ts";
import type { Specification } from "../src/specifications/specification.ts";
import { type GuardedGateway, startGuardedGateway } from "./apps/start-guarded-gateway.ts";
import { startProcess } from "./running-process.ts";

/* Contracts and limits of structure through a real socket, and the same requests by `merlon inspect`. */

const answer = { id: 1, name: "Ada", passwordHash: "$2b$10$abc" };
const upstream = createServer((request, response) => {
  request.resume();
  response.setHeader("content-type", "application/json");
  response.setHeader("etag", '"of the old body"');
  response.end(JSON.stringify(answer));
});
const folder = mkdtempSync(join(tmpdir(), "merlon-contracts-"));
const description = join(folder, "users.yaml");
let specification: Specification;
let upstreamUrl = "";
const gateways: GuardedGateway[] = [];

beforeAll(async () => {
  writeFileSync(
    description,
    `openapi: 3.0.3
paths:
  /users/{id}:
    put:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
      responses: { "200": { content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } } }
  /graphql: { post: { requestBody: { content: { application/json: {} } } } }
components:
  schemas:
    User: { type: object, properties: { id: { type: integer }, name: { type: string, maxLength: 20 } } }
`,
  );
  specification = await loadSpecification(description);
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const gateway of gateways.splice(0)) {
    expect(gateway.failures).toEqual([]);
    await gateway.close();
  }
});
afterAll(() => upstream.close());

async function start(mode: Mode, setting: object = {}): Promise<GuardedGateway> {
  const gateway = await startGuardedGateway(
    { upstream: upstreamUrl },
    { mode, protections: { contracts: { ...setting } } },
    { knowledge: { specifications: [specification], endpoints: [] } },
  );
  gateways.push(gateway);
  return gateway;
}

interface Case {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** Undefined for a near miss. */
  readonly status?: number;
}

const cases: readonly Case[] = [
  { id: "undeclared path", method: "PUT", path: "/admins/1", body: "{}", status: 404 },
  { id: "undeclared method", method: "PATCH", path: "/users/1", body: "{}", status: 405 },
  { id: "wrong type", method: "PUT", path: "/users/abc", body: "{}", status: 400 },
  { id: "undeclared parameter", method: "PUT", path: "/users/1?debug=1", body: "{}", status: 400 },
  { id: "mass assignment", method: "PUT", path: "/users/1", body: '{"isAdmin":true}', status: 400 },
  { id: "repeated key", method: "PUT", path: "/users/1", body: '{"id":1,"id":2}', status: 400 },
  {
    id: "deep GraphQL",
    method: "POST",
    path: "/graphql",
    body: JSON.stringify({ query: `${"{a".repeat(20)}${"}".repeat(20)}` }),
    status: 400,
  },
  { id: "whole user", method: "PUT", path: "/users/1", body: '{"id":1,"name":"Grace"}' },
  { id: "undeclared but plain property", method: "PUT", path: "/users/1", body: '{"nick":"g"}' },
  { id: "campaign parameter", method: "PUT", path: "/users/1?utm_source=a", body: "{}" },
  { id: "honest GraphQL", method: "POST", path: "/graphql", body: '{"query":"{me{name}}"}' },
];

function send({ origin }: GuardedGateway, { method, path, body }: Case): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${origin}${path}`, { method, headers, body });
}

test("in enforce mode what the description lacks is refused, and the near miss passes", async () => {
  const gateway = await start("enforce");
  for (const sent of cases) {
    const response = await send(gateway, sent);
    await response.body?.cancel();

    expect([sent.id, response.status]).toEqual([sent.id, sent.status ?? 200]);
  }
});

test("in observe mode everything passes, and what would be refused is reported", async () => {
  const gateway = await start("observe");
  for (const sent of cases) {
    const response = await send(gateway, sent);
    await response.arrayBuffer();
    expect(response.status).toBe(200);
  }
  await expect.poll(() => gateway.records.length).toBe(cases.length);

  expect(gateway.records.map(({ decision }) => decision?.wouldBe ?? "allow")).toEqual(
    cases.map(({ status }) => (status === undefined ? "allow" : "block")),
  );
});

test("a response loses what the description does not have, and says its new length", async () => {
  const gateway = await start("enforce", { responses: "mask" });
  const response = await send(gateway, { id: "", method: "PUT", path: "/users/1", body: "{}" });

  expect(await response.json()).toEqual({ id: 1, name: "Ada" });
  expect(response.headers.get("etag")).toBeNull();
  expect(response.headers.get("content-length")).toBe(String('{"id":1,"name":"Ada"}'.length));
});

test("`merlon inspect --spec` decides the same", async () => {
  const recording = join(folder, "traffic.jsonl");
  const lines = cases.map(({ id, method, path, body }) =>
    JSON.stringify({
      id,
      time: "2026-11-24T10:00:00Z",
      client: "192.0.2.1",
      request: {
        method,
        url: `http://shop.example${path}`,
        httpVersion: "1.1",
        headers: [["content-type", "application/json"]],
        body,
      },
    }),
  );
  writeFileSync(recording, `${lines.join("\n")}\n`);
  const inspect = await startProcess([
    "src/cli.ts",
    "inspect",
    "--json",
    "--spec",
    description,
    recording,
  ]);
  await inspect.lineWith(cases.at(-1)?.id ?? "");
  await inspect.stop();
  const decided = inspect.lines.map((line) => JSON.parse(line) as { id: string; status?: number });

  expect(decided.map(({ id, status }) => [id, status])).toEqual(
    cases.map(({ id, status }) => [id, status]),
  );
});

const corpus = "../shared/corpora/discovery";

describe.skipIf(!existsSync(corpus))(
  "synthesised traffic of public APIs (skipped where absent)",
  () => {
    const names = existsSync(corpus) ? readdirSync(corpus) : [];
    const linesOf = (file: string) => gunzipSync(readFileSync(file)).toString().trim().split("\n");

    test.each(names)("of %s never has a path or method that its description lacks", (name) => {
      const described = JSON.parse(readFileSync(`${corpus}/${name}/documented.json`, "utf8")) as {
        ops: [string, string, string][];
      };
      const truth = JSON.parse(readFileSync(`${corpus}/${name}/truth.json`, "utf8")) as {
        ops: { i: number; shadow: boolean }[];
      };
      const shadows = new Set(truth.ops.filter(({ shadow }) => shadow).map(({ i }) => i));
      const labels = linesOf(`${corpus}/${name}/labels.txt.gz`).map(Number);
      const guard = guardFor(described.ops);
      const refused = linesOf(`${corpus}/${name}/traffic.jsonl.gz`).filter((line, at) => {
        const label = labels[at] ?? -1;
        if (label < 0 || shadows.has(label)) return false;
        const [, method, host, url] = JSON.parse(line) as [number, string, string, string];
        return guard(method, host, url);
      });

      expect(refused).toEqual([]);
    });

    function guardFor(ops: readonly [string, string, string][]) {
      const paths: Record<string, Record<string, object>> = {};
      for (const [method, path] of ops) {
        paths[path] = { ...paths[path], [method.toLowerCase()]: {} };
      }
      const operations = ops.map(([method, path]) => ({
        method,
        path,
        deprecated: false,
        parameters: [],
        pointer: ["paths", path, method.toLowerCase()],
      }));
      const root = { openapi: "3.0.0", paths };
      const described: Specification = {
        source: "documented.json",
        title: "",
        version: "",
        hosts: [],
        operations,
        document: { format: "openapi", root },
      };
      const setting = { undeclaredParameters: "ignore" };
      const guard = createGuard({
        policy: {
          mode: "enforce",
          onFailure: "block",
          protections: { contracts: setting },
          apis: [],
          endpoints: [],
          exceptions: [],
        },
        record: () => undefined,
        now: () => 0,
        newId: () => "id",
        knowledge: { specifications: [described], endpoints: [] },
        protections: [contracts],
      });
      return (method: string, authority: string, url: string): boolean => {
        const [path = "", query = ""] = url.split("?", 2);
        const head = {
          method,
          scheme: "https",
          authority,
          path,
          query,
          httpVersion: "1.1",
          headers: [],
        } as const;
        const verdict = guard.open({ client: "192.0.2.1" }).requestHeaders(head);
        return "action" in verdict && verdict.action === "block";
      };
    }
  },
);
