import { describe, expect, test } from "vitest";
import { createEndpointMatcher } from "./endpoint-matcher.ts";
import { tryParseEndpointPattern } from "./endpoint-pattern.ts";
import { matchingSegmentsOf } from "./matching-path.ts";

function matching(keys: readonly string[], method: string, authority: string, path: string) {
  const matcher = createEndpointMatcher(
    keys.flatMap((key) => {
      const pattern = tryParseEndpointPattern(key);
      return pattern === undefined ? [] : [{ pattern, entry: key }];
    }),
  );
  return matcher.match(method, authority, matchingSegmentsOf(path));
}

describe("an endpoint pattern", () => {
  test.each([
    ["GET shop.example/products/{id}", "GET", "shop.example", "/products/12"],
    ["get SHOP.example/products/{id}", "GET", "shop.example", "/products/12"],
    ["GET shop.example/products/{id}", "GET", "shop.example:8080", "/products/12/"],
    ["GET *.shop.example/x", "GET", "eu.shop.example:8080", "/x"],
    ["GET [::1]/x", "GET", "[::1]:8080", "/x"],
    ["GET [::1]:8080/x", "GET", "[::1]:8080", "/x"],
    ["* */products/{id}", "DELETE", "other.example", "/products/12"],
    ["GET shop.example/", "GET", "shop.example", "/"],
    ["GET shop.example/files/{name}.json", "GET", "shop.example", "/files/a.json"],
    ["GET shop.example/caf%C3%A9", "GET", "shop.example", "/caf%c3%a9"],
  ])("%s is met by %s %s %s", (key, method, authority, path) => {
    expect(matching([key], method, authority, path)).toEqual([key]);
  });

  test.each([
    ["GET shop.example/products/{id}", "POST", "shop.example", "/products/12"],
    ["GET shop.example/products/{id}", "GET", "shop.example.evil", "/products/12"],
    ["GET *.shop.example/x", "GET", "shop.example", "/x"],
    ["GET *.shop.example/x", "GET", "evilshop.example", "/x"],
    ["GET shop.example:81/products/{id}", "GET", "shop.example:80", "/products/12"],
    ["GET shop.example/products/{id}", "GET", "shop.example", "/products"],
    ["GET shop.example/products/{id}", "GET", "shop.example", "/products/12/reviews"],
    ["GET shop.example/files/{name}.json", "GET", "shop.example", "/files/.json"],
    ["GET shop.example/Products", "GET", "shop.example", "/products"],
  ])("%s is not met by %s %s %s", (key, method, authority, path) => {
    expect(matching([key], method, authority, path)).toEqual([]);
  });

  test.each([
    "",
    "GET",
    "shop.example/products",
    "GET /products",
    "POST a.example/graphql query x",
  ])("is not made of %j", (key) => {
    expect(tryParseEndpointPattern(key)).toBeUndefined();
  });
});

test("what names a path most exactly comes first", () => {
  const keys = [
    "GET */products/{id}",
    "* */products/search",
    "GET shop.example/products/{name}",
    "GET shop.example/products/search",
    "GET shop.example/products/{x}rch",
  ];

  expect(matching(keys, "GET", "shop.example", "/products/search")).toEqual([
    "GET shop.example/products/search",
    "* */products/search",
    "GET shop.example/products/{x}rch",
    "GET shop.example/products/{name}",
    "GET */products/{id}",
  ]);
});
