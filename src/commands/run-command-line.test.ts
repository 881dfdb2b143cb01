import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "merlon-cli-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a user does, in a process of its own. */
function merlon(args: readonly string[], input = ""): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["src/cli.ts", ...args],
      { env: { ...process.env, NO_COLOR: "1" } },
      (error, out, err) => {
        resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
      },
    );
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

function fileWith(name: string, text: string): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

const attack = {
  id: "attack",
  client: "203.0.113.7",
  request: {
    method: "GET",
    url: "https://shop.example/products?id=1%27%20or%20%271%27=%271",
    headers: [["host", "shop.example"]],
  },
};
const honest = {
  id: "honest",
  request: { method: "GET", url: "https://shop.example/products?q=o'brien", headers: [] },
  response: { status: 200, headers: [["content-type", "application/json"]], body: "{}" },
};
const inBody = {
  id: "in-body",
  request: {
    method: "POST",
    url: "https://shop.example/login",
    headers: [["content-type", "application/json"]],
    body: JSON.stringify({ user: "admin' or 1=1 -- " }),
  },
};
const smuggled = {
  id: "smuggled",
  request: {
    raw: Buffer.from(
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ).toString("base64"),
  },
};
const jsonLines = (...values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");

describe("merlon inspect --json", () => {
  test("writes one decision a line, in order, and ends with 1 when something would be blocked", async () => {
    const { code, out, err } = await merlon(
      ["inspect", "--json", "-"],
      jsonLines(attack, honest, inBody, smuggled),
    );
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));

    expect(code).toBe(1);
    expect(err).toBe("");
    expect(lines).toMatchObject([
      {
        id: "attack",
        action: "block",
        status: 403,
        score: 5,
        detections: [
          { detector: "sql-injection", confidence: "high", location: "query", name: "id" },
        ],
        protections: ["attack-detection"],
      },
      { id: "honest", action: "allow", score: 0, detections: [], protections: [] },
      { id: "in-body", action: "block", detections: [{ location: "body", name: "$.user" }] },
      { id: "smuggled", action: "block", status: 400, protections: ["strict-http"] },
    ]);
  });

  test("ends with 0 when nothing would be blocked", async () => {
    const file = fileWith("honest.jsonl", jsonLines(honest));

    expect((await merlon(["inspect", file, "--json"])).code).toBe(0);
  });

  test("goes on past what it cannot read, says where, and ends with 3", async () => {
    const text = `${jsonLines(attack)}nonsense\n${jsonLines(honest)}`;
    const { code, out, err } = await merlon(["inspect", "--json"], text);

    expect(code).toBe(3);
    expect(out.trim().split("\n")).toHaveLength(2);
    expect(err).toContain("line 2: ");
  });

  test("follows the policy of a file", async () => {
    const config = fileWith(
      "lenient.yaml",
      "protections: { attack-detection: { scoreMin: 100 } }\n",
    );
    const { code, out } = await merlon(
      ["inspect", "--json", "--config", config],
      jsonLines(attack),
    );

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ action: "allow", score: 5 });
  });

  test("adds the explanation when asked", async () => {
    const { out } = await merlon(["inspect", "--json", "--explain"], jsonLines(attack));

    expect(JSON.parse(out).explanation.join("\n")).toContain("to let it pass: exception for");
  });
});

describe("merlon inspect", () => {
  test("shows people what would be blocked and sums up on stderr", async () => {
    const { out, err } = await merlon(["inspect"], jsonLines(attack, honest));

    expect(out).toBe("block 403  attack  GET shop.example/products  sql-injection in query:id\n");
    expect(err).toBe("2 exchanges, 1 would be blocked, 0 unreadable\n");
  });

  test("explains each decision when asked", async () => {
    const { out } = await merlon(["inspect", "--explain"], jsonLines(attack));

    expect(out).toContain("value: 1»' or '1'='1«");
  });

  test("says what it cannot open, and ends with 3", async () => {
    const { code, err } = await merlon(["inspect", join(directory, "missing.jsonl")]);

    expect(code).toBe(3);
    expect(err).toContain("ERR_INPUT_UNREADABLE");
    expect(err).not.toContain("    at ");
  });

  test("stops quietly when its reader goes away", async () => {
    const file = fileWith("many.jsonl", jsonLines(attack).repeat(20_000));
    const child = spawn(process.execPath, ["src/cli.ts", "inspect", "--json", file]);
    let err = "";
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    await new Promise((resolve) => child.once("close", resolve));

    expect(err).toBe("");
  });
});

describe("merlon config", () => {
  test("check ends with 0 and says valid", async () => {
    const file = fileWith("good.yaml", "upstream: http://127.0.0.1:1\n");

    expect(await merlon(["config", "check", file])).toMatchObject({
      code: 0,
      out: "valid good.yaml\n",
    });
  });

  test("check ends with 2 and tells every problem with its line", async () => {
    const file = fileWith("bad.yaml", "moed: observe\nlisten: { port: many }\n");
    const { code, err } = await merlon(["config", "check", file]);

    expect(code).toBe(2);
    expect(err).toContain("ERR_CONFIG_INVALID bad.yaml:1:1 moed: unknown key");
    expect(err).toContain("bad.yaml:2:17 listen.port: must be a number");
    expect(err).not.toContain("    at ");
  });

  test("check tells problems to programs too", async () => {
    const file = fileWith("bad.yaml", "moed: observe\n");
    const { err } = await merlon(["config", "check", file, "--json"]);

    expect(JSON.parse(err)).toMatchObject({
      error: "ERR_CONFIG_INVALID",
      problems: [{ source: "bad.yaml", line: 1, column: 1, path: "moed" }],
    });
  });

  test("explain prints the values in force", async () => {
    const file = fileWith("good.yaml", "upstream: http://127.0.0.1:1\n");

    expect((await merlon(["config", "explain", file])).out).toContain("mode: observe # default");
    expect(JSON.parse((await merlon(["config", "explain", file, "--json"])).out).mode).toBe(
      "observe",
    );
  });

  test("schema prints a JSON Schema", async () => {
    expect(JSON.parse((await merlon(["config", "schema"])).out).title).toBe("merlon.yaml");
  });
});

describe("the command line", () => {
  test.each([
    [["nonsense"]],
    [["inspect", "--nonsense"]],
    [["config", "check", "a", "b"]],
  ])("ends with 2 on wrong usage: %j", async (args) => {
    expect((await merlon(args)).code).toBe(2);
  });

  test("helps, with examples", async () => {
    const { code, out } = await merlon(["inspect", "--help"]);

    expect(code).toBe(0);
    expect(out).toContain("Examples:");
  });
});

test("bin/merlon.cjs starts the command line and passes its exit code on", async () => {
  const code = await new Promise((resolve) => {
    const child = spawn(process.execPath, ["bin/merlon.cjs", "inspect", "--nonsense"], {
      stdio: "ignore",
    });
    child.once("exit", resolve);
  });

  expect(code).toBe(2);
});
