import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ConfigurationError } from "./configuration-error.ts";
import { loadConfiguration } from "./load-configuration.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "merlon-config-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function load(text: string, overrides: object = {}) {
  writeFileSync(join(directory, "merlon.yaml"), text);
  return loadConfiguration({ workingDirectory: directory, overrides });
}

async function problemsOf(text: string, overrides: object = {}): Promise<string[]> {
  const error = await load(text, overrides).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigurationError)) throw new Error("an error was expected");
  return error.problems.map(
    ({ source, line, column, path, message, fix }) =>
      `${source}${line === undefined ? "" : `:${line}:${column}`} ${path}: ${message}${
        fix === undefined ? "" : ` (${fix})`
      }`,
  );
}

describe("a configuration", () => {
  test("needs nothing but the API behind", async () => {
    const configuration = await load("upstream: http://127.0.0.1:3000\n");

    expect(configuration).toMatchObject({
      file: join(directory, "merlon.yaml"),
      gateway: {
        listen: { address: "127.0.0.1", port: 8080 },
        upstreams: [{ url: "http://127.0.0.1:3000", hosts: [], pathPrefix: "/" }],
      },
      policy: { mode: "observe", onFailure: "allow", exceptions: [] },
      console: { address: "127.0.0.1", port: 7070, disabled: false },
      storage: { directory: join(directory, ".merlon") },
    });
    expect(configuration.workers).toBeGreaterThan(0);
  });

  test("can do without a file", async () => {
    const configuration = await loadConfiguration({
      workingDirectory: directory,
      overrides: { upstream: "http://127.0.0.1:3000" },
    });

    expect(configuration.file).toBeUndefined();
    expect(configuration.policy.mode).toBe("observe");
  });

  test("puts the shorthand after the APIs that are named in full", async () => {
    const { gateway } = await load(
      "upstreams:\n  - { url: http://127.0.0.1:1, hosts: [a.example] }\nupstream: http://127.0.0.1:2\n",
    );

    expect(gateway.upstreams.map(({ url }) => url)).toEqual([
      "http://127.0.0.1:1",
      "http://127.0.0.1:2",
    ]);
  });

  test("takes the command line over the file, key by key", async () => {
    const { gateway, policy } = await load(
      "upstream: http://127.0.0.1:1\nmode: observe\nlisten: { port: 1, address: 127.0.0.2 }\n",
      { mode: "enforce", listen: { port: 2 }, upstream: "http://127.0.0.1:2" },
    );

    expect(policy.mode).toBe("enforce");
    expect(gateway.listen).toEqual({ port: 2, address: "127.0.0.2" });
    expect(gateway.upstreams.map(({ url }) => url)).toEqual(["http://127.0.0.1:2"]);
  });

  test("takes an API named on the command line instead of the file's", async () => {
    const { gateway } = await load("upstreams: [{ url: http://127.0.0.1:1 }]\n", {
      upstream: "http://127.0.0.1:2",
    });

    expect(gateway.upstreams.map(({ url }) => url)).toEqual(["http://127.0.0.1:2"]);
  });

  test("reads paths relative to where they were written", async () => {
    writeFileSync(
      join(directory, "other.yaml"),
      "upstream: http://127.0.0.1:1\nspecifications: [api.yaml]\n",
    );
    const configuration = await loadConfiguration({
      file: join(directory, "other.yaml"),
      workingDirectory: "/somewhere",
      overrides: { storage: { directory: "data" } },
    });

    expect(configuration.specifications).toEqual([join(directory, "api.yaml")]);
    expect(configuration.storage.directory).toBe("/somewhere/data");
  });

  test("has protections with their own options and modes", async () => {
    const { policy } = await load(`
upstream: http://127.0.0.1:1
protections:
  attack-detection: { mode: enforce, scoreMin: 5 }
apis:
  - { host: shop.example, pathPrefix: /v1, mode: enforce, protections: { request-limits: { mode: off } } }
endpoints:
  - { endpoint: "GET shop.example/products/{id}", mode: off }
exceptions:
  - { id: e, detector: sql-injection, field: "body:$.items[*].name" }
`);

    expect(policy.protections["attack-detection"]).toEqual({
      mode: "enforce",
      scoreMin: 5,
      confidenceMin: "medium",
    });
    expect(policy.apis[0]?.protections).toEqual({ "request-limits": { mode: "off" } });
    expect(policy.endpoints).toHaveLength(1);
    expect(policy.exceptions).toHaveLength(1);
  });
});

describe("what is wrong is told", () => {
  test("all at once, with line, column, path and the way to mend it", async () => {
    const problems = await problemsOf(`upstream: http://127.0.0.1:3000
mode: enfroce
protections:
  atack-detection:
    mode: observe
gateway:
  timeouts:
    request_head_ms: 5
  limits:
    headerBytesMax: 5
console: 7070
`);

    expect(problems).toEqual([
      'merlon.yaml:2:7 mode: must be one of off, observe, enforce, not "enfroce" (Did you mean `enforce`?)',
      "merlon.yaml:4:3 protections.atack-detection: unknown key (Did you mean `attack-detection`?)",
      "merlon.yaml:8:5 gateway.timeouts.request_head_ms: unknown key (Did you mean `requestHeadMs`?)",
      "merlon.yaml:10:21 gateway.limits.headerBytesMax: must be at least 1024, not 5 (Longest request head in bytes; over it 431.)",
      "merlon.yaml:11:10 console: must be a mapping, not 7070 (The console, with health checks and metrics.)",
    ]);
  });

  test.each([
    ["a key far from any known one", "zzzzzzzz: 1", "Known here: listen, upstream, upstreams"],
    [
      "a missing value",
      "exceptions: [{ detector: sql-injection }]",
      "exceptions[0].id: is missing",
    ],
    ["an endpoint that is none", "endpoints: [{ endpoint: /x }]", "must name an endpoint as"],
    ["a field that is none", "exceptions: [{ id: a, detector: b, field: id }]", "location:name"],
    [
      "an upstream with a path",
      "upstream: http://a/b",
      "merlon.yaml:1:11 upstream: must be an origin",
    ],
    ["an upstream that is no URL", "upstream: localhost", "merlon.yaml:1:11 upstream: Invalid URL"],
    ["an empty list of upstreams", "upstreams: []", "must be at least 1 entries"],
    [
      "a list instead of a mapping",
      "- upstream: x",
      "merlon.yaml:1:1 : must be a mapping, not a list",
    ],
    ["broken YAML", "mode: [", "not valid YAML"],
    [
      "a key given twice",
      "mode: off\nmode: off",
      "merlon.yaml:2:1 : not valid YAML: Map keys must be unique",
    ],
    ["no API at all", "mode: observe", "there is no API to guard"],
    [
      "a network that is none",
      "gateway: { trustedProxies: [nonsense] }",
      "must be an address or a network",
    ],
  ])("for %s", async (_what, text, expected) => {
    const problems = await problemsOf(`${text}\n`);

    expect(problems.join("\n")).toContain(expected);
  });

  test("at the command line for what came from there", async () => {
    const problems = await problemsOf("upstream: http://127.0.0.1:1\n", {
      listen: { port: Number.NaN },
    });

    expect(problems).toEqual([
      "command line listen.port: must be a number, not something that is no number (Port; 0 picks a free one.)",
    ]);
  });

  test("for aliases that multiply what is written", async () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 8; level += 1) {
      const items = Array(10)
        .fill(`*a${level - 1}`)
        .join(", ");
      lines.push(`a${level}: &a${level} [${items}]`);
    }

    expect(await problemsOf(lines.join("\n"))).toEqual([
      expect.stringContaining("too many aliases"),
    ]);
  });

  test("for a file that cannot be read", async () => {
    const missing = loadConfiguration({ file: join(directory, "missing.yaml") });

    await expect(missing).rejects.toMatchObject({ code: "ERR_CONFIG_UNREADABLE" });
  });

  test("for a file far too large to be a configuration", async () => {
    await expect(load("#".repeat(5_000_000))).rejects.toMatchObject({
      code: "ERR_CONFIG_UNREADABLE",
    });
  });
});
