import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { ldapInjection } from "./ldap-injection.ts";

function detect(value: string, field: Partial<Field> = {}): Match | undefined {
  return ldapInjection.detect({
    location: "query",
    name: "q",
    part: "value",
    type: "string",
    value,
    ...field,
  });
}

describe("a filter that is left", () => {
  test.each([
    "*)(uid=*))(|(uid=*",
    "*)(&",
    "*))%00",
    "*()|&'",
    "*(|(mail=*))",
    "admin*)((|userPassword=*)",
    "void)(objectClass=users))(&(objectClass=void)",
    "x)!(sn=*",
    "a*a)(cn>=bob)",
    "val)&(cn=admin",
    "admin)(!(&(1=0",
    "*)(userPassword:2.5.13.18:=\\xx",
  ])("is flagged with high confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test.each(["test) ( & "])("is flagged with medium confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "medium" });
  });

  test.each([":) (hello=world)", "1) (2=two)"])("stays at low confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "low" });
  });

  test.each([
    "see above) (and more",
    "(a) (b=c)",
    "f(x)(y=1)",
    "(&(sn=administrator)(password=*))",
    "if (a) { (b = c) }",
    "foo)(bar",
    "(*)",
    "a*b",
    "",
  ])("is not seen in %j", (value) => {
    expect(detect(value)).toBeUndefined();
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(
      ")",
      "(",
      ")(a=",
      "*(",
      "x)(",
      "))((",
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

  test.each([")", "(", ")(a=", "*(", "x)(", "))(("])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
