import { describe, expect, test } from "vitest";
import { allow } from "../model/verdict.ts";
import { createPlanner } from "./plan.ts";
import type { Policy } from "./policy.ts";
import type { Protection } from "./protection.ts";

const shield: Protection = { id: "shield", summary: "", onRequestHeaders: () => allow };
const sword: Protection = {
  id: "sword",
  summary: "",
  onRequestHeaders: () => allow,
  onRequestBody: () => allow,
};

const plain: Policy = {
  mode: "observe",
  onFailure: "allow",
  protections: {},
  apis: [],
  endpoints: [],
  exceptions: [],
};

function modesFor(policy: Partial<Policy>, path = "/api/v1/products/12"): Record<string, string> {
  const planner = createPlanner({ ...plain, ...policy }, [shield, sword]);
  const plan = planner.planFor({ method: "GET", authority: "Shop.example:80", path });
  return Object.fromEntries(
    plan.requestHeaders.map(({ protection, mode }) => [protection.id, mode]),
  );
}

describe("the mode of a protection", () => {
  test("is the policy's when nothing else is said", () => {
    expect(modesFor({ mode: "enforce" })).toEqual({ shield: "enforce", sword: "enforce" });
  });

  test("is its own rather than the policy's", () => {
    expect(modesFor({ protections: { shield: { mode: "enforce" } } })).toEqual({
      shield: "enforce",
      sword: "observe",
    });
  });

  test("is the API's rather than its own", () => {
    const protections = { shield: { mode: "enforce" } } as const;
    expect(modesFor({ protections, apis: [{ pathPrefix: "/api", mode: "observe" }] })).toEqual({
      shield: "observe",
      sword: "observe",
    });
  });

  test("is the one set for it in the API rather than the API's", () => {
    const api = {
      host: "shop.example",
      mode: "observe",
      protections: { sword: { mode: "enforce" } },
    } as const;
    expect(modesFor({ apis: [api] })).toEqual({ shield: "observe", sword: "enforce" });
  });

  test("is that of the longest API prefix that says anything", () => {
    const apis = [
      { pathPrefix: "/api", mode: "off" },
      { pathPrefix: "/api/v1", mode: "enforce" },
      { pathPrefix: "/api/v1/products" },
      { pathPrefix: "/api/v10", mode: "off" },
    ] as const;
    expect(modesFor({ apis })).toEqual({ shield: "enforce", sword: "enforce" });
  });

  test("is the endpoint's rather than the API's, and its own there above all", () => {
    const endpoint = {
      endpoint: "GET shop.example/api/v1/products/{id}",
      mode: "enforce",
      protections: { sword: { mode: "off" } },
    } as const;
    const apis = [{ pathPrefix: "/api", mode: "observe" }] as const;
    expect(modesFor({ endpoints: [endpoint], apis })).toEqual({ shield: "enforce" });
  });

  test.each([
    "/api/v1/%70roducts/12",
    "/api//v1/products/12",
    "/api/x/../v1/products/12/",
    "/api/v1/products;a=b/12",
  ])("cannot be escaped by spelling the path as %s", (path) => {
    const endpoints = [
      { endpoint: "GET shop.example/api/v1/products/{id}", mode: "enforce" },
    ] as const;
    expect(modesFor({ endpoints }, path)).toEqual({ shield: "enforce", sword: "enforce" });
  });

  test("leaves a protection out altogether when it is off", () => {
    expect(modesFor({ mode: "off", protections: { sword: { mode: "observe" } } })).toEqual({
      sword: "observe",
    });
  });
});

describe("a plan", () => {
  test("holds a protection only in the phases it has a hook for", () => {
    const plan = createPlanner(plain, [shield, sword]).planFor({
      method: "GET",
      authority: "a",
      path: "/",
    });

    expect(plan.requestBody.map(({ protection }) => protection.id)).toEqual(["sword"]);
    expect(plan.responseHeaders).toEqual([]);
  });

  test("is the same object for every request that the same rules apply to", () => {
    const planner = createPlanner(
      { ...plain, endpoints: [{ endpoint: "GET a/x/{id}", mode: "off" }] },
      [shield],
    );
    const at = (path: string) => planner.planFor({ method: "GET", authority: "a", path });

    expect(at("/x/1")).toBe(at("/x/2"));
    expect(at("/y/1")).toBe(at("/y/2"));
    expect(at("/x/1")).not.toBe(at("/y/1"));
  });

  test("has the exceptions of its endpoint and those for everywhere", () => {
    const planner = createPlanner(
      {
        ...plain,
        exceptions: [
          { id: "here", detector: "d", endpoint: "GET a/x/{id}" },
          { id: "elsewhere", detector: "d", endpoint: "GET a/y" },
          { id: "everywhere", detector: "d" },
        ],
      },
      [shield],
    );
    const plan = planner.planFor({ method: "GET", authority: "a", path: "/x/1" });

    expect(plan.exceptions.map(({ id }) => id)).toEqual(["here", "everywhere"]);
  });
});
