import { describe, expect, test } from "vitest";
import { createRoutes } from "./upstream-route.ts";

const routes = createRoutes(
  [
    { hosts: [], pathPrefix: "/", name: "any" },
    { hosts: ["*.shop.example"], pathPrefix: "/", name: "wildcard" },
    { hosts: ["*.eu.shop.example"], pathPrefix: "/", name: "longer wildcard" },
    { hosts: ["api.shop.example"], pathPrefix: "/", name: "host" },
    { hosts: ["api.shop.example"], pathPrefix: "/v2/", name: "host and path" },
    { hosts: ["api.shop.example:8443"], pathPrefix: "/", name: "host and port" },
    { hosts: [], pathPrefix: "/health", name: "path" },
  ].map(({ name, ...rule }) => ({ rule, target: name })),
);

describe("the upstream of a request", () => {
  test.each([
    ["elsewhere.example", "/", "any"],
    ["elsewhere.example", "/health", "path"],
    ["elsewhere.example", "/health/live", "path"],
    ["elsewhere.example", "/healthy", "any"],
    ["www.shop.example", "/", "wildcard"],
    ["shop.example", "/", "any"],
    ["notshop.example", "/", "any"],
    ["de.eu.shop.example", "/", "longer wildcard"],
    ["API.shop.example", "/v1", "host"],
    ["api.shop.example:8080", "/v1", "host"],
    ["api.shop.example:8443", "/v1", "host and port"],
    ["api.shop.example", "/v2", "host and path"],
    ["api.shop.example", "/v2/x", "host and path"],
    ["api.shop.example", "*", "host"],
  ])("%s%s is %s", (authority, path, name) => {
    expect(routes(authority, path)).toBe(name);
  });

  test("may be none", () => {
    const only = createRoutes([{ rule: { hosts: ["a"], pathPrefix: "/x" }, target: 1 }]);

    expect(only("a", "/y")).toBeUndefined();
    expect(only("b", "/x")).toBeUndefined();
  });
});
