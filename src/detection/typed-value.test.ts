import { describe, expect, test } from "vitest";
import { createFirstLook } from "./first-look.ts";
import { isJsonWebToken, isTypedValue } from "./typed-value.ts";

function isTyped(value: string): boolean {
  const look = createFirstLook([]);
  look.lookAt(value);
  return isTypedValue(value, look.mask) || isJsonWebToken(value);
}

describe("a typed value", () => {
  test.each([
    "word",
    "12345",
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
    "2026-11-24",
    "2026-11-24T10:00:00Z",
    "2026-11-24T10:00:00.123456+01:00",
    "2026-11-24t10:00:00z",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMiJ9.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMiJ9.",
  ])("is %s", (value) => {
    expect(isTyped(value)).toBe(true);
  });

  test.each([
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf",
    "f81d4fae-7dec-11d0-a765-00a0c91e6bfg",
    "f81d4fae-7dec-11d0-a765_00a0c91e6bf6",
    "2026-11-24 or 1",
    "2026-11-24T..",
    "2026-11-24T10:00:00--",
    "2026-11-24T10:00:00Z1",
    "2026-11-24.git",
    "20261124..",
    "a-b",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMiJ9",
    "Bearer eyJhbGciOiJIUzI1NiJ9.../etc/passwd",
    "eyJhbGciOiJIUzI1NiJ9..x.",
    "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMiJ9.a or 1",
    "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMiJ9.a~b",
    "Bearer 6f1d.a.b",
    "0x2e0x2e0x2f",
    "a".repeat(65),
  ])("is not %j", (value) => {
    expect(isTyped(value)).toBe(false);
  });
});
