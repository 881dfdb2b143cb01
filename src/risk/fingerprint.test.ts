import { expect, test } from "vitest";
import { fingerprintOf } from "./fingerprint.ts";

const endpoint = { method: "GET", host: "shop.example", path: "/orders/{orderId}" };

test("a finding keeps its identity when a path parameter gets another name", () => {
  expect(fingerprintOf({ ...endpoint, path: "/orders/{id}" }, "cleartext")).toBe(
    fingerprintOf(endpoint, "cleartext"),
  );
});

test("endpoint, operation, factor and part tell findings apart", () => {
  const ids = [
    fingerprintOf(endpoint, "cleartext"),
    fingerprintOf(endpoint, "cleartext", "a"),
    fingerprintOf(endpoint, "verbose-errors"),
    fingerprintOf({ ...endpoint, method: "PUT" }, "cleartext"),
    fingerprintOf({ ...endpoint, host: "other.example" }, "cleartext"),
    fingerprintOf({ ...endpoint, path: "/orders/orderId" }, "cleartext"),
    fingerprintOf({ ...endpoint, operation: "query orders" }, "cleartext"),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});
