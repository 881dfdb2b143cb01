import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
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

async function drift(...args: readonly string[]): Promise<Outcome> {
  return await run(process.execPath, ["src/cli.ts", "drift", ...args]).then(
    (output) => ({ code: 0, ...output }),
    (error: unknown) => error as Outcome,
  );
}

describe("merlon drift", () => {
  let folder = "";
  const file = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "merlon-drift-"));
    const spec = (paths: string): string => `openapi: 3.1.0\npaths: { ${paths} }\n`;
    await writeFile(file("a.yaml"), spec("/orders: { get: {} }, /carts: { get: {} }"));
    await writeFile(file("b.yaml"), spec("/orders: { get: {} }"));
    await writeFile(
      file("access.log"),
      '203.0.113.7 - - [10/Oct/2026:13:55:36 +0000] "GET /orders HTTP/1.1" 200 12\n',
    );
  });

  test("tells breaking differences of two specifications by its exit code", async () => {
    const { code, stdout, stderr } = await drift(file("a.yaml"), file("b.yaml"));
    expect(code).toBe(1);
    expect(stdout).toContain("breaking  GET /carts: is gone");
    expect(stderr).toContain("1 differences, 1 of them breaking");

    const back = await drift("--json", file("b.yaml"), file("a.yaml"));
    expect(back.code).toBe(0);
    expect(JSON.parse(back.stdout)).toEqual({
      kind: "operation-added",
      operation: "GET /carts",
      place: "",
      isBreaking: false,
      explanation: "is new",
    });
  });

  test("compares a specification with traffic in any format", async () => {
    const { code, stdout } = await drift(file("a.yaml"), "--traffic", file("access.log"));
    expect(code).toBe(0);
    expect(stdout).toBe("harmless  GET /carts: was never called\n");
  });

  test("wants something to compare with", async () => {
    expect(await drift(file("a.yaml"))).toMatchObject({ code: 2 });
    expect(await drift(file("a.yaml"), file("none.yaml"))).toMatchObject({ code: 3 });
  });
});
