import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../model/field.ts";
import { characterClass } from "./character-classes.ts";
import type { Detector } from "./detector.ts";
import { createFirstLook } from "./first-look.ts";

function detectorOf(more: Partial<Detector>): Detector {
  return { id: "some", summary: "Some.", requires: [], detect: () => undefined, ...more };
}

function maskOf(value: string): number {
  const look = createFirstLook([]);
  look.lookAt(value);
  return look.mask;
}

const field: Field = {
  location: "query",
  name: "q",
  value: "",
  part: "value",
  type: "string",
};

describe("the first look at a value", () => {
  test("sees no character class in an empty value", () => {
    expect(maskOf("")).toBe(0);
  });

  test.each([
    ["letters and digits", "aZ09", characterClass.letter | characterClass.digit],
    ["quotes apart", "'\"`", 0b1110000],
    ["both parentheses as one", "()", characterClass.parenthesis],
    ["a line end apart from a space", " \n", characterClass.space | characterClass.newline],
    ["NUL as a control character", "\0", characterClass.control],
    ["what is not ASCII", "é漢", characterClass.nonAscii],
  ])("knows %s", (_what, value, mask) => {
    expect(maskOf(value)).toBe(mask);
  });

  test("gives every ASCII character exactly one class", () => {
    for (let code = 0; code < 128; code++) {
      const mask = maskOf(String.fromCharCode(code)) >>> 0;
      expect(mask.toString(2).replaceAll("0", "")).toBe("1");
    }
  });

  test("lets through exactly the detectors of which the value has a sign", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "b", "c", "-", "<"),
      maxLength: 4,
      minLength: 1,
    });
    const texts = fc.array(fc.array(text, { maxLength: 4 }), { minLength: 1, maxLength: 6 });
    const values = fc.array(
      fc.string({ unit: fc.constantFrom("a", "A", "b", "B", "c", "-", "<", "é"), maxLength: 24 }),
    );
    fc.assert(
      fc.property(texts, values, (groups, searched) => {
        const detectors = groups.map((group) =>
          detectorOf({ signs: { classes: 0, texts: group } }),
        );
        const look = createFirstLook(detectors);
        for (const value of searched) {
          look.lookAt(value);
          const lower = value.toLowerCase();
          expect(look.candidates.remembered.map((lookout) => look.hasSign(lookout, field))).toEqual(
            groups.map((group) => group.some((sign) => lower.includes(sign))),
          );
        }
      }),
    );
  });

  test("leaves the detectors whose required classes all occur, however many values came before", () => {
    const requires = [characterClass.digit, characterClass.slash, characterClass.dot];
    const detectors = requires.map((first) =>
      detectorOf({ requires: [characterClass.letter, first] }),
    );
    const look = createFirstLook(detectors);
    const values = fc.string({ unit: fc.constantFrom(..."a1/.'\"#<>é \n(["), maxLength: 12 });
    fc.assert(
      fc.property(values, (value) => {
        look.lookAt(value);
        const expected = detectors.filter(
          (_detector, index) => value.includes("a") && value.includes("1/.".charAt(index)),
        );
        expect(look.candidates.remembered.map(({ detector }) => detector)).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  test("takes the Kelvin sign for the letter that it is in lower case", () => {
    const look = createFirstLook([detectorOf({ signs: { classes: 0, texts: ["ok"] } })]);
    look.lookAt("o\u212a");
    expect(look.candidates.remembered.map((lookout) => look.hasSign(lookout, field))).toEqual([
      true,
    ]);
  });

  test.each(["", "É", "Upper", "a\0b"])("refuses %j as a sign", (sign) => {
    const detector = detectorOf({ signs: { classes: 0, texts: [sign] } });
    expect(() => createFirstLook([detector])).toThrow("Not a sign");
  });
});
