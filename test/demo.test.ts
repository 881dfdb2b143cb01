import { expect, test } from "vitest";
import { startProcess } from "./running-process.ts";

test("the demo tells of the forgotten endpoint, the attack, and the block, and exits cleanly", async () => {
  const args = ["--exit", "--json", "--port", "0", "--console-port", "0"];
  const demo = await startProcess(["src/cli.ts", "demo", ...args]);
  const exitCode = await new Promise((resolve) => demo.child.once("exit", resolve));

  expect(exitCode).toBe(0);
  const lines = demo.lines.map((line) => JSON.parse(line));
  const endpoint = lines.find(({ type }) => type === "endpoint");
  expect(endpoint).toMatchObject({ path: "/api/v1/products", deprecated: true });
  expect(endpoint.authentication.required).toBe(false);
  const factors = endpoint.risk.factors.map(({ factor }: { factor: string }) => factor);
  expect(factors).toEqual(expect.arrayContaining(["no-authentication", "undocumented"]));

  const attacks = lines.filter(({ type }) => type === "attack");
  const half = attacks.length / 2;
  const injections = (steps: typeof attacks) =>
    steps.filter(({ stage, succeeded }) => succeeded && stage.endsWith("-injection")).length;
  expect(injections(attacks.slice(0, half))).toBe(4);
  expect(injections(attacks.slice(half))).toBe(0);
}, 120_000);

test("the demo ends at once on Ctrl-C", async () => {
  const demo = await startProcess([
    "src/cli.ts",
    "demo",
    "--json",
    "--port",
    "0",
    "--console-port",
    "0",
  ]);

  expect(await demo.stop("SIGINT")).toBe(0);
}, 120_000);
