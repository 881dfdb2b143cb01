import { describe, expect, test } from "vitest";
import { modeOf } from "./effective-mode.ts";
import type { Policy } from "./policy.ts";

const policy: Policy = {
  mode: "observe",
  onFailure: "allow",
  protections: { "request-limits": { mode: "enforce" } },
  apis: [{ host: "shop.example", pathPrefix: "/internal", mode: "off" }],
  endpoints: [
    {
      endpoint: "GET shop.example/products/{id}",
      mode: "enforce",
      protections: { "request-limits": { mode: "off" } },
    },
  ],
  exceptions: [],
};

describe("the mode in force", () => {
  test.each([
    ["everything", {}, "observe"],
    ["a protection", { protection: "request-limits" }, "enforce"],
    ["another protection", { protection: "attack-detection" }, "observe"],
    ["an endpoint", { endpoint: "GET shop.example/products/{productId}" }, "enforce"],
    [
      "an operation of it",
      { endpoint: "GET shop.example/products/{productId} query x" },
      "enforce",
    ],
    [
      "a protection at an endpoint",
      { endpoint: "GET shop.example/products/{id}", protection: "request-limits" },
      "off",
    ],
    ["an endpoint of an API", { endpoint: "GET shop.example/internal/{id}" }, "off"],
    [
      "an endpoint about which nothing is said",
      { endpoint: "POST shop.example/orders" },
      "observe",
    ],
    ["what is no endpoint", { endpoint: "nonsense" }, "observe"],
  ] as const)("for %s is the most specific that is set", (_what, scope, mode) => {
    expect(modeOf(policy, scope)).toBe(mode);
  });
});
