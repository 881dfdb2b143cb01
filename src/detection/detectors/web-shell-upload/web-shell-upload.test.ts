import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldsOfBody } from "../../../http/body-fields.ts";
import type { RequestHead } from "../../../model/exchange.ts";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { webShellUpload } from "./web-shell-upload.ts";

const request: RequestHead = {
  method: "POST",
  scheme: "https",
  authority: "shop.example",
  path: "/avatars",
  query: "",
  httpVersion: "1.1",
  headers: [["content-type", "multipart/form-data; boundary=b"]],
};

function detectName(value: string, field: Partial<Field> = {}, head = request): Match | undefined {
  return webShellUpload.detect(
    { location: "body", name: "f.filename", part: "value", type: "string", value, ...field },
    head,
  );
}

/** Of a whole upload, as the gateway reads it; the bytes are given as Latin-1. */
function detectUpload(content: string, name = "a.jpg"): Match | undefined {
  const body = `--b\r\ncontent-disposition: form-data; name="f"; filename="${name}"\r\n\r\n${content}\r\n--b--\r\n`;
  const { fields } = fieldsOfBody(request, Buffer.from(body, "latin1"));
  for (const field of fields) {
    const match = webShellUpload.detect(field, request);
    if (match !== undefined) return match;
  }
  return undefined;
}

describe("a file name", () => {
  test.each([
    "shell.php.jpg",
    "shell.jpg.php",
    "shell.php\0.jpg",
    "shell.php%00.png",
    "shell.php.",
    "shell.php. .",
    "shell.pHp5",
    "shell.asp;.jpg",
    "shell.aspx::$DATA",
    "shell.php/",
    "shell.jsp\n.png",
    "../../shell.phtml ",
  ])("that hides its ending is flagged with high confidence: %j", (name) => {
    expect(detectName(name)?.confidence).toBe("high");
  });

  test.each([
    "shell.php",
    "SHELL.PHP",
    "a.b.phtml",
    "x.jspx",
    "x.ashx",
    "x.cer",
    "x.cfm",
    "app.war",
    "sess_d8ew88tqmabdcokhumchy8htqm",
    "/tmp/sess_abc123def456ghi789jkl",
    ".user.ini",
  ])("with an executable ending is flagged with medium confidence: %j", (name) => {
    expect(detectName(name)?.confidence).toBe("medium");
  });

  test.each([
    "photo.jpg",
    "report.2024.pdf",
    "my.holiday.photos.zip",
    "notes about php.txt",
    "php.png",
    "sess_1",
    "archive.tar.gz",
    "component.aspect.json",
    "song.perl.mp3",
    "main.js",
    "script.sh",
    "file",
    ".gitignore",
    "",
  ])("of another kind is left alone: %j", (name) => {
    expect(detectName(name)).toBeUndefined();
  });

  test("counts less where source code is uploaded, or where it is only a field", () => {
    expect(detectName("index.php", {}, { ...request, path: "/api/plugins" })?.confidence).toBe(
      "low",
    );
    expect(detectName("index.php", { name: "$.filename" })?.confidence).toBe("low");
    expect(detectName("shell.php.jpg", { name: "$.filename" })?.confidence).toBe("medium");
  });

  test("is read in headers of uploads and in the path of a PUT", () => {
    expect(detectName("shell.php", { location: "header", name: "x-filename" })).toBeDefined();
    const put = { ...request, method: "PUT" };
    expect(detectName("shell.jsp", { location: "path", name: "0" }, put)?.confidence).toBe(
      "medium",
    );
    expect(detectName("shell.jsp", { location: "path", name: "0" })).toBeUndefined();
  });
});

describe("a file's content", () => {
  test.each([
    "GIF89a;<?php system($_GET['c']); ?>",
    "\xff\xd8\xff\xe0\0\x10JFIF\0\x01<?php eval($_POST['x']);?>\0\0",
    "\x89PNG\r\n\x1a\n\0\0<?=`$_GET[0]`?>           \0",
    "<?php @$_REQUEST['a']($_REQUEST['b']);",
    '<% Runtime.getRuntime().exec(request.getParameter("c")); %>',
    '<%eval request("c")%>',
    '<%@ Page Language="Jscript"%><%eval(Request.Item["pass"],"unsafe");%>',
    '<cfexecute name="cmd.exe" arguments="/c #url.c#"></cfexecute>',
    "<script language='php'>passthru($_GET[1])</script>",
    "AddType application/x-httpd-php .jpg",
    "auto_prepend_file=a.jpg",
  ])("that a server runs for its caller is flagged with high confidence: %j", (content) => {
    expect(detectUpload(content)?.confidence).toBe("high");
  });

  test.each([
    "<?php shell_exec('id'); ?>",
    '<% new ProcessBuilder("sh").start(); %>',
  ])("that runs commands is flagged with medium confidence: %j", (content) => {
    expect(detectUpload(content)?.confidence).toBe("medium");
  });

  test.each([
    "just a text",
    "<?xml version='1.0'?><svg/>",
    "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>",
    "<% items.each do |item| %><%= item.name %><% end %>",
    "<% if (user) { %><h2><%= user.name %></h2><% } %>",
    "In PHP a page begins with <?php and ends with ?>",
    "AddType text/vtt .vtt",
    "100 <% 200",
    "\xff\xd8\xff\xe0\0\x10JFIF\0\x01<%\x01\x02\x03<?=\x04\x05\0",
  ])("of another kind is left alone: %j", (content) => {
    expect(detectUpload(content)).toBeUndefined();
  });

  test("within a long text is only noted", () => {
    const text =
      "and so the attackers wrote a short page and kept it in the folder for pictures ".repeat(4);

    expect(detectUpload(`${text}<?php system($_GET['c']); ?> ${text}`)?.confidence).toBe("low");
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(
      ".php",
      ".jpg",
      "\0",
      "<?php ",
      "eval(",
      "$_GET",
      "<%",
      ";",
      "/",
      " ",
      "İ",
    );
    fc.assert(
      fc.property(fc.constantFrom("f", "f.filename"), fc.string({ unit }), (name, value) => {
        const match = detectName(value, { name });
        if (match === undefined) return;
        expect(match.start).toBeLessThanOrEqual(match.end);
      }),
    );
  });

  test.each([
    ".php",
    "<?php",
    "<% ",
    "eval",
    "<?=",
    "\0",
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detectName(value);
    detectName(value, { name: "f" });
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
