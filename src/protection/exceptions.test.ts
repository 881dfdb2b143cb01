import { describe, expect, test } from "vitest";
import type { Detection } from "../model/detection.ts";
import { findException, suggestExceptions } from "./exceptions.ts";

function detectionIn(location: Detection["location"], name: string): Detection {
  return {
    detector: "sql-injection",
    confidence: "high",
    location,
    name,
    part: "value",
    evidence: "1 or 1=1",
    span: { start: 0, end: 8 },
    value: "1 or 1=1",
    steps: [],
    explanation: "",
  };
}

describe("an exception", () => {
  test.each([
    ["query:id", detectionIn("query", "id")],
    [undefined, detectionIn("query", "id")],
    ["body:$.items[*].name", detectionIn("body", "$.items[12].name")],
    ["body:$[*][*]", detectionIn("body", "$[0][1]")],
    ["body:$.items[3].name", detectionIn("body", "$.items[3].name")],
  ])("for %s lets its detector pass there", (field, detection) => {
    const exception = {
      id: "e",
      detector: "sql-injection",
      ...(field === undefined ? {} : { field }),
    };

    expect(findException(detection, [exception])).toBe(exception);
  });

  test.each([
    ["query:id", "sql-injection", detectionIn("query", "id2")],
    ["query:id", "path-traversal", detectionIn("query", "id")],
    ["query:id", "sql-injection", { ...detectionIn("query", "id"), part: "name" } as const],
    ["body:$.items[*].name", "sql-injection", detectionIn("body", "$.items[1].other")],
    ["body:$.items[*].name", "sql-injection", detectionIn("body", "$.items[x].name")],
    ["body:$.items[*].name", "sql-injection", detectionIn("body", "$.items[].name")],
    ["body:$.items[*]", "sql-injection", detectionIn("body", "$.items[1].name")],
    ["body:$.items[*]", "sql-injection", detectionIn("body", "$.items[1")],
    ["[*]", "sql-injection", detectionIn("body", "$")],
  ])("for %s of %s does not stretch further", (field, detector, detection) => {
    expect(findException(detection, [{ id: "e", detector, field }])).toBeUndefined();
  });
});

describe("suggested exceptions", () => {
  const decision = { method: "POST", host: "shop.example", path: "/orders" };

  test("are one for each detector and field, on the endpoint only", () => {
    const detections = [
      detectionIn("query", "id"),
      detectionIn("query", "id"),
      detectionIn("body", "$.items[0].name"),
      detectionIn("body", "$.items[1].name"),
    ];

    expect(suggestExceptions({ ...decision, detections }, "POST shop.example/{kind}")).toEqual([
      { detector: "sql-injection", endpoint: "POST shop.example/{kind}", field: "query:id" },
      {
        detector: "sql-injection",
        endpoint: "POST shop.example/{kind}",
        field: "body:$.items[*].name",
      },
    ]);
  });

  test("name the path itself when the inventory has no endpoint for it", () => {
    const detections = [detectionIn("query", "id")];

    expect(suggestExceptions({ ...decision, detections })).toEqual([
      { detector: "sql-injection", endpoint: "POST shop.example/orders", field: "query:id" },
    ]);
  });

  test("leave the operation out, which is not known before the body is read", () => {
    const detections = [detectionIn("body", "$.variables.id")];
    const [suggested] = suggestExceptions(
      { ...decision, detections },
      "POST shop.example/graphql query product",
    );

    expect(suggested?.endpoint).toBe("POST shop.example/graphql");
  });

  test("let the very detection pass that they were made from", () => {
    const detections = [detectionIn("body", "$.a[0][1].b")];
    const suggested = suggestExceptions({ ...decision, detections });
    const exceptions = suggested.map((exception, index) => ({ ...exception, id: String(index) }));

    expect(detections.map((detection) => findException(detection, exceptions)?.id)).toEqual(["0"]);
  });
});
