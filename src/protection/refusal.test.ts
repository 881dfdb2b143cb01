import { describe, expect, test } from "vitest";
import { block } from "../model/verdict.ts";
import { refusalOf } from "./refusal.ts";

describe("a refusal", () => {
  test("is a problem document with the decision's id", () => {
    const refusal = refusalOf(block({ status: 403, reason: "sql-injection in query:id" }), "d-1");

    expect(refusal.status).toBe(403);
    expect(JSON.parse(refusal.body)).toEqual({
      type: "about:blank",
      title: "Forbidden",
      status: 403,
      decision: "d-1",
    });
    expect(refusal.headers).toContainEqual(["content-type", "application/problem+json"]);
    expect(refusal.headers).toContainEqual(["merlon-decision", "d-1"]);
  });

  test("says nothing of why", () => {
    const refusal = refusalOf(block({ status: 403, reason: "sql-injection in query:id" }), "d-1");

    expect(JSON.stringify(refusal)).not.toContain("sql");
  });

  test("carries the headers that the verdict asks for", () => {
    const refusal = refusalOf(
      block({ status: 429, reason: "", headers: [["retry-after", "3"]] }),
      "d-1",
    );

    expect(refusal.headers).toContainEqual(["retry-after", "3"]);
  });

  test("has a title for a status it does not know", () => {
    expect(JSON.parse(refusalOf({ status: 418 }, "d-1").body)).toMatchObject({ title: "Refused" });
  });
});
