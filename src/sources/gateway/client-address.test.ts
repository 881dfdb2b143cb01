import { describe, expect, test } from "vitest";
import type { Header } from "../../model/exchange.ts";
import { clientAddressOf, createTrust, plainAddressOf } from "./client-address.ts";

const isTrusted = createTrust(["10.0.0.0/8", "192.0.2.1", "2001:db8::/32"]);
const forwardedFor = (...values: string[]): Header[] =>
  values.map((value) => ["x-forwarded-for", value]);

describe("the client behind proxies", () => {
  test.each([
    ["is the peer when nobody forwarded", "203.0.113.9", [], "203.0.113.9"],
    [
      "is the peer when the peer is not trusted",
      "203.0.113.9",
      forwardedFor("6.6.6.6"),
      "203.0.113.9",
    ],
    ["is what a trusted proxy names", "10.0.0.1", forwardedFor("203.0.113.7"), "203.0.113.7"],
    [
      "is the nearest that is not trusted",
      "10.0.0.1",
      forwardedFor("6.6.6.6, 203.0.113.7, 10.0.0.2"),
      "203.0.113.7",
    ],
    [
      "is found over several lines",
      "10.0.0.1",
      forwardedFor("6.6.6.6", "203.0.113.7", "192.0.2.1"),
      "203.0.113.7",
    ],
    [
      "is the last readable when a link is broken",
      "10.0.0.1",
      forwardedFor("6.6.6.6, unknown, 10.0.0.2"),
      "10.0.0.2",
    ],
    ["may have a port", "10.0.0.1", forwardedFor("203.0.113.7:4711"), "203.0.113.7"],
    ["may be of IPv6 with a port", "10.0.0.1", forwardedFor("[2001:4860::1]:80"), "2001:4860::1"],
    [
      "is not a number that only some read as address",
      "10.0.0.1",
      forwardedFor("2130706433"),
      "10.0.0.1",
    ],
    [
      "stands in Forwarded too",
      "10.0.0.1",
      [["forwarded", 'proto=https;for="[2001:4860::1]:80", for=10.0.0.2']],
      "2001:4860::1",
    ],
    [
      "is the far end when all are trusted",
      "10.0.0.1",
      forwardedFor("10.0.0.3, 10.0.0.2"),
      "10.0.0.3",
    ],
  ] as [string, string, Header[], string][])("%s", (_what, peer, headers, client) => {
    expect(clientAddressOf(peer, headers, isTrusted)).toBe(client);
  });

  test("is looked for in a bounded number of links", () => {
    const chain = forwardedFor(Array.from({ length: 100 }, () => "10.0.0.2").join(","));

    expect(clientAddressOf("10.0.0.1", chain, isTrusted)).toBe("10.0.0.2");
  });

  test("has one spelling", () => {
    expect(plainAddressOf("::ffff:192.0.2.9")).toBe("192.0.2.9");
    expect(plainAddressOf("::1")).toBe("::1");
  });
});

test("networks hold addresses of their own family, mapped ones too", () => {
  expect(["10.9.9.9", "::ffff:10.9.9.9", "192.0.2.1", "2001:db8::5"].map(isTrusted)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(["11.0.0.1", "192.0.2.2", "2001:db9::5", "nonsense", ""].map(isTrusted)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});
