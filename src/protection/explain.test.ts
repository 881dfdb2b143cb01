import { describe, expect, test } from "vitest";
import type { Decision } from "../model/decision.ts";
import { explainDecision } from "./explain.ts";

const decision: Decision = {
  id: "d-1",
  timeMs: 0,
  client: "203.0.113.7",
  method: "GET",
  host: "shop.example",
  path: "/products",
  action: "allow",
  wouldBe: "block",
  status: 403,
  score: 5,
  detections: [
    {
      detector: "sql-injection",
      confidence: "high",
      location: "query",
      name: "id",
      part: "value",
      evidence: "' or '1'='1",
      span: { start: 1, end: 12 },
      value: `1' or '1'='1${"x".repeat(100)}`,
      steps: [{ decoding: "percent", value: "1' or '1'='1" }],
      explanation: "An SQL interpreter reads a condition that is always true.",
    },
  ],
  verdicts: [
    {
      protection: "attack-detection",
      mode: "observe",
      phase: "request-headers",
      action: "block",
      status: 403,
      reason: "sql-injection in query:id (score 5)",
    },
  ],
  exceptions: [],
};

describe("the explanation of a decision", () => {
  const text = explainDecision(decision, {
    endpointKey: "GET shop.example/products",
  }).join("\n");

  test.each([
    ["what was asked", "203.0.113.7  GET shop.example/products"],
    ["what was done", "allowed; enforced, it would be blocked with 403, score 5"],
    ["the value with the deciding part set off", "1»' or '1'='1«xxxx"],
    ["each decoding step", "after percent: 1' or '1'='1"],
    ["why", "why: An SQL interpreter reads"],
    [
      "what wanted it and in which mode",
      "attack-detection (observe, request-headers) wanted to block",
    ],
    ["the way out", "exception for sql-injection in query:id of GET shop.example/products"],
  ])("says %s", (_what, part) => {
    expect(text).toContain(part);
  });

  test("shows a long value only around the deciding part", () => {
    expect(text).toMatch(/«x{60}…/);
  });

  test("writes nothing of the client's to the terminal but text", () => {
    const [detection] = decision.detections;
    if (detection === undefined) throw new Error("a detection was expected");
    const hostile = "\u001b]0;owned\u0007\n\u202Egnp";
    const lines = explainDecision({
      ...decision,
      path: `/${hostile}`,
      detections: [{ ...detection, name: hostile, value: hostile, evidence: hostile }],
    });

    expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(lines.join("")).toContain("\\u{1b}]0;owned\\u{7}\\n\\u{202e}gnp");
  });

  test("names the exceptions that applied and what they let pass", () => {
    const [detection] = decision.detections;
    if (detection === undefined) throw new Error("a detection was expected");
    const text = explainDecision({
      ...decision,
      wouldBe: "allow",
      detections: [],
      excepted: [detection],
      exceptions: ["search-box"],
      verdicts: [],
    }).join("\n");

    expect(text).toContain("excepted: sql-injection in query:id");
    expect(text).toContain("exceptions that applied: search-box");
  });

  test("says blocked when it was", () => {
    expect(explainDecision({ ...decision, action: "block" })[1]).toContain("blocked with 403");
    expect(explainDecision({ ...decision, wouldBe: "allow" })[1]).toContain("allowed, score 5");
  });
});
