import { describe, expect, test } from "vitest";
import { nearestWord } from "./nearest-word.ts";

const known = ["upstream", "upstreams", "mode", "requestHeadMs", "attack-detection"];

describe("the nearest word", () => {
  test.each([
    ["upstrem", "upstream"],
    ["Mode", "mode"],
    ["request_head_ms", "requestHeadMs"],
    ["atack-detection", "attack-detection"],
    ["mdoe", "mode"],
  ])("to %s is %s", (word, nearest) => {
    expect(nearestWord(word, known)).toBe(nearest);
  });

  test.each(["", "x", "database", "constructor"])("to %j is none", (word) => {
    expect(nearestWord(word, known)).toBeUndefined();
  });
});
