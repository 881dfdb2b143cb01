import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formats } from "./formats.ts";
import { tryCompilePattern } from "./linear-pattern.ts";
import { isPrivilegedName, isSecretName } from "./property-names.ts";

describe("a pattern of a description", () => {
  test.each([
    ["^[a-z]{2}_[A-Z]{2}$", "de_DE", "dede"],
    ["[0-9+]{2,5}", "ab49", "a4"],
    ["^(draft|live)$", "live", "alive"],
    ["^(\\w+\\s?)*$", "a b", "a!"],
    ["^a|b$", "ab", "ca"],
    ["^\\p{L}+$", "é", "1"],
    ["^[\\w\\-]+$", "a-b", "a b"],
  ])("%s takes what it should", (pattern, fitting, other) => {
    const compiled = tryCompilePattern(pattern);

    expect(compiled?.test(fitting)).toBe(true);
    expect(compiled?.test(other)).toBe(false);
  });

  test.each([
    "(?=a)b",
    "(a)\\1",
    "(",
    "a".repeat(3_000),
  ])("that nobody should run is not compiled: %#", (pattern) => {
    expect(tryCompilePattern(pattern)).toBeUndefined();
  });

  test.each([
    "^(a+)+$",
    "^(a|a)*$",
    "^a*a*a*$",
    "(a*)*b",
  ])("%s takes no more than linear time", (pattern) => {
    const compiled = tryCompilePattern(pattern);
    const lengths = [2_000, 8_000];
    const [short = 0, long = 0] = lengths.map((length) => {
      const text = `${"a".repeat(length)}!`;
      compiled?.test(text);
      const started = performance.now();
      for (let count = 0; count < 5; count += 1) compiled?.test(text);
      return performance.now() - started;
    });

    // Four times the text: quadratic time would be sixteen times.
    expect(long).toBeLessThan(short * 12 + 50);
  });

  test("never throws", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."^$()[]{}|\\*+?.,-a1") }),
        fc.string(),
        (pattern, text) => {
          tryCompilePattern(pattern)?.test(text);
        },
      ),
    );
  });
});

describe("a format", () => {
  const fits = (name: string, value: unknown): boolean =>
    (formats[name]?.validate as ((value: unknown) => boolean) | undefined)?.(value) ?? true;

  test.each<[string, unknown]>([
    ["date", "2024-02-29"],
    ["date-time", "2026-11-24T09:30:00.123+01:00"],
    ["time", "23:59:60Z"],
    ["uuid", "0B7D2C1E-7a55-4b1c-9a3e-2f6c5d4e3b2a"],
    ["email", "o'brien+tag@sub.example.org"],
    ["hostname", "a-b.example"],
    ["ipv6", "::1"],
    ["uri", "https://a.example/b?c"],
    ["byte", "YWI="],
    ["int32", -2_147_483_648],
    ["int64", 9_007_199_254_740_993n.toString().length],
    ["double", 1e300],
    ["no-such-format", "anything"],
  ])("%s is %s", (name, value) => {
    expect(fits(name, value)).toBe(true);
  });

  test.each<[string, unknown]>([
    ["date", "2023-02-29"],
    ["date", "2026-13-01"],
    ["date-time", "2026-11-24"],
    ["time", "24:00:00Z"],
    ["uuid", "0b7d2c1e-7a55"],
    ["email", "a b@example.org"],
    ["email", "example.org"],
    ["hostname", "-a.example"],
    ["ipv4", "1.2.3.256"],
    ["uri", "/b"],
    ["byte", "a b"],
    ["int32", 2_147_483_648],
    ["float", 1e39],
  ])("%s is not %s", (name, value) => {
    expect(fits(name, value)).toBe(false);
  });
});

describe("a property's name", () => {
  test.each([
    "isAdmin",
    "is_admin",
    "isadmin",
    "ROLE",
    "user-roles",
    "accountBalance",
    "isSuperuser",
  ])("%s decides what its sender may do", (name) => {
    expect(isPrivilegedName(name)).toBe(true);
  });

  test.each([
    "name",
    "island",
    "enrolment",
    "stroller",
    "administrativeArea",
    "crediting",
    "a".repeat(99),
  ])("%s decides nothing", (name) => {
    expect(isPrivilegedName(name)).toBe(false);
  });

  test("tells secrets", () => {
    expect(["passwordHash", "client_secret", "SSN"].every(isSecretName)).toBe(true);
    expect(["hashtag", "pinned", "secretary"].some(isSecretName)).toBe(false);
  });
});
