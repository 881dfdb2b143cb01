import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { findClimb } from "./climb.ts";
import { pathTraversal } from "./path-traversal.ts";
import { readPathText } from "./path-units.ts";

function detect(value: string, field: Partial<Field> = {}): Match | undefined {
  return pathTraversal.detect({
    location: "query",
    name: "file",
    part: "value",
    type: "string",
    value,
    ...field,
  });
}

describe("a value that is a path and climbs", () => {
  test.each([
    ["to the root", "../../../etc/passwd"],
    ["after going down", "img/../../../etc/passwd"],
    ["with backslashes", "..\\..\\windows\\win.ini"],
    ["behind empty and dot segments", ".//..//./..//etc"],
    ["past a filter that removes the climb once", "....//....//etc/passwd"],
    ["with three dots twice", ".../.../WINDOWS/win.ini"],
    ["with path parameters", "..;/..;/manager/html"],
    ["with NUL bytes between", "..\0/..\0/etc/passwd"],
    ["with control bytes between", "..\x01/..\x01/etc/passwd"],
    ["with wildcards for dots", "??/??/etc/passwd"],
    ["percent-encoded once more", "%2e%2e%2f%2e%2e%2fetc%2fpasswd"],
    ["percent-encoded twice more", "..%252f..%252fetc"],
    ["with doubly encoded digits", "%%32%65%%32%65/%%32%65%%32%65/boot.ini"],
    ["with overlong UTF-8", "%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd"],
    ["with long overlong UTF-8", "%f0%80%80%ae%f0%80%80%ae%f0%80%80%afetc"],
    ["with %u escapes", "..%u2215..%u2216etc"],
    ["with wide characters", "．．／．．／etc"],
    ["with bare hexadecimal", "..2f..2fetc2fpasswd"],
    ["with C escapes", "0x2e0x2e0x2f0x2e0x2e0x2fetc"],
    ["with escapes that a reader drops", ".\\.\\/.\\.\\/etc"],
    ["with an invalid overlong end", "..%c0%9v..%c0%qfetc"],
  ])("is flagged with high confidence when it does so %s", (_how, value) => {
    expect(detect(value)?.confidence).toBe("high");
  });

  test("tells how far and to what", () => {
    expect(detect("a/../../../etc/passwd")?.explanation).toContain(
      'leaves its folder by 2 folders to reach "etc/passwd"',
    );
  });

  test("spans the path, not what stands around it", () => {
    const value = "file=%2e%2e/%2e%2e/etc/passwd&x=1";
    const match = detect(value);
    expect(value.slice(match?.start, match?.end)).toBe("%2e%2e/%2e%2e/etc/passwd");
  });

  test("is less sure of a single step up, which honest links use", () => {
    expect(detect("../config.asp")?.confidence).toBe("medium");
    expect(detect("..\\pineapple")?.confidence).toBe("medium");
  });

  test("stays at low confidence in a body when it links to a document", () => {
    for (const value of ["../logo.png", "../../tsconfig.base.json", "../docs/setup.md"]) {
      expect(detect(value, { location: "body" })?.confidence).toBe("low");
    }
  });

  test("overflows a path with padding", () => {
    expect(detect(`${"A".repeat(512)}../etc/passwd`)?.confidence).toBe("high");
    expect(detect(`/${"A".repeat(1026)}/../x`)?.confidence).toBe("medium");
    expect(detect(`/srv/page${"/.".repeat(200)}`)?.confidence).toBe("medium");
    expect(detect(`${".".repeat(74)}/boot.ini`)?.confidence).toBe("high");
  });
});

describe("a value that names a file of the host", () => {
  test.each([
    ["/etc/passwd", "high"],
    ["/etc/passwd\0.jpg", "high"],
    ["\0/etc/shadow\0", "high"],
    ["/proc/self/environ", "high"],
    ["C:\\Windows\\win.ini", "high"],
    ["/C:/inetpub/wwwroot/global.asa", "high"],
    ["c:windows\\system32\\drivers\\etc\\hosts", "medium"],
    ["\\xampp\\phpmyadmin\\config.inc", "medium"],
    ["/var/log/apache2/access.log", "medium"],
    ["/root/.ssh/id_rsa", "high"],
    ["WEB-INF/web.xml", "medium"],
    [".git/config", "medium"],
    [".env.production", "medium"],
    ["etc/passwd", "medium"],
    ["/@fs/etc/passwd", "high"],
    ["index.php\0", "medium"],
    ["\\\\evil.example\\share\\x.php", "medium"],
    ["php://filter/convert.base64-encode/resource=index", "high"],
    [" ExPeCt://id", "high"],
    ["file:///etc/passwd", "high"],
    ["file:///C:/Windows/win.ini", "high"],
    ["data://text/plain;base64,PD9waHA=", "high"],
  ])("is flagged: %j", (value, confidence) => {
    expect(detect(value)?.confidence).toBe(confidence);
  });
});

describe("leaves alone", () => {
  test.each([
    ["what stays inside", "img/../logo.png"],
    ["dots in a name", "v1..2/notes...txt"],
    ["a version range", "1..2"],
    ["prose with an ellipsis", "wait... and/or maybe.. not"],
    ["an ellipsis before a slash", "read/write/.../delete"],
    ["a Go package pattern", "./..."],
    ["a dotted end of a segment", "/get/foo../1234"],
    ["an empty value", ""],
    ["an object key", "uploads/2026/11/photo (1).png"],
    ["a Windows document", "C:\\Users\\me\\Documents\\x.txt"],
    ["a Unix program", "/usr/local/bin/node"],
    ["a home folder", "/home/me/photo.jpg"],
    ["a route", "/logs/2026"],
    ["a picture in a data URL", "data:image/png;base64,iVBORw0KGgo="],
    ["a web address", "https://shop.example/a/b?c=d"],
    ["a well-known address", "/.well-known/openid-configuration"],
    ["one import in code", "import { x } from '../x.ts';"],
    ["a diff", "--- a/src/x.ts\n+++ b/src/x.ts\n@@ -1 +1 @@"],
    ["a stack trace", "at run (/srv/app/node_modules/x/index.js:1:2)"],
    ["a regular expression", "^(.*?)/../[a-z]+$"],
    ["a mention of a file", "The users are in /etc/passwd, as everyone knows."],
    ["a field name", "authorized_keys"],
    ["a source address", "file.txt?v=1..2"],
  ])("%s", (_what, value) => {
    expect(detect(value, { location: "body", name: "$.text" })).toBeUndefined();
  });

  test.each([
    ["several imports", "import a from '../../a.ts';\nimport b from '../../b.ts';"],
    ["a local file of a device", "file:///github/workspace/"],
    ["a share in the own network", "\\\\fileserver\\team\\plan.docx"],
  ])("but notes with low confidence %s", (_what, value) => {
    expect(detect(value, { location: "body", name: "$.text" })?.confidence).toBe("low");
  });

  test("a literal dot-dot segment of the path", () => {
    const match = detect("..", { location: "path", name: "1" });
    expect(match?.confidence ?? "low").toBe("low");
  });
});

describe("reading", () => {
  test("maps every character of the text back into the value", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."./\\%2e5cufA0x\0c0ae…Á") }), (value) => {
        const path = readPathText(value);
        const offsets = path.offsets ?? Uint32Array.from({ length: value.length + 1 }, (_, i) => i);
        for (let at = 0; at < path.text.length; at++) {
          expect(offsets[at + 1]).toBeGreaterThanOrEqual(offsets[at] ?? 0);
          expect(offsets[at + 1]).toBeLessThanOrEqual(value.length);
        }
      }),
    );
  });

  test("never counts fewer levels when a climb is put in front", () => {
    const segment = fc.constantFrom("..", ".", "a", "", "...", "b.c");
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 12 }), (segments) => {
        const path = segments.join("/");
        const before = findClimb(readPathText(path))?.levels ?? 0;
        const after = findClimb(readPathText(`../${path}`))?.levels ?? 0;
        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test.each([
    "../",
    "%2e",
    "%25",
    "%c0%ae",
    "..2f",
    "�",
    "/.",
    ".. ",
    "0x2e",
    "\0",
    ".\\.",
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
