import { type Framing, noBody, statedFramingOf, untilCloseBody } from "./framing.ts";
import { type HeaderLines, readHeaderLines } from "./header-lines.ts";
import { connectionOptionsOf } from "./strict-request.ts";
import { isViolation, type Violation, violation } from "./violation.ts";

/** A response head as an upstream sent it. */
export interface UpstreamResponse {
  readonly status: number;
  readonly reason: string;
  readonly lines: HeaderLines;
  /** What follows on the wire: `none` for HEAD, 1xx, 204 and 304. */
  readonly framing: Framing;
  readonly keepAlive: boolean;
  /** Names that Connection nominates, in lower case. */
  readonly connectionOptions: readonly string[];
}

/** Reads a response head (bytes as Latin-1, without the empty line) to a request with this method. */
export function readResponseHead(text: string, method: string): UpstreamResponse | Violation {
  const lineEnd = text.indexOf("\r\n");
  const line = /^HTTP\/1\.([01]) ([1-9][0-9]{2})(?: ([\t\x20-\x7e\x80-\xff]*))?$/.exec(
    lineEnd < 0 ? text : text.slice(0, lineEnd),
  );
  if (line === null)
    return violation("invalid-status-line", "The response has no HTTP/1.x status line.");
  const lines = readHeaderLines(text, lineEnd < 0 ? text.length : lineEnd + 2);
  if (isViolation(lines)) return lines;

  const isHttp10 = line[1] === "0";
  const status = Number(line[2]);
  const framing = framingOf(lines, status, method, isHttp10);
  if (isViolation(framing)) return framing;
  let connectionOptions: readonly string[] = [];
  for (const [name, value] of lines.headers) {
    if (name === "connection")
      connectionOptions = [...connectionOptions, ...connectionOptionsOf(value)];
  }
  const keepAlive = isHttp10
    ? connectionOptions.includes("keep-alive")
    : !connectionOptions.includes("close");
  return { status, reason: line[3] ?? "", lines, framing, keepAlive, connectionOptions };
}

function framingOf(
  { headers }: HeaderLines,
  status: number,
  method: string,
  isHttp10: boolean,
): Framing | Violation {
  // Headers of these describe what a GET would have got; there is no body to disagree about.
  if (method === "HEAD" || status < 200 || status === 204 || status === 304) return noBody;
  return statedFramingOf(headers, isHttp10) ?? untilCloseBody;
}
