import type { Header } from "../../model/exchange.ts";
import { endOfToken, indexOfControl } from "./http-characters.ts";
import { type Violation, violation } from "./violation.ts";

/** Field lines in the order of the wire: their names as written, and as everything else reads them. */
export interface HeaderLines {
  readonly names: readonly string[];
  readonly headers: readonly Header[];
}

/** Reads field lines up to the end of `text` (bytes as Latin-1, no empty line), or tells what is wrong. */
export function readHeaderLines(text: string, start: number): HeaderLines | Violation {
  const names: string[] = [];
  const headers: Header[] = [];
  let at = start;
  while (at < text.length) {
    const found = text.indexOf("\r\n", at);
    const end = found < 0 ? text.length : found;
    const colon = endOfToken(text, at);
    if (colon === at || text.charCodeAt(colon) !== colonCode) return brokenName(text, at, colon);

    let first = colon + 1;
    while (first < end && isWhiteSpace(text.charCodeAt(first))) first += 1;
    let last = end;
    while (last > first && isWhiteSpace(text.charCodeAt(last - 1))) last -= 1;
    const control = indexOfControl(text, first, last);
    if (control >= 0) return brokenValue(text.charCodeAt(control));

    const name = text.slice(at, colon);
    names.push(name);
    headers.push([name.toLowerCase(), text.slice(first, last)]);
    at = end + 2;
  }
  return { names, headers };
}

const colonCode = 0x3a;

function isWhiteSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function brokenName(text: string, start: number, stopped: number): Violation {
  const code = text.charCodeAt(stopped);
  if (stopped === start && isWhiteSpace(code)) {
    return violation(
      "folded-header",
      "A line of the head begins with white space: an obsolete continuation, or a hidden header.",
    );
  }
  if (isWhiteSpace(code)) {
    return violation(
      "space-before-colon",
      "White space stands between a header name and its colon.",
    );
  }
  if (code === 0x0a || code === 0x0d) return brokenValue(code);
  return violation(
    "invalid-header-name",
    "A header name is empty or has a character it must not have.",
  );
}

function brokenValue(code: number): Violation {
  if (code === 0x0d) return violation("bare-cr", "A carriage return stands alone in the head.");
  if (code === 0x0a) return violation("bare-lf", "A line feed stands alone in the head.");
  if (code === 0) return violation("nul-in-head", "The head holds a NUL byte.");
  return violation("control-in-header", "A header value holds a control character.");
}
