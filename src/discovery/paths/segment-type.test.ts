import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { typeOfSegment } from "./segment-type.ts";

describe("the type of a segment by its form", () => {
  test.each([
    ["12", "integer"],
    ["1003489123456789012", "integer"],
    ["9f8ff8bf-0c0a-43af-89e2-8e4a6e6e4d6b", "uuid"],
    ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "ulid"],
    ["507f1f77bcf86cd799439011", "object-id"],
    ["d41d8cd98f00b204e9800998ecf8427e", "hash"],
    ["2026-05-17", "date"],
    ["2026-05-17T10:00:00Z", "date-time"],
    ["ann@clinic.example", "email"],
    ["10.0.0.7", "ip"],
    ["52.5200,13.4050", "coordinates"],
    ["aGVsbG8gd29ybGQ=", "base64"],
    ["dQw4w9WgXcQ", "token"],
    ["cus_9s6XKzkNRiz8i3", "token"],
    ["mem_AsgiWbaDBadeXg", "token"],
    ["QQ8QTK7118M7ZMGY54P236FD1Z8BS3G8", "token"],
    ["music:track:4uLU6hMCjMI75M1A2tKUQC", "composite"],
    ["1,2,3", "composite"],
    ["a b/c", "text"],
  ])("takes %s for a value: %s", (segment, type) => {
    expect(typeOfSegment(segment)).toBe(type);
  });

  test.each([
    "users",
    "early_fraud_warnings",
    "password-reset",
    "generateClientKey",
    "showSidebarBoardActions",
    "getURLForID",
    "syncWithSchema",
    "oauth2",
    "sha256",
    "base64",
    "v1",
    "v2.1",
    "me",
    "@me",
    "teal-fern-82",
    "john.williams",
    "list_memberships",
    "robots.txt",
    "EnvironmentVariables",
    "files.upload",
  ])("leaves %s to be judged with the others", (segment) => {
    expect(typeOfSegment(segment)).toBeUndefined();
  });

  test("never throws and stays linear on any text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 600 }), (text) => {
        typeOfSegment(text);
      }),
    );
    const started = performance.now();
    for (const hostile of [
      "a-".repeat(5_000),
      "1.".repeat(5_000),
      "A_b".repeat(5_000),
      "@".repeat(9_000),
    ]) {
      typeOfSegment(hostile);
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
