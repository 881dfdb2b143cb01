import { describe, expect, test } from "vitest";
import type { ExchangeRecord } from "../protection/guard.ts";
import { shapeOf } from "./exchange-shape.ts";

const shape = (method: string, host: string, path: string, status: number): number =>
  shapeOf({
    exchange: { request: { method, authority: host, path }, response: { status } },
  } as unknown as ExchangeRecord);

describe("an exchange's shape", () => {
  test("leaves out the values in its path", () => {
    const one = shape("GET", "a", "/v1/products/12/reviews", 200);

    expect(shape("GET", "a", "/v1/products/97531/reviews", 200)).toBe(one);
    expect(shape("GET", "a", "/v1/products/5f0c-9a/reviews", 200)).toBe(one);
    expect(shape("GET", "a", `/v1/products/${"x".repeat(40)}/reviews`, 200)).toBe(one);
  });

  test("tells methods, hosts, names, versions, depths and statuses apart", () => {
    const shapes = [
      shape("GET", "a", "/v1/products/12", 200),
      shape("PUT", "a", "/v1/products/12", 200),
      shape("GET", "b", "/v1/products/12", 200),
      shape("GET", "a", "/v2/products/12", 200),
      shape("GET", "a", "/v1/orders/12", 200),
      shape("GET", "a", "/v1/products", 200),
      shape("GET", "a", "/v1/products/12/", 200),
      shape("GET", "a", "/v1/products/12", 404),
    ];

    expect(new Set(shapes).size).toBe(shapes.length);
  });
});
