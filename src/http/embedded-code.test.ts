import { describe, expect, test } from "vitest";
import { embeddedCodeOf } from "./embedded-code.ts";

const codeIn = (text: string) => embeddedCodeOf(Buffer.from(text, "latin1"));

describe("code within a binary file", () => {
  test("is read with the first bytes of the file before it", () => {
    expect(codeIn("\xff\xd8\xff\xe0\0\x10JFIF\0<?php eval($_POST['x']);?>\0\0")).toBe(
      "\xff\xd8\xff\xe0\0\x10JF<?php eval($_POST['x']);?>",
    );
  });

  test("is found behind openings that are accidents", () => {
    expect(codeIn(`\0<%\x01<%\x02<% Runtime.getRuntime() %>\0`)).toContain("Runtime");
  });

  test.each([
    ["a short run", "\0<?=ab\0"],
    ["a text, which is read anyway", "<?php eval($_POST['x']);?>"],
    ["no opening", "\0\x01\x02 some text of a picture \0"],
    ["nothing", ""],
  ])("is not seen in %s", (_what, text) => {
    expect(codeIn(text)).toBeUndefined();
  });

  test("stays bounded", () => {
    const started = performance.now();
    expect(codeIn("\0<%".repeat(400_000))).toBeUndefined();
    expect(codeIn(`\0<?php ${"a".repeat(10_000)}`)?.length).toBeLessThan(5_000);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
