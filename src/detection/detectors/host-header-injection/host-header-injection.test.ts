import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RequestHead } from "../../../model/exchange.ts";
import type { Match } from "../../detector.ts";
import { hostHeaderInjection } from "./host-header-injection.ts";

const request: RequestHead = {
  method: "POST",
  scheme: "https",
  authority: "shop.example:8443",
  path: "/password/reset",
  query: "",
  httpVersion: "1.1",
  headers: [],
};

function detect(name: string, value: string, head = request): Match | undefined {
  return hostHeaderInjection.detect(
    { location: "header", name, part: "value", type: "string", value },
    head,
  );
}

test.each<[string, string, string]>([
  ["host", "shop.example, evil.example", "high"],
  ["host", "x1.oastify.com", "high"],
  ["x-forwarded-host", "a.interact.sh", "high"],
  ["host", "evil.example/x", "medium"],
  ["host", 'a"><script>', "medium"],
  ["host", "a@evil.example", "medium"],
  ["x-forwarded-host", "evil.example/?", "medium"],
  ["x-host", "evil.example", "medium"],
  ["x-http-host-override", "evil.example:80", "medium"],
  ["x-forwarded-host", "evil.example", "low"],
])("%s: %s is flagged with %s confidence", (name, value, confidence) => {
  expect(detect(name, value)?.confidence).toBe(confidence);
});

test.each<[string, string]>([
  ["host", "shop.example:8080"],
  ["host", "[::1]:80"],
  ["x-forwarded-host", "shop.example"],
  ["x-forwarded-host", "www.shop.example, shop.example:8443"],
  ["x-forwarded-host", "münchen"],
  ["x-host", "api.shop.example"],
  ["x-host", "localhost"],
  ["referer", "https://evil.example/"],
  ["origin", "https://evil.example"],
  ["x-forwarded-for", "203.0.113.7, 10.0.0.1"],
])("%s: %s is left alone", (name, value) => {
  expect(detect(name, value)).toBeUndefined();
});

test("is silent about another host when the request's own is not known", () => {
  const field = {
    location: "header",
    name: "x-host",
    part: "value",
    type: "string",
    value: "evil.example",
  } as const;

  expect(hostHeaderInjection.detect(field)).toBeUndefined();
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom("a", ".", ",", ":", "[", "]", "@", "/", " ", "é");
    fc.assert(
      fc.property(fc.constantFrom("host", "x-host"), fc.string({ unit }), (name, value) => {
        const match = detect(name, value);
        expect(match?.end ?? 0).toBeLessThanOrEqual(value.length);
      }),
    );
  });

  test.each([",", ".", "a:", "@"])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect("host", value);
    detect("x-host", value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
