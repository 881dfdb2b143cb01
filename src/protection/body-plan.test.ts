import { describe, expect, test } from "vitest";
import type { Header, RequestHead } from "../model/exchange.ts";
import {
  defaultBodyLimits,
  isTextual,
  requestBodyPlanOf,
  responseBodyPlanOf,
} from "./body-plan.ts";
import type { Step } from "./plan.ts";

function headWith(headers: readonly Header[], changes: Partial<RequestHead> = {}): RequestHead {
  return {
    method: "POST",
    scheme: "http",
    authority: "shop.example",
    path: "/",
    query: "",
    httpVersion: "1.1",
    headers,
    ...changes,
  };
}

const stepIn = (mode: Step["mode"]): Step => ({ protection: { id: "p", summary: "" }, mode });
const length: Header = ["content-length", "10"];

function requestPlan(type: string, mode: Step["mode"] = "enforce") {
  const head = headWith([length, ["content-type", type]]);
  return requestBodyPlanOf(head, { requestBody: [stepIn(mode)] }, defaultBodyLimits);
}

describe("a request body", () => {
  test("is held when something that inspects it enforces, else tapped", () => {
    expect(requestPlan("application/json")).toEqual({ treatment: "hold", bytesMax: 1_048_576 });
    expect(requestPlan("application/json", "observe").treatment).toBe("tap");
  });

  test.each([
    "image/png",
    "video/mp4",
    "application/grpc",
    "application/grpc-web+proto",
  ])("of %s is not looked at", (type) => {
    expect(requestPlan(type).treatment).toBe("skip");
  });

  test.each([
    "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.x",
  ])("of %s is only sniffed", (type) => {
    expect(requestPlan(type).bytesMax).toBe(4_096);
  });

  test.each<[string, RequestHead, string]>([
    ["that is not there", headWith([]), "skip"],
    ["of no length", headWith([["content-length", "0"]]), "skip"],
    ["in chunks", headWith([["transfer-encoding", "chunked"]]), "hold"],
    ["below a GET", headWith([length], { method: "GET" }), "hold"],
    ["that HTTP/2 does not announce", headWith([], { httpVersion: "2", method: "GET" }), "hold"],
  ])("%s is treated by what the head says", (_what, head, treatment) => {
    const plan = requestBodyPlanOf(head, { requestBody: [stepIn("enforce")] }, defaultBodyLimits);

    expect(plan.treatment).toBe(treatment);
  });
});

describe("a response body", () => {
  function plan(type: string | undefined, status = 200, method = "GET", mode?: Step["mode"]) {
    const headers: Header[] = type === undefined ? [] : [["content-type", type]];
    return responseBodyPlanOf(
      headWith([], { method }),
      { status, headers },
      { responseBody: mode === undefined ? [] : [stepIn(mode)] },
      defaultBodyLimits,
    );
  }

  test("is tapped when it is text", () => {
    expect(plan("application/problem+json")).toEqual({ treatment: "tap", bytesMax: 65_536 });
  });

  test.each([
    ["it is no text", "image/png", 200, "GET"],
    ["its type is unknown", undefined, 200, "GET"],
    ["there is none", "text/plain", 204, "GET"],
    ["nothing changed", "text/plain", 304, "GET"],
    ["only the head was asked for", "text/plain", 200, "HEAD"],
  ] as const)("is skipped when %s", (_why, type, status, method) => {
    expect(plan(type, status, method).treatment).toBe("skip");
  });

  test("is held when something enforces, but never when it is a stream of events", () => {
    expect(plan("text/html", 200, "GET", "enforce").treatment).toBe("hold");
    expect(plan("text/html", 200, "GET", "observe").treatment).toBe("tap");
    expect(plan("text/event-stream", 200, "GET", "enforce").treatment).toBe("tap");
  });
});

test.each([
  [undefined, true],
  ["application/vnd.api+json", true],
  ["image/svg+xml", true],
  ["multipart/form-data", true],
  ["application/x-unheard-of", true],
  ["audio/mpeg", false],
  ["application/octet-stream", false],
  ["application/x-protobuf", false],
])("a body of %s is text: %s", (type, expected) => {
  expect(isTextual(type)).toBe(expected);
});
