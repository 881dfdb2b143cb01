import type { FieldPlace, FieldSink } from "./field-sink.ts";
import { jsonStringOf } from "./json-literals.ts";

/**
 * Adds the string literals of the GraphQL documents among the fields read so far: what a JSON
 * body or a query has under `query`.
 */
export function readGraphqlFields(sink: FieldSink, place: "query" | "body"): void {
  const last = sink.fields.length;
  for (let at = 0; at < last; at++) {
    const field = sink.fields[at];
    if (field === undefined || field.location !== place || field.part === "name") continue;
    if (!isDocumentName(field.name) || !looksLikeGraphql(field.value)) continue;
    readGraphql(
      sink,
      field.value,
      { location: place, origin: field, decoding: "graphql" },
      field.name,
    );
  }
}

/** `query` of a URL, `$.query` of a body, `$[3].query` of a batch. */
function isDocumentName(name: string): boolean {
  if (!name.endsWith("query")) return false;
  return (
    name === "query" || name === "$.query" || (name.startsWith("$[") && name.endsWith("].query"))
  );
}

/** Whether a text starts as a GraphQL document does. */
function looksLikeGraphql(text: string): boolean {
  const start = text.trimStart();
  if (start.startsWith("{") || start.startsWith("#")) return true;
  return keywords.some((keyword) => start.startsWith(keyword)) && start.includes("{");
}

const keywords: readonly string[] = ["query", "mutation", "subscription", "fragment"];

/** Adds the string literals of a GraphQL document under the name of the argument they stand for. */
function readGraphql(sink: FieldSink, text: string, place: FieldPlace, root: string): void {
  let argument = "";
  let lastWord = "";
  for (let at = 0; at < text.length && !sink.full; ) {
    const code = text.charCodeAt(at);
    if (isWordCharacter(code)) {
      const end = wordEnd(text, at);
      lastWord = text.slice(at, end);
      at = end;
      continue;
    }
    if (code === 0x3a) argument = lastWord;
    if (code === 0x22) at = readLiteral(sink, text, at, place, nameOf(root, argument));
    else at = code === 0x23 ? lineEnd(text, at) : at + 1;
  }
}

/** Adds the literal at a quote and tells where it ends; one without an end takes the rest. */
function readLiteral(
  sink: FieldSink,
  text: string,
  at: number,
  place: FieldPlace,
  name: string,
): number {
  const literal = literalAt(text, at);
  if (literal.end >= 0) {
    sink.value(place, name, literal.value);
    return literal.end;
  }
  sink.note("broken-graphql");
  sink.value(place, name, text.slice(at + 1));
  return text.length;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end + 1;
}

function nameOf(root: string, argument: string): string {
  return argument === "" ? root : `${root}.${argument}`;
}

/** The string or block string at a quote; `end` is -1 when it does not end. */
function literalAt(text: string, at: number): { readonly value: string; readonly end: number } {
  if (text.startsWith('"""', at)) {
    const end = blockEnd(text, at + 3);
    if (end < 0) return { value: "", end };
    return { value: text.slice(at + 3, end).replaceAll('\\"""', '"""'), end: end + 3 };
  }
  const end = stringEnd(text, at + 1);
  if (end < 0) return { value: "", end };
  const raw = text.slice(at + 1, end);
  return { value: raw.includes("\\") ? literalValueOf(raw) : raw, end: end + 1 };
}

/** GraphQL has JSON's escapes and `\u{27}`, which the nested decodings undo. */
function literalValueOf(raw: string): string {
  return raw.includes("\\u{") ? raw : jsonStringOf(raw).value;
}

function blockEnd(text: string, from: number): number {
  let end = text.indexOf('"""', from);
  while (end > 0 && text.charCodeAt(end - 1) === 0x5c) end = text.indexOf('"""', end + 3);
  return end;
}

function stringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
    else if (code === 0x0a || code === 0x0d) return -1;
  }
  return -1;
}

function isWordCharacter(code: number): boolean {
  const letter = code | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x24
  );
}

function wordEnd(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length && isWordCharacter(text.charCodeAt(end))) end++;
  return end;
}
