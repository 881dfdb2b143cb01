import { describe, expect, test } from "vitest";
import { createEngine, type HttpRequest } from "./engine.ts";

const request: HttpRequest = {
  method: "GET",
  scheme: "https",
  authority: "shop.example",
  path: "/items",
  query: "page=2",
  httpVersion: "1.1",
  headers: [["accept", "application/json"]],
};

describe("the engine as a library", () => {
  test("sees an attack in the query, with the decoding that led to it", () => {
    const [detection] = createEngine().inspect({ ...request, query: "id=1%20or%201%3D1" });

    expect(detection).toMatchObject({
      detector: "sql-injection",
      confidence: "high",
      location: "query",
      name: "id",
      evidence: "1 or 1=1",
      steps: [{ decoding: "percent", value: "1 or 1=1" }],
    });
  });

  test("sees an attack in a JSON body", () => {
    const bytes = new TextEncoder().encode('{"user":{"name":"x\' or \'1\'=\'1"}}');
    const detections = createEngine().inspect({
      ...request,
      method: "POST",
      headers: [["content-type", "application/json"]],
      body: { bytes, bytesTotal: bytes.length },
    });

    expect(detections).toMatchObject([{ location: "body", name: "$.user.name" }]);
  });

  test("sees nothing in an honest request", () => {
    expect(createEngine().inspect(request)).toEqual([]);
  });
});
