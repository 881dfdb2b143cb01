import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Header } from "../../model/exchange.ts";
import type { Verdict } from "../../model/verdict.ts";
import { createGuard } from "../create-guard.ts";
import type { ExchangeRecord } from "../guard.ts";

import { leakProtection } from "./leak-protection.ts";

const json: readonly Header[] = [["content-type", "application/json"]];
const trace = '{"stack":"Error: x\\n    at f (/app/a.js:1:2)\\n    at g (/app/b.js:3:4)"}';

async function verdictOn(
  body: string | Uint8Array,
  how: {
    readonly headers?: readonly Header[];
    readonly status?: number;
    readonly setting?: Readonly<Record<string, unknown>>;
    readonly exceptions?: readonly object[];
    readonly mode?: "observe" | "enforce";
  } = {},
): Promise<{ readonly verdict: Verdict; readonly recorded: readonly ExchangeRecord[] }> {
  const recorded: ExchangeRecord[] = [];
  const guard = createGuard({
    policy: {
      mode: how.mode ?? "enforce",
      onFailure: "allow",
      protections: { "leak-protection": how.setting ?? {} },
      apis: [],
      endpoints: [],
      exceptions: (how.exceptions ?? []) as never,
    },
    record: (exchange) => recorded.push(exchange),
    now: () => 0,
    newId: () => "id",
    protections: [leakProtection],
  });
  const transaction = guard.open({ client: "192.0.2.1" });
  await transaction.requestHeaders({
    method: "GET",
    scheme: "http",
    authority: "shop.example",
    path: "/items/1",
    query: "",
    httpVersion: "1.1",
    headers: [],
  });
  await transaction.responseHeaders({ status: how.status ?? 500, headers: how.headers ?? json });
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const verdict = await transaction.responseBody(bytes, true);
  transaction.close();
  return { verdict, recorded };
}

describe("a response that gives something away", () => {
  test("is withheld behind a 502 that says nothing of it", async () => {
    const { verdict } = await verdictOn(trace);

    expect(verdict).toMatchObject({
      action: "block",
      status: 502,
      reason: "the response gives away: stack-trace",
    });
  });

  test("is only recorded while the policy observes", async () => {
    const { verdict, recorded } = await verdictOn(trace, { mode: "observe" });

    expect(verdict.action).toBe("allow");
    expect(recorded[0]?.decision?.detections).toMatchObject([
      { detector: "information-leak", name: "response.stack-trace" },
    ]);
  });

  test("is found when it is compressed", async () => {
    const headers: Header[] = [...json, ["content-encoding", "gzip"]];

    expect((await verdictOn(gzipSync(trace), { headers })).verdict.action).toBe("block");
  });

  test("passes below the confidence that the policy asks for", async () => {
    const how = { status: 200, setting: { confidenceMin: "high" } };

    expect((await verdictOn(trace, how)).verdict.action).toBe("allow");
  });

  test("passes where an exception says so", async () => {
    const exceptions = [
      { id: "e", detector: "information-leak", field: "body:response.stack-trace", reason: "x" },
    ];

    expect((await verdictOn(trace, { exceptions })).verdict.action).toBe("allow");
  });

  test("is looked for in the beginning only", async () => {
    const late = `${" ".repeat(2_000)}${trace}`;

    expect((await verdictOn(late, { setting: { textBytesMax: 1_024 } })).verdict.action).toBe(
      "allow",
    );
  });
});

test.each([
  '{"error":{"code":"E42","message":"Something went wrong","trace":"7f3a"}}',
  '{"stack":"full"}',
  "",
])("an honest answer passes: %s", async (body) => {
  expect((await verdictOn(body)).verdict).toEqual({ action: "allow" });
});

test("options that make no sense are refused when it is built", () => {
  const parts = { inspect: () => [], now: () => 0 } as never;

  expect(() => leakProtection.build({ textBytesMax: 1 }, parts)).toThrow();
  expect(() => leakProtection.build({ confidence: "low" }, parts)).toThrow();
});
