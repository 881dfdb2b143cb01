import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { mailInjection } from "./mail-injection.ts";

function detect(value: string, field: Partial<Field> = {}): Match | undefined {
  return mailInjection.detect({
    location: "query",
    name: "subject",
    part: "value",
    type: "string",
    value,
    ...field,
  });
}

describe("a command of a mail server", () => {
  test.each([
    "a@shop.example>\r\nRCPT TO:<all@evil.example>",
    "x\r\nMAIL FROM: <a@evil.example>\r\nRCPT TO: <b@c.example>\r\nDATA\r\nhi\r\n.\r\n",
    "INBOX\r\nA001 DELETE INBOX",
    '"\r\nV100 CAPABILITY\r\nV101 FETCH 4791',
  ])("is flagged with high confidence: %j", (value) => {
    expect(detect(value, { name: "q" })).toMatchObject({ confidence: "high" });
  });

  test.each([
    "x\r\nDATA\r\nhello\r\n.\r\nQUIT",
    "x\r\nUSER admin\r\nPASS secret",
  ])("that is a word elsewhere is flagged with others: %j", (value) => {
    expect(detect(value, { name: "q" })).toMatchObject({ confidence: "medium" });
  });

  test("is only noted in a transcript", () => {
    const log = `I tried it by hand:\n\nEHLO me\nMAIL FROM:<a@b.example>\n${"and it hung ".repeat(40)}`;

    expect(detect(log, { location: "body", name: "$.text" })?.confidence).toBe("low");
  });

  test.each([
    "Dear Ann,\nDATA is on the disk\nQUIT your job",
    "one\nDATA",
    "To do:\nRCPT TO be decided",
    "List:\nA1 LOGO\nA2 list of names",
    "USER guide\nfor all",
    "RCPT TO:<a@b.example>",
    "",
  ])("is not seen in %j", (value) => {
    expect(detect(value, { name: "q" })).toBeUndefined();
  });
});

describe("a header of a mail", () => {
  test.each<[string, string]>([
    ["subject", "Hello\r\nBcc: all@evil.example"],
    ["$.contact.email", "a@shop.example\nCc: b@evil.example"],
    ["first_name", "Ann\r\nContent-Type: text/html"],
    ["your-name", "Ann\r\nTo: b@evil.example"],
  ])("is flagged in the field %s: %j", (name, value) => {
    expect(detect(value, { name })?.confidence).toBe("high");
  });

  test.each<[string, string]>([
    ["message", "Hello\r\nBcc: all@evil.example"],
    ["subject", "Hello\nTo: be decided"],
    ["address", "Main street 1\nFrom: the left"],
    ["subject", "Hello Bcc: all@evil.example"],
  ])("is left alone in the field %s: %j", (name, value) => {
    expect(detect(value, { name })).toBeUndefined();
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(
      "\r\n",
      "RCPT TO:<",
      "A1 LIST",
      "DATA",
      "Bcc:",
      "@",
      "a",
      " ",
      ".",
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

  test.each(["\n", "\nDATA", "\na1 ", "a b "])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
