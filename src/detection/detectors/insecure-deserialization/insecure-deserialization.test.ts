import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { insecureDeserialization } from "./insecure-deserialization.ts";

function detect(value: string, field: Partial<Field> = {}): Match | undefined {
  return insecureDeserialization.detect({
    location: "query",
    name: "q",
    part: "value",
    type: "string",
    value,
    ...field,
  });
}

describe("a serialised object", () => {
  test.each([
    "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==",
    "aced000573720011",
    'O:18:"PHPObjectInjection":1:{s:6:"inject";s:4:"a()";}',
    'a:1:{i:0;O:8:"stdClass":0:{}}',
    "_$$ND_FUNC$$_function(){}()",
    '!!python/object/apply:os.system ["id"]',
    "--- !ruby/object:Gem::Requirement",
    "!!javax.script.ScriptEngineManager [x]",
    "cos\nsystem\n(S'id'\ntR.",
    "AAEAAAD/////AQAAAAAAAAAMAgAA",
    "com.sun.rowset.JdbcRowSetImpl",
    "System.Windows.Data.ObjectDataProvider, PresentationFramework",
    '<object class="java.beans.XMLDecoder">',
  ])("is flagged with high confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test.each([
    'a:2:{s:10:"admin_hash";N;s:4:"hmac";R:2;}',
    "gASVIAAAAAAAAACMBXBvc2l4lIwGc3lzdGVt",
  ])("is flagged with medium confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "medium" });
  });

  test.each([
    "Our advisory about JdbcRowSetImpl says that one should never read such objects",
  ])("stays at low confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "low" });
  });

  test.each([
    'a:2:{s:4:"name";s:3:"Bob";s:3:"age";i:5;}',
    "eyJhbGciOiJIUzI1NiJ9",
    "gASVdoor",
    "PTO:8:30",
    "!!important",
    "an event handler in java",
    "Gem::Version",
    "!include x.yml",
    "Note: O:2 is oxygen",
    "",
  ])("is not seen in %j", (value) => {
    expect(detect(value)).toBeUndefined();
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(
      'O:8:"',
      "O:",
      "a:",
      "!!",
      "cos\n",
      "transformer.",
      "rO0AB",
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
    'O:8:"',
    "O:",
    "a:",
    "!!",
    "cos\n",
    "transformer.",
    "rO0AB",
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
