import { describe, expect, test } from "vitest";
import { LoginLimit } from "./login-limit.ts";

const options = {
  windowMs: 60_000,
  addressAttemptsMax: 3,
  accountAttemptsMax: 5,
  entriesMax: 10,
};

/** How many of these attempts in a row are let through. */
function allowed(limit: LoginLimit, attempts: readonly (readonly [string, string])[]): number {
  return attempts.filter(([address, account]) => limit.take(address, account, 0) === 0).length;
}

describe("the login limit", () => {
  test("stops one address whatever account it tries, and tells how long", () => {
    const limit = new LoginLimit(options);
    const attempts = ["a", "b", "c", "d"].map((account) => ["192.0.2.1", account] as const);

    expect(allowed(limit, attempts)).toBe(3);
    expect(limit.take("192.0.2.1", "e", 20_000)).toBe(40_000);
    expect(limit.take("192.0.2.2", "e", 20_000)).toBe(0);
    expect(limit.take("192.0.2.1", "e", 60_000)).toBe(0);
  });

  test("stops guesses at one account from many addresses", () => {
    const limit = new LoginLimit(options);
    const attempts = Array.from({ length: 9 }, (_, host) => [`192.0.2.${host}`, "admin"] as const);

    expect(allowed(limit, attempts)).toBe(5);
  });

  test.each([
    ["the addresses of one IPv6 network", ["2001:db8:1:2::1", "2001:db8:1:2:3:4:5:6"], true],
    ["the addresses of two IPv6 networks", ["2001:db8:1:2::1", "2001:db8:1:3::1"], false],
    ["short and long spelling of one network", ["2001:db8::1", "2001:db8:0:0:9::"], true],
    ["an IPv4 address and its IPv6 form", ["192.0.2.1", "::ffff:192.0.2.1"], true],
    ["two IPv4 addresses in IPv6 form", ["::ffff:192.0.2.2", "::ffff:192.0.2.1"], false],
  ])("counts %s as one: %s", (_what, [first = "", second = ""], isOne) => {
    const limit = new LoginLimit(options);
    for (const account of ["a", "b", "c"]) limit.take(first, account, 0);

    expect(limit.take(second, "d", 0) > 0).toBe(isOne);
  });

  test("forgives after the right password", () => {
    const limit = new LoginLimit(options);
    for (let attempt = 0; attempt < 3; attempt += 1) limit.take("192.0.2.1", "admin", 0);
    limit.forgive("192.0.2.1", "admin");

    expect(limit.take("192.0.2.1", "admin", 0)).toBe(0);
  });

  test("cannot be made to forget an address by names it makes up", () => {
    const limit = new LoginLimit(options);
    const attempts = Array.from({ length: 50 }, (_, name) => ["192.0.2.1", `${name}`] as const);

    expect(allowed(limit, attempts)).toBe(3);
  });

  test("remembers only so many", () => {
    const limit = new LoginLimit(options);
    for (let attempt = 0; attempt < 3; attempt += 1) limit.take("192.0.2.1", "first", 0);
    for (let host = 0; host < 20; host += 1) limit.take(`198.51.100.${host}`, `${host}`, 0);

    expect(limit.take("192.0.2.1", "first", 0)).toBe(0);
  });
});
