import { describe, expect, test } from "vitest";
import type { Confidence, Detection } from "../../model/detection.ts";
import type { Verdict } from "../../model/verdict.ts";
import { createInstallation } from "../installation.ts";
import { noKnowledge } from "../knowledge.ts";
import type { ExchangeContext } from "../protection.ts";
import { attackDetection } from "./attack-detection.ts";
import type { ProtectionParts } from "./protection-definition.ts";

function partsFinding(found: readonly Detection[]): ProtectionParts {
  return {
    inspect: () => found,
    now: () => 0,
    knowledge: noKnowledge,
    installation: createInstallation(),
  };
}

function detectionOf(confidence: Confidence, detector = "sql-injection"): Detection {
  return {
    detector,
    confidence,
    location: "query",
    name: "id",
    part: "value",
    evidence: "",
    span: { start: 0, end: 0 },
    value: "",
    steps: [],
    explanation: "",
  };
}

function verdictOn(
  found: readonly Detection[],
  setting: object = {},
  context: Partial<ExchangeContext> = {},
): Verdict {
  const protection = attackDetection.build(setting, partsFinding(found));
  const verdict = protection.onRequestHeaders?.({
    headFields: [],
    detections: [],
    countedDetections: (all: readonly Detection[]) => all,
    ...context,
  } as unknown as ExchangeContext);
  if (verdict === undefined || verdict instanceof Promise)
    throw new Error("a verdict was expected");
  return verdict;
}

describe("attack detection", () => {
  test.each<[string, readonly Confidence[], "allow" | "block"]>([
    ["nothing", [], "allow"],
    ["one doubtful value", ["low"], "allow"],
    ["many doubtful values", ["low", "low", "low", "low"], "allow"],
    ["one medium value", ["medium"], "block"],
    ["one sure value", ["high"], "block"],
  ])("by default, on %s: %j gives %s", (_what, confidences, action) => {
    expect(verdictOn(confidences.map((confidence) => detectionOf(confidence))).action).toBe(action);
  });

  test("reports what does not suffice", () => {
    expect(verdictOn([detectionOf("low")])).toMatchObject({ detections: [{ confidence: "low" }] });
  });

  test("waits for a higher score when told to", () => {
    const medium = detectionOf("medium");

    expect(verdictOn([medium], { scoreMin: 6 }).action).toBe("allow");
    expect(verdictOn([medium, medium], { scoreMin: 6 }).action).toBe("block");
  });

  test("adds head and body of a request together, and nothing that other protections saw", () => {
    const medium = detectionOf("medium");
    const protection = attackDetection.build({ scoreMin: 6 }, partsFinding([medium]));
    const context = {
      headFields: [],
      bodyFields: [],
      detections: [medium, detectionOf("high", "object-authorization")],
      countedDetections: (all: readonly Detection[]) => all,
    } as unknown as ExchangeContext;

    expect(protection.onRequestHeaders?.(context)).toMatchObject({ action: "allow" });
    expect(protection.onRequestBody?.(context)).toMatchObject({ action: "block" });
  });

  test("counts doubtful values when told to", () => {
    expect(verdictOn([detectionOf("low")], { confidenceMin: "low", scoreMin: 1 }).action).toBe(
      "block",
    );
  });

  test("does not count what an exception lets pass", () => {
    expect(verdictOn([detectionOf("high")], {}, { countedDetections: () => [] })).toEqual({
      action: "allow",
    });
  });

  test("names the first three in its reason, and never the value", () => {
    const verdict = verdictOn(["a", "b", "c", "d", "e"].map((id) => detectionOf("high", id)));

    expect(verdict).toMatchObject({
      reason: "a in query:id, b in query:id, c in query:id and 2 more (score 25)",
    });
  });

  test("refuses options that make no sense when it is built", () => {
    expect(() => attackDetection.build({ scoreMin: 0 }, partsFinding([]))).toThrow();
    expect(() => attackDetection.build({ scoreMax: 3 }, partsFinding([]))).toThrow();
  });

  test("fails, so that the policy's onFailure decides, when the search broke off before it found enough", () => {
    const limit = detectionOf("low", "inspection-limit");

    expect(() => verdictOn([limit])).toThrow(
      expect.objectContaining({ name: "InspectionLimitReached" }),
    );
    expect(verdictOn([detectionOf("high"), limit]).action).toBe("block");
  });
});
