import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Detection } from "../../../model/detection.ts";
import { informationLeaksIn } from "./information-leak.ts";

function leaksOf(text: string, status = 200, mediaType = "text/html"): readonly Detection[] {
  return informationLeaksIn(text, { status, mediaType });
}

function kindsOf(text: string, status?: number, mediaType?: string): string[] {
  return leaksOf(text, status, mediaType).map(({ name, confidence }) => `${name} ${confidence}`);
}

describe("an error of a database", () => {
  test.each([
    '{"error":"You have an error in your SQL syntax; check the manual"}',
    '{"message":"SQLSTATE[42000]: Syntax error or access violation: 1064"}',
    'ERROR: syntax error at or near "order" at character 12',
    "Unclosed quotation mark after the character string ''.",
    "java.sql.SQLException: ORA-00933: SQL command not properly ended",
    'sqlite3.OperationalError: near "1": syntax error',
    "DB2 SQL Error: SQLCODE=-104, SQLSTATE=42601",
    "[Microsoft][ODBC Microsoft Access Driver] Syntax error (missing operator)",
    "MongoServerError: unknown operator: $foo",
  ])("is seen in %s", (text) => {
    expect(kindsOf(text)).toContain("response.sql-error medium");
    expect(kindsOf(text, 400)).toContain("response.sql-error high");
  });

  test.each([
    '{"error":{"code":"SQL_ERROR","message":"The query could not be run."}}',
    '{"title":"Learn SQL","text":"Select the best syntax"}',
    '{"message":"near Paris","syntax":"error"}',
    "ORA-00933",
    "The order 42000 has an error in it",
  ])("is not seen in %s", (text) => {
    expect(leaksOf(text)).toEqual([]);
  });
});

describe("a stack trace", () => {
  test.each([
    [
      "Java",
      'Exception in thread "main" java.lang.NullPointerException\n\tat com.shop.Cart.total(Cart.java:42)\n\tat com.shop.Api.get(Api.java:17)\n',
    ],
    [
      ".NET",
      "System.NullReferenceException: x\r\n   at Shop.Cart.Total() in C:\\src\\Cart.cs:line 42\r\n   at Shop.Api.Get(Int32 id) in C:\\src\\Api.cs:line 7",
    ],
    [
      "Node.js",
      '{"stack":"TypeError: x\\n    at total (/app/cart.js:42:7)\\n    at /app/api.js:3:1"}',
    ],
    ["Node.js", '{"stack":["at total (/app/cart.js:42:7)","at next (/app/api.js:3:1)"]}'],
    [
      "Python",
      'Traceback (most recent call last):\n  File "/app/cart.py", line 42, in total\n    return x\nNameError',
    ],
    ["PHP", "<b>Fatal error</b>:  Uncaught Error in <b>/var/www/cart.php</b> on line <b>42</b>"],
    ["PHP", "#0 /var/www/cart.php(42): total()\n#1 /var/www/api.php(7): get()"],
    ["Ruby", "app/models/cart.rb:42:in `total'\napp/controllers/api.rb:7:in `get'"],
    ["Go", "goroutine 1 [running]:\nmain.total()\n\t/app/cart.go:42 +0x1d\n"],
    ["Rust", "thread 'main' panicked at src/cart.rs:42:7"],
  ])("of %s is seen", (language, text) => {
    const [leak] = leaksOf(text, 500);

    expect(leak).toMatchObject({ name: "response.stack-trace", confidence: "high" });
    expect(leak?.explanation).toContain(language);
  });

  test.each([
    '{"stack":"full","trace":"off"}',
    '{"error":"Failed at step 3 (build.js:12)"}',
    "at noon (see cart.java:1) we met",
    '{"files":["src/app.ts:3:1","src/b.ts:4:2"]}',
    "Warning: the shop is closed on line 4",
    '{"at":"12:30:15","until":"13:00:00"}',
    "goroutine is a word of Go",
  ])("is not seen in %s", (text) => {
    expect(leaksOf(text, 500)).toEqual([]);
  });
});

describe("other things", () => {
  const key = `-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA${"q8Zt7Lk2Pw9XbR4v".repeat(4)}\n-----END RSA PRIVATE KEY-----`;

  test.each([
    ["source-code high", "<?php\n$db = new PDO('mysql:host=localhost');", 200, "text/html"],
    ["source-code medium", "<p>Hi</p><?php echo $name; ?>", 200, "text/html"],
    ["source-code high", '<%@ page import="java.util.*" %>', 200, "text/html"],
    ["directory-listing medium", "<html><title>Index of /backup</title>", 200, "text/html"],
    ["secret high", key, 200, "application/json"],
    ["secret high", JSON.stringify({ key }), 200, "application/json"],
    ["secret medium", '{"id":"AKIA4XQ7ZP2MN8LKR3TV"}', 200, "application/json"],
    ["system-file medium", "root:x:0:0:root:/root:/bin/bash\n", 200, "text/plain"],
    ["shell-output medium", "uid=0(root) gid=0(root) groups=0(root)", 200, "text/html"],
    ["program-error high", '{"message":"Cannot read properties of undefined"}', 500, "text/html"],
    ["debug-page high", "<h1>Server Error in '/' Application.</h1>", 500, "text/html"],
  ] as const)("are seen: %s", (kind, text, status, mediaType) => {
    expect(kindsOf(text, status, mediaType)).toContain(`response.${kind}`);
  });

  test.each([
    ["<html><title>Index of prices</title><h1>Index</h1>", "text/html"],
    ["&lt;?php echo $name; ?&gt;", "text/html"],
    ["<?xml version='1.0'?><feed/>", "application/xml"],
    ["-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----", "text/html"],
    ["-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA7", "text/plain"],
    ['{"id":"AKIAIOSFODNN7EXAMPLE"}', "application/json"],
    ['{"key":"sk_live_xxxxxxxxxxxxxxxxxxxxxxxx"}', "application/json"],
    ['{"token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"}', "application/json"],
    ['{"error":"NameError","message":"The name is taken."}', "application/json"],
    ['{"npm_config":"x","uid":0,"root":"x"}', "application/json"],
    ["", "text/html"],
  ])("are not seen in %s", (text, mediaType) => {
    expect(leaksOf(text, 200, mediaType)).toEqual([]);
  });

  test("keep nothing of a credential but its prefix", () => {
    const [leak] = leaksOf('{"id":"AKIA4XQ7ZP2MN8LKR3TV"}');

    expect(leak).toMatchObject({ value: "AKIA", evidence: "AKIA" });
  });
});

describe("an article about errors", () => {
  const prose = "We had an error in our shop and this is what we learned from it ".repeat(6);

  test.each([
    "You have an error in your SQL syntax; check the manual",
    'Traceback (most recent call last):\n File "/app/cart.py", line 42, in total\n',
    "<?php echo $name; ?>",
  ])("is only noted: %s", (quote) => {
    const [leak] = leaksOf(`<h1>Post</h1><p>${prose}</p><pre>${quote}</pre><p>${prose}</p>`);

    expect(leak?.confidence).toBe("low");
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(
      "at a (x.js:1:2)",
      "\n",
      "\\n",
      '"',
      "<?php $",
      "ORA-00933:",
      "AKIA",
      "PRIVATE KEY-----",
      "<br>",
      " a",
      "İ",
    );
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        for (const { span, value } of leaksOf(text)) {
          expect(span.start).toBeLessThanOrEqual(span.end);
          expect(span.end).toBeLessThanOrEqual(value.length);
        }
      }),
    );
  });

  test.each([
    "at a (x.js:1:2",
    "AKIA",
    "-----BEGIN PRIVATE KEY-----",
    "<?php ",
    ".java:\\n",
    "root:x:0:0:",
    '","',
    "<br",
    "\\t",
  ])("stays linear on a megabyte of %j", (pump) => {
    const text = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    leaksOf(text);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
