import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { serverSideInclude } from "./server-side-include.ts";

function detect(value: string, field: Partial<Field> = {}): Match | undefined {
  return serverSideInclude.detect({
    location: "query",
    name: "q",
    part: "value",
    type: "string",
    value,
    ...field,
  });
}

describe("a directive of a server", () => {
  test.each([
    '<!--#exec cmd="id" -->',
    '<!--#include virtual="/etc/passwd"-->',
    '<!--#echo var="DATE_LOCAL" -->',
    "<pre><!-- #printenv --></pre>",
    '<esi:include src="http://evil.example/"/>',
  ])("is flagged with high confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test.each([
    'You can put a line such as <!--#echo var="DATE_LOCAL" --> in your page and see the date',
  ])("stays at low confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "low" });
  });

  test.each([
    "<!-- a comment -->",
    "<!-- # heading -->",
    "<!--[if IE]>x<![endif]-->",
    "#include <stdio.h>",
    "",
  ])("is not seen in %j", (value) => {
    expect(detect(value)).toBeUndefined();
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(
      "<!--",
      "<!--#",
      "<!--#ex",
      "<esi",
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

  test.each(["<!--", "<!--#", "<!--#ex", "<esi"])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
