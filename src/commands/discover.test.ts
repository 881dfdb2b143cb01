import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function discover(...args: readonly string[]): Promise<Outcome> {
  return await run(process.execPath, ["src/cli.ts", "discover", ...args]).then(
    (output) => ({ code: 0, ...output }),
    (error: unknown) => error as Outcome,
  );
}

function line(at: number, target: string, more: object = {}): string {
  return JSON.stringify({
    id: `r${at}`,
    time: new Date(1_767_571_200_000 + at * 1_000).toISOString(),
    client: "203.0.113.7",
    request: {
      method: "GET",
      url: `https://shop.example${target}`,
      headers: [["host", "shop.example"]],
    },
    response: {
      status: 200,
      headers: [["content-type", "application/json"]],
      body: JSON.stringify({ owner: { email: "ann@shop.example" } }),
    },
    ...more,
  });
}

describe("merlon discover", () => {
  let folder = "";
  let traffic = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "merlon-"));
    traffic = join(folder, "traffic.jsonl");
    const lines = Array.from({ length: 30 }, (_, at) => line(at, `/api/v1/products/${at}`));
    lines.push(line(90, "/api/v1/products/1%27%20OR%20%271%27=%271%27%20--"));
    await writeFile(traffic, `${lines.join("\n")}\n`);
  });

  test("writes the inventory in its public format", async () => {
    const { code, stdout } = await discover("--json", traffic);
    const { endpoints } = JSON.parse(stdout) as { endpoints: Record<string, unknown>[] };

    expect(code).toBe(0);
    expect(endpoints).toHaveLength(1);
    expect(endpoints[0]).toMatchObject({
      method: "GET",
      host: "shop.example",
      path: "/api/v1/products/{productId}",
      style: "rest",
      lifecycle: "undocumented",
      calls: 30,
      firstSeen: "2026-01-05T00:00:00.000Z",
      lastSeen: "2026-01-05T00:00:29.000Z",
      statuses: { "200": 30 },
      parameters: [{ in: "path", name: "productId", type: "integer", samples: 30 }],
      bodies: [
        {
          in: "response",
          status: 200,
          mediaType: "application/json",
          samples: 30,
          schema: { type: "object", properties: { owner: { type: "object" } } },
        },
      ],
      lifecycleEvidence: { reason: expect.any(String) as string },
      consumers: [
        {
          kind: "client",
          id: "203.0.113.7",
          calls: 30,
          firstSeen: "2026-01-05T00:00:00.000Z",
          lastSeen: "2026-01-05T00:00:29.000Z",
        },
      ],
      authentication: { required: false, kinds: [], verdict: "optional", carriers: [] },
      exposure: "internet",
      sensitiveData: [{ in: "response", name: "$.owner.email", class: "email", samples: 30 }],
      risk: { score: expect.any(Number) as number, factors: expect.any(Array) as unknown[] },
    });
  });

  test("compares with a specification and writes one", async () => {
    const spec = join(folder, "api.yaml");
    const output = join(folder, "found.json");
    await writeFile(
      spec,
      "openapi: 3.0.0\nservers: [{ url: https://shop.example/api/v1 }]\npaths: { '/products/{id}': { get: {} }, /carts: { get: {} } }",
    );
    const { stdout } = await discover("--json", traffic, "--spec", spec, "--output", output);
    const { endpoints } = JSON.parse(stdout) as {
      endpoints: { path: string; lifecycle: string }[];
    };

    expect(new Set(endpoints.map(({ path, lifecycle }) => `${path} ${lifecycle}`))).toEqual(
      new Set(["/api/v1/products/{id} documented", "/api/v1/carts orphan"]),
    );
    expect(JSON.parse(await readFile(output, "utf8"))).toMatchObject({
      openapi: "3.1.0",
      paths: { "/api/v1/products/{id}": { get: {} } },
    });
  });

  test("prints a table, and what it left out", async () => {
    const { stdout, stderr } = await discover(traffic);
    expect(stdout).toMatch(/RISK +METHOD +ENDPOINT/);
    expect(stdout).toContain("shop.example/api/v1/products/{productId}");
    expect(stderr).toContain("1 endpoints from 31 exchanges (not learned from: 1 attack)");
  });

  test("goes on past lines that cannot be read, and fails at the end", async () => {
    const broken = join(folder, "broken.jsonl");
    await writeFile(broken, `not json\n${line(1, "/a")}\n`);
    const { code, stdout, stderr } = await discover("--json", broken);
    expect(code).toBe(3);
    expect((JSON.parse(stdout) as { endpoints: unknown[] }).endpoints).toHaveLength(1);
    expect(stderr).toContain("broken.jsonl:1:");
  });

  test("refuses a broken specification with its place", async () => {
    const spec = join(folder, "broken.yaml");
    await writeFile(spec, "openapi: 3.0.0\npaths: 7");
    const { code, stderr } = await discover(traffic, "--spec", spec);
    expect(code).toBe(2);
    expect(stderr).toContain("ERR_SPECIFICATION_INVALID");
    expect(stderr).toContain("broken.yaml:2: /paths");
  });
});
