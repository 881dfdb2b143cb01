import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RequestHead } from "../../../model/exchange.ts";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { openRedirect } from "./open-redirect.ts";

const request: RequestHead = {
  method: "GET",
  scheme: "https",
  authority: "www.shop.example:8443",
  path: "/login",
  query: "",
  httpVersion: "1.1",
  headers: [],
};

function detect(value: string, field: Partial<Field> = {}, head = request): Match | undefined {
  return openRedirect.detect(
    { location: "query", name: "next", part: "value", type: "string", value, ...field },
    head,
  );
}

describe("an address of another site", () => {
  test.each([
    "//evil.example",
    "//evil.example/shop.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/\\/evil.example/",
    "/\t/evil.example",
    "\u0001//evil.example",
    "http:evil.example",
    "https:///evil.example",
    "https:\\\\evil.example",
    "https://www.shop.example@evil.example/",
    "https://evil.example\\@www.shop.example",
    "https://evil.example?@www.shop.example",
    "//evil.example/%2f..",
    "/https://evil.example/%2e%2e",
    "//evil\u3002example",
    "http://user@0xd83ad6ce",
    "HTTPS:evil.example",
  ])("is flagged with high confidence where the user goes on: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test.each([
    "https://evil.example/phish",
    "http://shop.example.evil.example/",
    "https://evilshop.example",
    "@evil.example",
    ".evil.example/x",
  ])("is flagged with medium confidence when it is plain: %j", (value) => {
    expect(detect(value)).toMatchObject({ confidence: "medium" });
  });

  test.each<[string, Partial<Field>, string | undefined]>([
    ["return_to", { name: "return_to" }, "medium"],
    ["ReturnUrl", { name: "ReturnUrl" }, "medium"],
    ["a form's field", { name: "login[redirect_to]" }, "medium"],
    ["redirect_uri of OAuth", { name: "redirect_uri" }, "low"],
    ["a payment's success_url", { name: "$.success_url", location: "body" }, undefined],
    ["return_to in a document", { name: "$.return_to", location: "body" }, "low"],
    ["url", { name: "url" }, undefined],
    ["website", { name: "$.website", location: "body" }, undefined],
    ["the referer", { name: "referer", location: "header" }, undefined],
  ])("is judged by its field: %s", (_which, field, confidence) => {
    expect(detect("https://evil.example/x", field)?.confidence).toBe(confidence);
  });

  test.each<[string, Partial<Field>, string | undefined]>([
    ["url", { name: "url" }, "medium"],
    ["a search", { name: "q" }, "low"],
    ["an avatar", { name: "$.avatar", location: "body" }, undefined],
  ])("without its scheme is judged by its field: %s", (_which, field, confidence) => {
    expect(detect("//cdn.example/x.png", field)?.confidence).toBe(confidence);
  });

  test.each([
    "////evil.example/%2f..",
    "https:///evil.example",
    "/\\evil.example",
  ])("in a spelling that nobody needs is flagged in any field: %j", (value) => {
    expect(detect(value, { name: "q" })).toMatchObject({ confidence: "medium" });
  });

  test("is not judged plain when the request's host is not known", () => {
    const field: Field = {
      location: "query",
      name: "next",
      part: "value",
      type: "string",
      value: "https://evil.example/",
    };

    expect(openRedirect.detect(field)).toMatchObject({ confidence: "low" });
  });
});

describe("what stays on the site", () => {
  test.each([
    "/account",
    "/account?tab=orders#last",
    "account/orders",
    "https://www.shop.example/account",
    "https://www.shop.example:8443/account",
    "https://api.shop.example/x",
    "https://shop.example",
    "//static.shop.example/x",
    "/items/a.b/c@d",
    "/2024/05/01",
    "./next",
    "..",
    "@ann",
    "cursor_abc.def",
    "1.5",
    "mailto:ann@shop.example",
    "shopapp://open/item/1",
    "https://",
    "//",
    "// a comment. see below",
    "",
  ])("is left alone: %j", (value) => {
    expect(detect(value)).toBeUndefined();
  });

  test("reads sites below a country's second level", () => {
    const head = { ...request, authority: "shop.co.uk" };

    expect(detect("https://www.shop.co.uk/x", {}, head)).toBeUndefined();
    expect(detect("https://evil.co.uk/x", {}, head)?.confidence).toBe("medium");
  });

  test.each([
    "\\\\fileserver.corp.example\\share\\report.docx",
    "//\tfirst.line\n// second.line",
    "ftp://ann:secret@files.example/x",
    "https://bob@git.example/repo.git",
    "///etc/hosts",
    "/// <reference types='node' />",
  ])("is left alone in ordinary fields: %j", (value) => {
    expect(detect(value, { name: "$.text", location: "body" })).toBeUndefined();
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(
      "//",
      "\\",
      "http:",
      "@",
      ".",
      "a",
      "\t",
      "%2f",
      " ",
      "?",
      "。",
      "[",
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

  test.each(["/", "\\", "http:", "//a.b", " ", "@"])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
