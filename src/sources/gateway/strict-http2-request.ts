import type { Header, RequestHead } from "../../model/exchange.ts";
import { chunkedBody, type Framing, noBody, statedFramingOf } from "./framing.ts";
import { indexOfControl, isHost, isToken } from "./http-characters.ts";
import { readRequestTarget } from "./request-target.ts";
import type { ClientRequest } from "./strict-request.ts";
import { isViolation, type Violation, violation } from "./violation.ts";

interface Pseudo {
  readonly method: string;
  readonly scheme: string;
  readonly authority: string | undefined;
  readonly path: string;
}

/**
 * Reads the fields of an HTTP/2 request as RFC 9113 wants them, beyond what the library already
 * refuses: everything must also be unambiguous as the HTTP/1.1 request that an upstream will get.
 */
export function readHttp2Request(
  rawHeaders: readonly string[],
  options: { readonly hasBody: boolean },
): ClientRequest | Violation {
  const pseudo = new Map<string, string>();
  const headers: Header[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    const value = rawHeaders[index + 1] ?? "";
    const wrong = name.startsWith(":")
      ? addPseudo(pseudo, name, value, headers.length > 0)
      : findWrongField(name, value);
    if (wrong !== undefined) return { ...wrong, head: headOf(pseudo, headers) };
    if (!name.startsWith(":")) headers.push([name, value]);
  }
  const head = headOf(pseudo, headers);
  const request = requestOf(pseudo, head, options.hasBody);
  return isViolation(request) ? { ...request, head } : request;
}

const pseudoNames: ReadonlySet<string> = new Set([":method", ":scheme", ":authority", ":path"]);

function addPseudo(
  pseudo: Map<string, string>,
  name: string,
  value: string,
  isAfterFields: boolean,
): Violation | undefined {
  if (!pseudoNames.has(name) || pseudo.has(name) || isAfterFields) {
    return violation(
      "invalid-pseudo-header",
      "A pseudo-header is unknown, repeated or out of place.",
    );
  }
  pseudo.set(name, value);
  return undefined;
}

function findWrongField(name: string, value: string): Violation | undefined {
  if (!isToken(name) || name !== name.toLowerCase()) {
    return violation("invalid-header-name", "A header name is not lower case or not a token.");
  }
  if (connectionSpecific.has(name) || (name === "te" && value !== "trailers")) {
    return violation("connection-header-in-http2", "HTTP/2 has no connection-specific headers.");
  }
  if (indexOfControl(value, 0, value.length) >= 0) {
    return violation("control-in-header", "A header value holds a control character.");
  }
  if (value !== value.trim()) {
    return violation("padded-header-value", "A header value begins or ends with white space.");
  }
  return undefined;
}

const connectionSpecific: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

function headOf(pseudo: ReadonlyMap<string, string>, headers: readonly Header[]): RequestHead {
  const target = pseudo.get(":path") ?? "";
  const mark = target.indexOf("?");
  return {
    method: pseudo.get(":method") ?? "",
    scheme: pseudo.get(":scheme") === "http" ? "http" : "https",
    authority: pseudo.get(":authority") ?? headers.find(([name]) => name === "host")?.[1] ?? "",
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? "" : target.slice(mark + 1),
    httpVersion: "2",
    headers,
  };
}

function requestOf(
  pseudo: ReadonlyMap<string, string>,
  head: RequestHead,
  hasBody: boolean,
): ClientRequest | Violation {
  const wrong = findWrongPseudo(
    {
      method: head.method,
      scheme: pseudo.get(":scheme") ?? "",
      authority: pseudo.get(":authority"),
      path: pseudo.get(":path") ?? "",
    },
    head.headers,
  );
  if (wrong !== undefined) return wrong;
  const stated = statedFramingOf(head.headers, false);
  if (stated !== undefined && isViolation(stated)) return stated;
  const expect = head.headers.find(([name]) => name === "expect")?.[1];
  if (expect !== undefined && expect.toLowerCase() !== "100-continue") {
    return violation(
      "unknown-expectation",
      "Expect asks for something other than 100-continue.",
      417,
    );
  }
  const framing: Framing = hasBody ? (stated ?? chunkedBody) : noBody;
  if (!hasBody && stated !== undefined && stated.kind !== "none") {
    return violation(
      "invalid-content-length",
      "Content-Length announces a body that does not come.",
    );
  }
  return {
    head,
    names: head.headers.map(([name]) => name),
    target: pseudo.get(":path") ?? "",
    framing,
    keepAlive: true,
    expectsContinue: expect !== undefined && framing.kind !== "none",
    upgrade: undefined,
    connectionOptions: [],
  };
}

function findWrongPseudo(pseudo: Pseudo, headers: readonly Header[]): Violation | undefined {
  const { method, scheme, authority, path } = pseudo;
  if (!isToken(method)) return violation("invalid-method", "The method is missing or not a token.");
  if (method === "CONNECT" || method === "TRACE") {
    return violation("method-not-implemented", `${method} is not offered here.`, 501);
  }
  if (scheme !== "https" && scheme !== "http") {
    return violation("invalid-pseudo-header", "The scheme is neither http nor https.");
  }
  const target = readRequestTarget(method, path);
  if (isViolation(target)) return target;
  if (target.authority !== undefined) {
    return violation("invalid-target", "The path is an absolute address.");
  }
  return findWrongAuthority(authority, headers);
}

function findWrongAuthority(
  authority: string | undefined,
  headers: readonly Header[],
): Violation | undefined {
  const hosts = headers.filter(([name]) => name === "host");
  if (hosts.length > 1) return violation("duplicate-host", "Host is given more than once.");
  const host = hosts[0]?.[1];
  const named = authority ?? host;
  if (named === undefined) return violation("missing-host", "The request has no authority.");
  if (!isHost(named)) {
    return violation("invalid-host", "The authority is not a host with an optional port.");
  }
  if (host !== undefined && host.toLowerCase() !== named.toLowerCase()) {
    return violation("host-mismatch", "Host names another host than the authority.");
  }
  return undefined;
}
