import type { Header } from "../model/exchange.ts";
import type { DecodingAnomaly } from "./decoding-anomalies.ts";
import { parametersOf } from "./header-parameters.ts";

export interface MultipartPart {
  readonly headers: readonly Header[];
  /** Where its content stands in the body: byte offsets, end exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface MultipartReading {
  readonly parts: readonly MultipartPart[];
  /** Text before the first and after the last boundary, which some parsers read and some do not. */
  readonly outside: readonly string[];
  readonly anomalies: readonly DecodingAnomaly[];
}

/** Cuts a multipart body at its boundaries, with either kind of line end. */
export function multipartPartsOf(
  contentType: string,
  bytes: Uint8Array,
  partsMax: number,
): MultipartReading {
  // One character a byte, so that offsets are the same in both.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const anomalies: DecodingAnomaly[] = [];
  const delimiter = delimiterOf(contentType, text, anomalies);
  if (delimiter === undefined) return { parts: [], outside: [text], anomalies };

  const parts: MultipartPart[] = [];
  const outside: string[] = [];
  let at = delimiterAt(text, delimiter, 0);
  addVisible(outside, text.slice(0, at));
  while (at >= 0 && parts.length < partsMax) {
    const behind = at + delimiter.length;
    if (text.startsWith("--", behind)) {
      addVisible(outside, text.slice(behind + 2));
      return { parts, outside, anomalies };
    }
    const next = delimiterAt(text, delimiter, behind);
    if (next < 0) anomalies.push("missing-multipart-end");
    parts.push(partOf(text, lineEnd(text, behind), next < 0 ? text.length : next, anomalies));
    at = next;
  }
  if (at >= 0) anomalies.push("too-many-parts");
  return { parts, outside, anomalies };
}

/** The declared boundary if it occurs, else the one that the first line shows. */
function delimiterOf(
  contentType: string,
  text: string,
  anomalies: DecodingAnomaly[],
): string | undefined {
  const declared = parametersOf(contentType, "boundary");
  const delimiter = declared
    .map((boundary) => `--${boundary}`)
    .find((candidate) => candidate !== "--" && delimiterAt(text, candidate, 0) >= 0);
  if (declared.length !== 1 || delimiter === undefined)
    anomalies.push("multipart-boundary-mismatch");
  if (delimiter !== undefined) return delimiter;
  const start = text.length - text.trimStart().length;
  const line = text.slice(start, Math.min(lineEnd(text, start), start + boundaryCharsMax)).trim();
  return line.startsWith("--") && line.length > 2 ? line : undefined;
}

/** RFC 2046 allows 70. */
const boundaryCharsMax = 256;

/** A delimiter counts only at the start of a line. */
function delimiterAt(text: string, delimiter: string, from: number): number {
  if (from === 0 && text.startsWith(delimiter)) return 0;
  const at = text.indexOf(`\n${delimiter}`, Math.max(0, from - 1));
  return at < 0 ? -1 : at + 1;
}

/** Behind the line that `from` stands in. */
function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end + 1;
}

const partHeaderLinesMax = 100;

function partOf(
  text: string,
  start: number,
  end: number,
  anomalies: DecodingAnomaly[],
): MultipartPart {
  const headers: [name: string, value: string][] = [];
  let at = start;
  for (let nth = 0; nth < partHeaderLinesMax && at < end; nth++) {
    const next = Math.min(lineEnd(text, at), end);
    const line = text.slice(at, next).trimEnd();
    at = next;
    if (line === "") return { headers, start: at, end: Math.max(at, contentEnd(text, at, end)) };
    addHeader(headers, line);
  }
  if (!anomalies.includes("broken-multipart-part")) anomalies.push("broken-multipart-part");
  // Without an end of headers everything may be content to somebody.
  return { headers, start, end };
}

function addHeader(headers: [name: string, value: string][], line: string): void {
  const last = headers.at(-1);
  if (last !== undefined && line.charCodeAt(0) <= 0x20) {
    last[1] += ` ${line.trim()}`;
    return;
  }
  const colon = line.indexOf(":");
  const name = colon < 0 ? line : line.slice(0, colon);
  headers.push([name.trim().toLowerCase(), colon < 0 ? "" : line.slice(colon + 1).trim()]);
}

/** The line end before a delimiter belongs to the delimiter. */
function contentEnd(text: string, start: number, end: number): number {
  let at = end;
  if (at > start && text.charCodeAt(at - 1) === 0x0a) at--;
  if (at > start && text.charCodeAt(at - 1) === 0x0d) at--;
  return at;
}

function addVisible(texts: string[], text: string): void {
  const visible = text.trim();
  if (visible !== "") texts.push(visible);
}
