import type { Confidence } from "../../../model/detection.ts";

/** Code within a file that a web server runs. */
export interface ShellCode {
  readonly confidence: Confidence;
  readonly start: number;
  readonly end: number;
  readonly language: string;
  /** What it does, in a few words. */
  readonly what: string;
}

const windowCharsMax = 4096;
const openingsMax = 8;

const openings: readonly (readonly [text: string, language: string])[] = [
  ["<?php", "PHP"],
  ["<?=", "PHP"],
  ["<%", "JSP or ASP"],
  ['<script language="php"', "PHP"],
  ["<script language='php'", "PHP"],
  ["<script language=php", "PHP"],
  ["<cfexecute", "ColdFusion"],
  ["<jsp:scriptlet", "JSP"],
];

/** The first code of a server page that runs what the client sends, or commands. */
export function shellCodeIn(value: string): ShellCode | undefined {
  const lower = value.toLowerCase();
  for (const [text, language] of openings) {
    let start = lower.indexOf(text);
    for (let nth = 0; start >= 0 && nth < openingsMax; nth++) {
      const found = judge(lower.slice(start, start + windowCharsMax), language);
      if (found !== undefined)
        return { ...found, language, start, end: Math.min(value.length, start + 256) };
      start = lower.indexOf(text, start + text.length);
    }
  }
  return undefined;
}

/** Settings by which a folder's server runs pictures (`.htaccess`, `.user.ini`). */
export function serverSettingIn(value: string): ShellCode | undefined {
  const lower = value.slice(0, windowCharsMax).toLowerCase();
  for (const setting of settings) {
    const start = lower.indexOf(setting);
    if (start < 0 || !(start === 0 || lower.charCodeAt(start - 1) <= 0x20)) continue;
    const end = lineEnd(lower, start);
    if (!interpreters.some((name) => lower.slice(start, end).includes(name))) continue;
    return {
      confidence: "high",
      start,
      end,
      language: "server",
      what: "make the server run files of other kinds",
    };
  }
  return undefined;
}

const settings: readonly string[] = [
  "addtype ",
  "addhandler ",
  "sethandler ",
  "php_value ",
  "auto_prepend_file",
  "auto_append_file",
];
const interpreters: readonly string[] = [
  "php",
  "cgi",
  "server-parsed",
  "auto_prepend_file",
  "auto_append_file",
  "lua-script",
];

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function judge(code: string, language: string): Pick<ShellCode, "confidence" | "what"> | undefined {
  if (language === "ColdFusion") return { confidence: "high", what: "run a command" };
  const inputs = language === "PHP" ? phpInputs : pageInputs;
  const runners = language === "PHP" ? phpRunners : pageRunners;
  const runs =
    runners.find((runner) => hasWord(code, runner)) ??
    (hasBackticks(code, language) ? "backticks" : undefined);
  if (runs === undefined) return undefined;
  const isDriven = inputs.some((input) => code.includes(input));
  return isDriven
    ? { confidence: "high", what: `hand what a client sends to "${runs}"` }
    : { confidence: "medium", what: `call "${runs}"` };
}

const phpInputs: readonly string[] = [
  "$_get",
  "$_post",
  "$_request",
  "$_cookie",
  "$_server",
  "$_files",
  "php://input",
  "getallheaders",
  "${'_'",
];
const phpRunners: readonly string[] = (
  "system exec shell_exec passthru popen proc_open pcntl_exec eval assert create_function call_user_func call_user_func_array " +
  "array_map array_filter preg_replace include require include_once require_once file_put_contents move_uploaded_file fwrite " +
  "base64_decode gzinflate str_rot13 fsockopen phpinfo $_get[ $_post[ $_request["
).split(" ");

const pageInputs: readonly string[] = [
  "request.getparameter",
  "request.getheader",
  "request.getinputstream",
  "request.getreader",
  "request(",
  "request.item",
  "request.form",
  "request.querystring",
  "request[",
  "request.inputstream",
  "request.files",
];
const pageRunners: readonly string[] = (
  "getruntime processbuilder defineclass eval execute executeglobal wscript.shell process.start system.diagnostics " +
  "fileoutputstream filesystemobject adodb.stream cmd.exe /bin/sh assembly.load scriptenginemanager processstartinfo"
).split(" ");

/** `eval` and not `medieval` or `evaluate`. */
function hasWord(code: string, word: string): boolean {
  for (let at = code.indexOf(word); at >= 0; at = code.indexOf(word, at + word.length)) {
    const isStart = at === 0 || !isWordCode(code.charCodeAt(at - 1)) || word.startsWith("$");
    const isEnd = !isWordCode(code.charCodeAt(at + word.length)) || word.endsWith("[");
    if (isStart && isEnd) return true;
  }
  return false;
}

function hasBackticks(code: string, language: string): boolean {
  return language === "PHP" && code.includes("`$");
}

function isWordCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f;
}
