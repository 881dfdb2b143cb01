import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Decision } from "../model/decision.ts";
import type { Detection } from "../model/detection.ts";
import type { Header, RequestHead } from "../model/exchange.ts";
import { allow, block, type Verdict } from "../model/verdict.ts";
import { createGuard, type GuardOptions } from "./create-guard.ts";
import type { ExchangeRecord, Guard } from "./guard.ts";
import type { Policy } from "./policy.ts";
import type { ExchangeContext, Protection } from "./protection.ts";
import { defineProtection, type ProtectionFactory } from "./protections/protection-definition.ts";

const observing: Policy = {
  mode: "observe",
  onFailure: "allow",
  protections: {},
  apis: [],
  endpoints: [],
  exceptions: [],
};
const enforcing: Policy = { ...observing, mode: "enforce" };

function headOf(changes: Partial<RequestHead> = {}): RequestHead {
  return {
    method: "GET",
    scheme: "http",
    authority: "shop.example",
    path: "/products",
    query: "",
    httpVersion: "1.1",
    headers: [],
    ...changes,
  };
}

const json: Header = ["content-type", "application/json"];

function guardUnder(policy: Policy, options: Partial<GuardOptions> = {}) {
  const records: ExchangeRecord[] = [];
  let made = 0;
  const guard = createGuard({
    policy,
    record: (record) => records.push(record),
    now: () => 1_000,
    newId: () => {
      made += 1;
      return `id-${made}`;
    },
    ...options,
  });
  return { guard, records };
}

function protectionOf(id: string, hooks: Omit<Protection, "id" | "summary">): ProtectionFactory {
  return defineProtection({
    id,
    summary: "",
    options: z.strictObject({ mode: z.enum(["off", "observe", "enforce"]).exactOptional() }),
    create: () => ({ id, summary: "", ...hooks }),
  });
}

async function decisionOn(
  guard: Guard,
  records: readonly ExchangeRecord[],
  head: RequestHead,
  body?: string,
): Promise<{ readonly verdict: Verdict; readonly decision: Decision | undefined }> {
  const transaction = guard.open({ client: "192.0.2.1" });
  let verdict = await transaction.requestHeaders(head);
  if (body !== undefined && verdict.action === "allow") {
    verdict = await transaction.requestBody(Buffer.from(body), true);
  }
  transaction.close();
  return { verdict, decision: records.at(-1)?.decision };
}

const injection = headOf({ query: "id=1'%20OR%20'1'='1" });

describe("a guard that enforces", () => {
  test("blocks an attack in the query before the body is asked for", async () => {
    const { guard, records } = guardUnder(enforcing);
    const { verdict, decision } = await decisionOn(guard, records, injection);

    expect(verdict).toMatchObject({ action: "block", status: 403 });
    expect(decision).toMatchObject({
      id: "id-1",
      action: "block",
      wouldBe: "block",
      status: 403,
      client: "192.0.2.1",
      host: "shop.example",
      detections: [{ detector: "sql-injection", location: "query", name: "id" }],
      verdicts: [{ protection: "attack-detection", mode: "enforce", action: "block" }],
    });
  });

  test("blocks an attack in the body, which it has held back until then", async () => {
    const { guard, records } = guardUnder(enforcing);
    const body = JSON.stringify({ filter: { id: "1' OR '1'='1" } });
    const head = headOf({
      method: "POST",
      headers: [json, ["content-length", String(body.length)]],
    });
    const transaction = guard.open({ client: "192.0.2.1" });

    expect(await transaction.requestHeaders(head)).toBe(allow);
    expect(transaction.requestBodyPlan()).toEqual({ treatment: "hold", bytesMax: 1_048_576 });
    expect(await transaction.requestBody(Buffer.from(body), true)).toMatchObject({ status: 403 });
    transaction.close({ durationMs: 3 });
    expect(records[0]?.decision?.detections[0]?.name).toBe("$.filter.id");
    expect(records[0]?.exchange).toMatchObject({ durationMs: 3, request: { method: "POST" } });
  });

  test("lets an honest request pass without a decision, and answers at once", () => {
    const { guard, records } = guardUnder(enforcing);
    const transaction = guard.open({ client: "192.0.2.1" });

    expect(transaction.requestHeaders(headOf({ query: "q=O'Brien&page=2" }))).toBe(allow);
    expect(transaction.responseHeaders({ status: 200, headers: [json] })).toBe(allow);
    transaction.close();
    expect(records).toHaveLength(1);
    expect(records[0]?.decision).toBeUndefined();
  });

  test("lets an exception pass where it applies, and says so", async () => {
    const exceptions = [
      {
        id: "search-box",
        detector: "sql-injection",
        endpoint: "GET shop.example/products",
        field: "query:id",
      },
    ];
    const { guard, records } = guardUnder({ ...enforcing, exceptions });
    const { verdict, decision } = await decisionOn(guard, records, injection);

    expect(verdict).toBe(allow);
    expect(decision).toMatchObject({
      action: "allow",
      wouldBe: "allow",
      score: 0,
      detections: [],
      exceptions: ["search-box"],
      excepted: [{ detector: "sql-injection" }],
    });
    const elsewhere = { ...injection, path: "/orders" };
    expect((await decisionOn(guard, records, elsewhere)).verdict.action).toBe("block");
  });

  test("only observes where the policy says so", async () => {
    const { guard, records } = guardUnder({
      ...enforcing,
      endpoints: [{ endpoint: "GET shop.example/products", mode: "observe" }],
    });
    const { verdict, decision } = await decisionOn(guard, records, injection);

    expect(verdict).toBe(allow);
    expect(decision).toMatchObject({ action: "allow", wouldBe: "block", status: 403 });
  });

  test("adds up what head and body say", async () => {
    const detection: Detection = {
      detector: "hunch",
      confidence: "medium",
      location: "query",
      name: "a",
      part: "value",
      evidence: "",
      span: { start: 0, end: 0 },
      value: "",
      steps: [],
      explanation: "",
    };
    const hunch = protectionOf("hunch", {
      onRequestHeaders: () => ({ action: "allow", detections: [detection] }),
      onRequestBody: ({ detections }: ExchangeContext) =>
        detections.length > 0 ? block({ status: 403, reason: "both" }) : allow,
    });
    const { guard, records } = guardUnder(enforcing, { protections: [hunch] });
    const { verdict } = await decisionOn(guard, records, headOf({ method: "POST" }), "x");

    expect(verdict.action).toBe("block");
  });
});

describe("a guard that observes", () => {
  test("taps what it would otherwise hold", () => {
    const { guard } = guardUnder(observing);
    const transaction = guard.open({ client: "192.0.2.1" });
    void transaction.requestHeaders(headOf({ headers: [json, ["content-length", "10"]] }));

    expect(transaction.requestBodyPlan().treatment).toBe("tap");
  });

  test("never blocks and never throws, whatever is sent", async () => {
    const text = fc.string({ unit: "binary", maxLength: 60 });
    const hostile = fc.constantFrom(
      "' OR 1=1--",
      "../../etc/passwd",
      "<script>alert(1)</script>",
      "$(id)",
      "%",
      "{",
      "\u0000",
    );
    const value = fc.oneof(text, hostile);
    const mediaType = fc.constantFrom(
      "application/json",
      "application/xml",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "image/png",
      "application/grpc",
      "",
    );
    const encoding = fc.constantFrom("identity", "gzip", "br", "deflate", "nonsense");
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          method: value,
          authority: value,
          path: value,
          query: value,
          headers: fc.array(fc.tuple(value, value), { maxLength: 5 }),
          mediaType,
          encoding,
          bytes: fc.oneof(
            fc.uint8Array({ maxLength: 300 }),
            value.map((part) => Buffer.from(JSON.stringify({ a: [part] }))),
          ),
          complete: fc.boolean(),
          status: fc.integer(),
        }),
        async (sent) => {
          const failures: unknown[] = [];
          const { guard, records } = guardUnder(
            {
              ...observing,
              endpoints: [{ endpoint: "GET shop.example/{id}", protections: {} }],
            },
            { failed: (_part, error) => failures.push(error) },
          );
          const headers: Header[] = [
            ...sent.headers,
            ["content-type", sent.mediaType],
            ["content-encoding", sent.encoding],
            ["content-length", String(sent.bytes.length)],
          ];
          const transaction = guard.open({ client: "192.0.2.1" });
          const verdicts = [
            await transaction.requestHeaders(headOf({ ...sent, headers })),
            await transaction.requestBody(sent.bytes, sent.complete),
            await transaction.responseHeaders({ status: sent.status, headers }),
            await transaction.responseBody(sent.bytes, sent.complete),
          ];
          transaction.requestBodyPlan();
          transaction.responseBodyPlan();
          transaction.close();

          expect(verdicts.map(({ action }) => action)).toEqual(Array(4).fill("allow"));
          expect(failures).toEqual([]);
          expect(records).toHaveLength(1);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("a protection that fails", () => {
  const broken = protectionOf("broken", {
    onRequestHeaders: () => {
      throw new TypeError("secret value");
    },
  });
  const rejecting = protectionOf("rejecting", {
    onRequestHeaders: () => Promise.reject(new Error("secret value")),
  });

  test.each([
    broken,
    rejecting,
  ])("lets the request pass by default and is reported: %#", async (factory) => {
    const failures: string[] = [];
    const { guard, records } = guardUnder(enforcing, {
      protections: [factory],
      failed: (part) => failures.push(part),
    });
    const { verdict, decision } = await decisionOn(guard, records, headOf());

    expect(verdict).toBe(allow);
    expect(failures).toEqual([factory.id]);
    expect(decision?.verdicts).toMatchObject([{ protection: factory.id, action: "allow" }]);
    expect(JSON.stringify(decision)).not.toContain("secret");
  });

  test("blocks with 503 when the policy prefers that", async () => {
    const { guard, records } = guardUnder(
      { ...enforcing, onFailure: "block" },
      { protections: [broken] },
    );

    expect((await decisionOn(guard, records, headOf())).verdict).toMatchObject({ status: 503 });
  });

  test("never blocks in observe mode", async () => {
    const { guard, records } = guardUnder(
      { ...observing, onFailure: "block" },
      { protections: [broken] },
    );
    const { verdict, decision } = await decisionOn(guard, records, headOf());

    expect(verdict).toBe(allow);
    expect(decision?.wouldBe).toBe("block");
  });

  test("does not keep the next one from running", async () => {
    const strict = protectionOf("strict", {
      onRequestHeaders: async () => block({ status: 403, reason: "" }),
    });
    const { guard, records } = guardUnder(enforcing, { protections: [rejecting, strict, broken] });
    const { verdict, decision } = await decisionOn(guard, records, headOf());

    expect(verdict).toMatchObject({ status: 403 });
    expect(decision?.verdicts.map(({ protection }) => protection)).toEqual(["rejecting", "strict"]);
  });
});

describe("what a source refuses itself", () => {
  const refusal = { status: 400, code: "duplicate-length", explanation: "Two lengths." };

  test("is a decision under strict-http, enforced in every mode", () => {
    const { guard, records } = guardUnder({ ...observing, mode: "off" });
    const id = guard.refused({ client: "192.0.2.1" }, refusal);

    expect(records[0]?.decision).toMatchObject({
      id,
      action: "block",
      status: 400,
      verdicts: [{ protection: "strict-http", reason: "duplicate-length: Two lengths." }],
    });
    expect(records[0]?.exchange.response).toBeUndefined();
  });

  test("has the request head as far as it was read", () => {
    const { guard, records } = guardUnder(observing);
    guard.refused({ client: "192.0.2.1", id: "given" }, { ...refusal, head: headOf() });

    expect(records[0]?.decision).toMatchObject({ id: "given", path: "/products" });
  });

  test("joins the decision of an exchange already open", async () => {
    const { guard, records } = guardUnder(observing);
    const transaction = guard.open({ client: "192.0.2.1" });
    await transaction.requestHeaders(injection);
    transaction.refused(refusal);
    transaction.close();

    expect(records).toHaveLength(1);
    expect(records[0]?.decision).toMatchObject({ action: "block", status: 400, score: 5 });
    expect(records[0]?.decision?.verdicts.map(({ protection }) => protection)).toEqual([
      "attack-detection",
      "strict-http",
    ]);
  });
});

describe("the record of an exchange", () => {
  async function recordOf(requestBytes: number, responseType: string): Promise<ExchangeRecord> {
    const { guard, records } = guardUnder(observing);
    const transaction = guard.open({ client: "192.0.2.1", destination: "10.0.0.5:80", timeMs: 5 });
    const length: Header = ["content-length", String(requestBytes)];
    await transaction.requestHeaders(headOf({ method: "POST", headers: [length] }));
    await transaction.requestBody(Buffer.alloc(requestBytes, 97), true);
    await transaction.responseHeaders({ status: 200, headers: [["content-type", responseType]] });
    await transaction.responseBody(Buffer.from("answer"), true);
    transaction.close({ requestBytesTotal: requestBytes, responseBytesTotal: 6 });
    transaction.close();
    const [record] = records;
    if (record === undefined || records.length > 1) throw new Error("one record was expected");
    return record;
  }

  test("has time, destination and the beginning of long bodies", async () => {
    const { exchange } = await recordOf(100_000, "text/plain");

    expect(exchange).toMatchObject({ timeMs: 5, destination: "10.0.0.5:80" });
    expect(exchange.request.body?.bytesTotal).toBe(100_000);
    expect(exchange.request.body?.bytes.byteLength).toBe(65_536);
    expect(exchange.request.body?.bytes.buffer.byteLength).toBe(65_536);
    expect(Buffer.from(exchange.response?.body?.bytes ?? []).toString()).toBe("answer");
  });

  test("has only the length of bodies that are no text", async () => {
    const { exchange } = await recordOf(10, "image/png");

    expect(exchange.response?.body).toEqual({ bytes: new Uint8Array(0), bytesTotal: 6 });
  });

  test("is made even when the source never saw a request head", () => {
    const { guard, records } = guardUnder(observing);
    guard.open({ client: "192.0.2.1" }).close();

    expect(records).toEqual([]);
  });

  test("that cannot be taken is reported and does not reach the source", () => {
    const failures: string[] = [];
    const { guard } = guardUnder(observing, {
      record: () => {
        throw new Error("full");
      },
      failed: (part) => failures.push(part),
    });
    const transaction = guard.open({ client: "192.0.2.1" });
    void transaction.requestHeaders(headOf());

    expect(() => transaction.close()).not.toThrow();
    expect(failures).toEqual(["record"]);
  });
});

test("phases before the request head ask nothing and block nothing", () => {
  const transaction = guardUnder(enforcing).guard.open({ client: "192.0.2.1" });

  expect(transaction.requestBodyPlan().treatment).toBe("skip");
  expect(transaction.responseBodyPlan().treatment).toBe("skip");
  expect(transaction.requestBody(Buffer.alloc(0), true)).toBe(allow);
  expect(transaction.responseHeaders({ status: 200, headers: [] })).toBe(allow);
  expect(transaction.responseBody(Buffer.alloc(0), true)).toBe(allow);
});
