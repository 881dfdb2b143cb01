import type { Header, RequestHead } from "../../model/exchange.ts";
import { type Framing, noBody, statedFramingOf } from "./framing.ts";
import { type HeaderLines, readHeaderLines } from "./header-lines.ts";
import { isHost, isToken } from "./http-characters.ts";
import { type RequestTarget, readRequestTarget } from "./request-target.ts";
import { isViolation, type Violation, violation } from "./violation.ts";

/** A request head that a strict reader of RFC 9112 (or RFC 9113) accepts and reads in one way only. */
export interface ClientRequest {
  readonly head: RequestHead;
  /** Field names as on the wire, in the order of `head.headers`. */
  readonly names: readonly string[];
  /** What an upstream gets as target. */
  readonly target: string;
  readonly framing: Framing;
  /** The client can send another request on this connection. */
  readonly keepAlive: boolean;
  readonly expectsContinue: boolean;
  /** Protocol the client wants to switch to, when it asks as it must. */
  readonly upgrade: string | undefined;
  /** Names that Connection nominates, in lower case. */
  readonly connectionOptions: readonly string[];
}

/**
 * Reads a whole HTTP/1.x request head: bytes as Latin-1, without the empty line that ends it.
 * What is ambiguous is refused, not guessed.
 */
export function readRequestHead(
  text: string,
  scheme: RequestHead["scheme"],
): ClientRequest | Violation {
  const lineEnd = text.indexOf("\r\n");
  const line = readRequestLine(lineEnd < 0 ? text : text.slice(0, lineEnd));
  if (isViolation(line)) return line;

  const target = readRequestTarget(line.method, line.target);
  const lines = readHeaderLines(text, lineEnd < 0 ? text.length : lineEnd + 2);
  const head = headOf(line, target, lines, scheme);
  if (isViolation(lines)) return { ...lines, head };
  if (isViolation(target)) return { ...target, head };

  const request = readFields(head, lines, target);
  return isViolation(request) ? { ...request, head } : request;
}

interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
}

function readRequestLine(line: string): RequestLine | Violation {
  const first = line.indexOf(" ");
  const last = line.lastIndexOf(" ");
  if (first < 1 || first === last) {
    return violation("invalid-request-line", "The request line is not `METHOD target HTTP/1.1`.");
  }
  const method = line.slice(0, first);
  if (!isToken(method)) {
    return violation("invalid-method", "The method holds a character that it must not have.");
  }
  const version = line.slice(last + 1);
  const target = line.slice(first + 1, last);
  if (version === "HTTP/1.1") return { method, target, httpVersion: "1.1" };
  if (version === "HTTP/1.0") return { method, target, httpVersion: "1.0" };
  if (/^HTTP\/[0-9]\.[0-9]$/.test(version)) {
    return violation(
      "unsupported-version",
      "The request is of an HTTP version not spoken here.",
      505,
    );
  }
  return violation("invalid-request-line", "The request line does not end with an HTTP version.");
}

function headOf(
  line: RequestLine,
  target: RequestTarget | Violation,
  lines: HeaderLines | Violation,
  scheme: RequestHead["scheme"],
): RequestHead {
  const headers = isViolation(lines) ? [] : lines.headers;
  let authority = "";
  for (const [name, value] of headers) if (name === "host") authority = value;
  return isViolation(target)
    ? { ...line, scheme, authority, path: line.target, query: "", headers }
    : {
        method: line.method,
        scheme,
        authority: target.authority ?? authority,
        path: target.path,
        query: target.query,
        httpVersion: line.httpVersion,
        headers,
      };
}

function readFields(
  head: RequestHead,
  lines: HeaderLines,
  target: RequestTarget,
): ClientRequest | Violation {
  const isHttp10 = head.httpVersion === "1.0";
  const wrongHost = findWrongHost(lines.headers, target.authority, isHttp10);
  if (wrongHost !== undefined) return wrongHost;
  const framing = statedFramingOf(lines.headers, isHttp10) ?? noBody;
  if (isViolation(framing)) return framing;
  if (head.method === "CONNECT" || head.method === "TRACE") {
    return violation("method-not-implemented", `${head.method} is not offered here.`, 501);
  }

  const fields = collectFields(lines.headers);
  const { options, expect, upgrade } = fields;
  if (expect !== undefined && expect !== "100-continue") {
    return violation(
      "unknown-expectation",
      "Expect asks for something other than 100-continue.",
      417,
    );
  }
  return {
    head,
    names: lines.names,
    target: target.originForm,
    framing,
    keepAlive: isHttp10 ? options.includes("keep-alive") : !options.includes("close"),
    expectsContinue: expect !== undefined && !isHttp10 && framing.kind !== "none",
    upgrade: isHttp10 || !options.includes("upgrade") || hidesHttp(upgrade) ? undefined : upgrade,
    connectionOptions: options,
  };
}

/**
 * Inside HTTP/2 in the clear, or TLS, further requests would pass unseen; a server may ignore the
 * wish (RFC 9110, 7.8), so it is not passed on.
 */
function hidesHttp(upgrade: string | undefined): boolean {
  return upgrade?.split(",").some((protocol) => /^\s*(?:h2c|http|tls)/i.test(protocol)) === true;
}

interface ConnectionFields {
  options: readonly string[];
  upgrade: string | undefined;
  expect: string | undefined;
}

function collectFields(headers: readonly Header[]): ConnectionFields {
  const fields: ConnectionFields = { options: [], upgrade: undefined, expect: undefined };
  for (const [name, value] of headers) {
    if (name === "connection") fields.options = [...fields.options, ...connectionOptionsOf(value)];
    else if (name === "upgrade") fields.upgrade = value;
    else if (name === "expect") fields.expect = value.toLowerCase();
  }
  return fields;
}

/** The options that a Connection value lists, in lower case. */
export function connectionOptionsOf(value: string): string[] {
  if (value === "keep-alive" || value === "close") return [value];
  return value.split(",").map((option) => option.trim().toLowerCase());
}

function findWrongHost(
  headers: readonly Header[],
  targetAuthority: string | undefined,
  isHttp10: boolean,
): Violation | undefined {
  let host: string | undefined;
  for (const [name, value] of headers) {
    if (name !== "host") continue;
    if (host !== undefined) return violation("duplicate-host", "Host is given more than once.");
    host = value;
  }
  if (host === undefined) {
    return isHttp10 ? undefined : violation("missing-host", "The request has no Host.");
  }
  if (!isHost(host)) return violation("invalid-host", "Host is not a host with an optional port.");
  if (targetAuthority !== undefined && targetAuthority.toLowerCase() !== host.toLowerCase()) {
    return violation("host-mismatch", "The target names another host than the Host header.");
  }
  return undefined;
}
