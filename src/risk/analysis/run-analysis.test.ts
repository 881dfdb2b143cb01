import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runAnalysis } from "./run-analysis.ts";

const directory = mkdtempSync(join(tmpdir(), "merlon-analysis-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const root = {
  openapi: "3.0.3",
  info: { title: "Shop", version: "1" },
  servers: [{ url: "http://shop.example" }],
  paths: {
    "/users/{id}": {
      get: {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
        responses: { "200": { description: "A user" } },
      },
    },
  },
};

test("lints a specification with the OWASP rules, in a thread, by operation", async () => {
  const answer = await runAnalysis({ kind: "lint", source: "shop.yaml", root });
  const lint = "lint" in answer ? answer.lint : [];

  expect(lint).toContainEqual(
    expect.objectContaining({
      rule: "owasp:api1:2023-no-numeric-ids",
      operation: "shop.yaml#GET /users/{id}",
    }),
  );
  expect(lint.find(({ operation }) => operation === undefined)?.rule).toMatch(/^owasp:/);
});

test("reads no file and asks no address that a specification refers to", async () => {
  const secret = join(directory, "secret.json");
  writeFileSync(secret, JSON.stringify({ type: "integer" }));
  const schema = { $ref: `file://${secret}` };
  const response = { description: "x", content: { "application/json": { schema } } };
  const paths = { "/a": { get: { responses: { "200": response } } } };
  const answer = await runAnalysis({ kind: "lint", source: "a", root: { ...root, paths } });

  expect(JSON.stringify(answer)).not.toContain("integer-limit");
});

test("a problem is an answer", async () => {
  const workloads = [{ name: "a", serves: "/", components: [join(directory, "missing.json")] }];
  const answer = await runAnalysis({ kind: "workloads", workloads, sources: {} });

  expect(answer).toMatchObject({ problem: expect.stringContaining("cannot read") });
});
