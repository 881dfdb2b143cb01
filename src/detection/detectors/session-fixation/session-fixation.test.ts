import { describe, expect, test } from "vitest";
import type { RequestHead } from "../../../model/exchange.ts";
import type { Match } from "../../detector.ts";
import { sessionFixation } from "./session-fixation.ts";

function detect(target: string, referer: string, name = "referer"): Match | undefined {
  const [path = "/", query = ""] = target.split("?");
  const request: RequestHead = {
    method: "GET",
    scheme: "https",
    authority: "www.shop.example",
    path,
    query,
    httpVersion: "1.1",
    headers: [[name, referer]],
  };
  return sessionFixation.detect(
    { location: "header", name, part: "value", type: "string", value: referer },
    request,
  );
}

describe("a session in the query", () => {
  test.each([
    ["/login?PHPSESSID=abc", "https://evil.example/"],
    ["/login?a=1&jsessionid=74B0CB", "http://www.evil.example/x?y"],
    ["/login?connect.sid=s%3Aj8jK9", "https://shop.example.evil.example/"],
    ["/login?ASPSESSIONIDQQ=abc", "https://user@evil.example"],
  ])("from a link of another site is flagged: %s", (target, referer) => {
    expect(detect(target, referer)?.confidence).toBe("medium");
  });

  test.each([
    ["/login?PHPSESSID=abc", "https://shop.example/"],
    ["/login?PHPSESSID=abc", "https://api.shop.example/"],
    ["/login?PHPSESSID=", "https://evil.example/"],
    ["/paid?session_id=cs_test_1", "https://checkout.pay.example/"],
    ["/login?next=/a&sid=5", "https://search.example/"],
    ["/login", "https://evil.example/"],
    ["/login?PHPSESSID=abc", "not an address"],
  ])("is left alone: %s from %s", (target, referer) => {
    expect(detect(target, referer)).toBeUndefined();
  });

  test("is looked for at the referer only", () => {
    expect(detect("/login?PHPSESSID=abc", "https://evil.example/", "origin")).toBeUndefined();
  });
});

test("a session in the path is only noted, since search engines keep such addresses", () => {
  expect(detect("/login;jsessionid=1A2B", "https://search.example/")?.confidence).toBe("low");
});

test("stays linear on a megabyte", () => {
  const started = performance.now();
  detect(`/x?${"a=b&".repeat(262_144)}`, `https://${"a/".repeat(524_288)}`);
  expect(performance.now() - started).toBeLessThan(3_000);
});
