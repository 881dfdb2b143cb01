import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchingSegmentsOf } from "./matching-path.ts";

describe("the segments that policy compares", () => {
  test.each([
    ["/", []],
    ["", []],
    ["*", ["*"]],
    ["/products/12", ["products", "12"]],
    ["/products/12/", ["products", "12"]],
    ["//products///12", ["products", "12"]],
    ["/./products/../products/12", ["products", "12"]],
    ["/../../products", ["products"]],
    ["/%70roducts/12", ["products", "12"]],
    ["/a/%2e%2e/products", ["products"]],
    ["/products;session=1/12;v=2", ["products", "12"]],
    ["\\products\\12", ["products", "12"]],
    ["/caf%C3%A9", ["café"]],
    ["/products/%ff", ["products", "%ff"]],
    ["/v1.2/a..b/.well-known", ["v1.2", "a..b", ".well-known"]],
  ])("of %s are %j", (path, segments) => {
    expect(matchingSegmentsOf(path)).toEqual(segments);
  });

  test("are there for any path, and none is empty or a dot segment", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (path) => {
        const segments = matchingSegmentsOf(`/${path}`);
        expect(segments).not.toContain("");
        expect(segments).not.toContain(".");
        expect(segments).not.toContain("..");
      }),
    );
  });
});
