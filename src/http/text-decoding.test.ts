import { describe, expect, test } from "vitest";
import { textOf } from "./text-decoding.ts";

describe("textOf", () => {
  test.each([
    ['text/html; charset="iso-8859-1"', Buffer.from("é", "latin1"), "é"],
    ["text/html; a; boundary=x; charset=utf-16be", Buffer.from("é", "utf16le").swap16(), "é"],
    ['text/html; a="b\\"; c"; charset=latin1', Buffer.from("é", "latin1"), "é"],
    ['text/html; charset="latin1', Buffer.from("é", "latin1"), "é"],
    ["text/html", Buffer.from("é"), "é"],
  ])("reads a body of type %s", (type, bytes, text) => {
    expect(textOf([["content-type", type]], bytes)).toBe(text);
  });

  test("reads long broken text piece by piece", () => {
    const bytes = Buffer.concat([Buffer.from("a".repeat(10_000)), Buffer.from([0xff])]);

    expect(textOf([], bytes)).toBe(`${"a".repeat(10_000)}ÿ`);
  });
});
