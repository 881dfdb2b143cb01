import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { headerInjection } from "./header-injection.ts";

function detect(value: string, field: Partial<Field> = {}): Match | undefined {
  return headerInjection.detect({
    location: "query",
    name: "q",
    part: "value",
    type: "string",
    value,
    ...field,
  });
}

describe("a header that is left", () => {
  test.each([
    "x\r\nSet-Cookie: a=b",
    "x\rLocation: http://evil.example",
    "\nrefresh: www.evil.example",
    "x\r\n\r\nHTTP/1.1 200 OK\r\n",
    "ann@shop.example\r\nBcc: all@evil.example",
    "嘊嘍Set-Cookie: a=b",
    "\r\nRemote-addr\r\r: foo.example",
    "x\nX-Forwarded-For: 127.0.0.1",
  ])("is flagged with high confidence: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test.each([
    "Hello\nWorld",
    "Dear Bob,\nLocation: the big room\nDate: tomorrow",
    "a: 1\nb: 2\nc: 3",
    "To: Bob\nFrom: Ann",
    "line one\nNote: this is a note",
    "Set-Cookie: a=b",
    "",
  ])("is not seen in %j", (value) => {
    expect(detect(value)).toBeUndefined();
  });

  test("is medium in a short value of a body, and low in a longer text", () => {
    const field = { location: "body", name: "$.text" } as const;
    const message = "GET / HTTP/1.1\r\nHost: shop.example\r\nContent-Type: text/plain\r\n\r\nhello";

    expect(detect("x\r\nSet-Cookie: a=b", field)?.confidence).toBe("medium");
    expect(detect(`I recorded this:\n\n${message}`, field)?.confidence).toBe("low");
  });

  test("is seen in line ends of names and paths", () => {
    expect(detect("a\r\n", { part: "name" })?.confidence).toBe("medium");
    expect(detect("a\nb", { location: "path", name: "1" })?.confidence).toBe("medium");
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(
      "\n",
      "\r\na:",
      "a\n",
      "嘊",
      "\nHTTP/",
      "\n ",
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
    "\n",
    "\r\na:",
    "a\n",
    "嘊",
    "\nHTTP/",
    "\n ",
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
