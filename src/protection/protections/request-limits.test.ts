import { describe, expect, test } from "vitest";
import type { Header, RequestHead } from "../../model/exchange.ts";
import type { Verdict } from "../../model/verdict.ts";
import { createGuard } from "../create-guard.ts";
import { requestLimits } from "./request-limits.ts";

async function verdictOn(
  sent: {
    readonly head?: Partial<RequestHead>;
    readonly body?: string | Uint8Array;
    readonly complete?: boolean;
  },
  setting: Readonly<Record<string, unknown>> = {},
): Promise<Verdict> {
  const guard = createGuard({
    policy: {
      mode: "enforce",
      onFailure: "allow",
      protections: { "request-limits": setting },
      apis: [],
      endpoints: [],
      exceptions: [],
    },
    record: () => undefined,
    now: () => 0,
    newId: () => "id",
    protections: [requestLimits],
  });
  const transaction = guard.open({ client: "192.0.2.1" });
  const verdict = await transaction.requestHeaders({
    method: "POST",
    scheme: "http",
    authority: "shop.example",
    path: "/",
    query: "",
    httpVersion: "1.1",
    headers: [],
    ...sent.head,
  });
  if (verdict.action === "block" || sent.body === undefined) return verdict;
  const { body, complete = true } = sent;
  return await transaction.requestBody(
    typeof body === "string" ? Buffer.from(body) : body,
    complete,
  );
}

function typed(type: string, ...more: Header[]): { headers: Header[] } {
  return { headers: [["content-type", type], ...more] };
}

describe("what is too large", () => {
  test.each<[string, number, Partial<RequestHead>]>([
    ["URL", 414, { path: `/${"a".repeat(9_000)}`, query: "b".repeat(7_400) }],
    ["number of headers", 431, { headers: Array(101).fill(["a", "b"]) }],
    ["header", 431, { headers: [["a", "b".repeat(40_000)]] }],
    ["declared body", 413, { headers: [["content-length", "104857601"]] }],
    ["number of parameters", 414, { query: "a=1&".repeat(10_001) }],
  ])("in %s is refused with %i", async (_what, status, head) => {
    // So many parameters need a longer URL than is allowed by default.
    const setting = head.path === undefined ? { urlBytesMax: 100_000 } : {};

    expect(await verdictOn({ head }, setting)).toMatchObject({ action: "block", status });
  });

  test("at the limit passes", async () => {
    const head = {
      path: `/${"a".repeat(8_191)}`,
      query: "b".repeat(8_191),
      headers: [["content-length", "104857600"], ...Array(99).fill(["a", "b"])] as Header[],
    };

    expect((await verdictOn({ head })).action).toBe("allow");
  });
});

describe("a body longer than what is inspected", () => {
  test.each([
    "application/json",
    "application/x-www-form-urlencoded",
    "application/graphql",
    "application/soap+xml",
  ])("of %s is refused with 413", async (type) => {
    const verdict = await verdictOn({ head: typed(type), body: "{", complete: false });

    expect(verdict).toMatchObject({ action: "block", status: 413 });
  });

  test.each([
    "multipart/form-data; boundary=x",
    "text/csv",
    "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ])("of %s passes, as uploads do", async (type) => {
    const verdict = await verdictOn({ head: typed(type), body: "{", complete: false });

    expect(verdict.action).toBe("allow");
  });

  test("passes where the policy allows it", async () => {
    const sent = { head: typed("application/json"), body: "{", complete: false };

    expect((await verdictOn(sent, { uninspectedBody: "allow" })).action).toBe("allow");
  });
});

describe("a body that cannot be read", () => {
  const deep = "[".repeat(200) + "]".repeat(200);

  test.each<[string, number, readonly Header[], string]>([
    ["JSON nested too deep", 400, typed("application/json").headers, deep],
    ["JSON that breaks off", 400, typed("application/json").headers, '{"a":'],
    ["JSON that breaks its grammar", 400, typed("application/vnd.api+json").headers, '{"a" 1}'],
    [
      "an unknown content encoding",
      415,
      typed("application/json", ["content-encoding", "x-strange"]).headers,
      "{}",
    ],
    [
      "gzip that is none",
      400,
      typed("application/json", ["content-encoding", "gzip"]).headers,
      "plain",
    ],
    [
      "multipart without its boundary",
      400,
      typed("multipart/form-data; boundary=x").headers,
      "--y\r\n\r\n",
    ],
  ])("for %s is refused with %i", async (_what, status, headers, body) => {
    expect(await verdictOn({ head: { headers }, body })).toMatchObject({ action: "block", status });
  });

  test.each<[string, readonly Header[], string]>([
    ["broken JSON in plain text", typed("text/plain").headers, '{"a":'],
    ["JSON lines", typed("application/x-ndjson").headers, '{"a":1}\n{"a":2}\n'],
    ["ordinary JSON", typed("application/json; charset=utf-8").headers, '{"a":[1,2,{"b":null}]}'],
    ["no body at all", typed("application/json").headers, ""],
    ["a form", typed("application/x-www-form-urlencoded").headers, "a=1&b=%zz"],
    ["bytes that are not UTF-8", typed("text/plain").headers, "caf\u00e9"],
  ])("is not %s", async (_what, headers, body) => {
    expect((await verdictOn({ head: { headers }, body })).action).toBe("allow");
  });

  test("passes where the policy allows it", async () => {
    const sent = { head: typed("application/json"), body: deep };

    expect((await verdictOn(sent, { unreadableBody: "allow" })).action).toBe("allow");
  });
});
