import { describe, expect, test } from "vitest";
import { characterClass, characterMaskOf } from "./character-classes.ts";

describe("the mask of a value", () => {
  test("is empty for an empty value", () => {
    expect(characterMaskOf("")).toBe(0);
  });

  test.each([
    ["letters and digits", "aZ09", characterClass.letter | characterClass.digit],
    ["quotes apart", "'\"`", 0b1110000],
    ["both parentheses as one", "()", characterClass.parenthesis],
    ["a line end apart from a space", " \n", characterClass.space | characterClass.newline],
    ["NUL as a control character", "\0", characterClass.control],
    ["what is not ASCII", "é漢", characterClass.nonAscii],
  ])("knows %s", (_what, value, mask) => {
    expect(characterMaskOf(value)).toBe(mask);
  });

  test("tells two dots in a row from two dots apart", () => {
    expect(characterMaskOf("a.b.c") & characterClass.dotDot).toBe(0);
    expect(characterMaskOf("..") & characterClass.dotDot).not.toBe(0);
    expect(characterMaskOf(".é.") & characterClass.dotDot).toBe(0);
  });

  test("gives every ASCII character exactly one class", () => {
    for (let code = 0; code < 128; code++) {
      const mask = characterMaskOf(String.fromCharCode(code)) >>> 0;
      expect(mask.toString(2).replaceAll("0", "")).toBe("1");
    }
  });
});
