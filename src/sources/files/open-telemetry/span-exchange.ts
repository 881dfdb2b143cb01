import type { Exchange, Header } from "../../../model/exchange.ts";
import { httpVersionOf } from "../access-log/log-values.ts";
import { statusOf } from "../json-value.ts";
import { trySplitUrl, type UrlParts } from "../split-url.ts";
import { type Span, spanKind } from "./span.ts";

/**
 * The exchange that a span tells of by the semantic conventions for HTTP, the stable ones (1.23 and
 * later) and those before; `undefined` when it is of no HTTP exchange or does not tell its path.
 */
export function tryExchangeOfSpan(
  span: Span,
  options: { readonly now: () => number; readonly caller?: string | undefined },
): Exchange | undefined {
  const method = methodOf(span);
  const url = method === undefined ? undefined : urlOf(span);
  if (method === undefined || url === undefined) return undefined;
  const status = statusOf(Number(firstOf(span, "http.response.status_code", "http.status_code")));
  const destination = destinationOf(span);
  const { startMs, endMs } = span;
  return {
    id: `${span.traceId}-${span.spanId}`,
    timeMs: startMs > 0 ? startMs : options.now(),
    client: clientOf(span) ?? options.caller ?? "unknown",
    ...(destination === undefined ? {} : { destination }),
    ...(endMs >= startMs && startMs > 0 ? { durationMs: endMs - startMs } : {}),
    hasHeaders: false,
    request: {
      method,
      ...url,
      httpVersion: versionOf(firstOf(span, "network.protocol.version", "http.flavor")),
      headers: requestHeadersOf(span, url.authority),
    },
    ...(status === undefined
      ? {}
      : { response: { status, headers: headersAt(span, "http.response.header.") } }),
  };
}

/** The first of these attributes that is a text or a number, as text. */
function firstOf({ attributes }: Span, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = attributes.get(name);
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return undefined;
}

function methodOf(span: Span): string | undefined {
  const method = firstOf(span, "http.request.method", "http.method");
  // `_OTHER` stands for every method that is not well known.
  return method === "_OTHER" ? firstOf(span, "http.request.method_original") : method;
}

function urlOf(span: Span): UrlParts | undefined {
  const host = hostOf(span);
  const full = firstOf(span, "url.full", "http.url");
  const target = pathOf(span) ?? full;
  if (target === undefined) return undefined;
  const parts = trySplitUrl(target, host === undefined ? [] : [["host", host]]);
  const whole = full === undefined ? undefined : trySplitUrl(full, []);
  if (parts === undefined) return whole;
  const stated = firstOf(span, "url.scheme", "http.scheme");
  const scheme = stated === "http" || stated === "https" ? stated : whole?.scheme;
  const authority = parts.authority || whole?.authority || span.service || "unknown";
  return { ...parts, authority, scheme: scheme ?? "https" };
}

function pathOf(span: Span): string | undefined {
  const path = firstOf(span, "url.path");
  if (path === undefined) return firstOf(span, "http.target");
  const query = firstOf(span, "url.query");
  return query === undefined ? path : `${path}?${query.replace(/^\?/, "")}`;
}

function hostOf(span: Span): string | undefined {
  const header = span.attributes.get("http.request.header.host");
  const asked = Array.isArray(header) ? (header[0] as string | undefined) : undefined;
  const whole = asked ?? firstOf(span, "http.host");
  if (whole !== undefined) return whole;
  const isServer = span.kind === spanKind.server;
  const names = isServer ? ["net.host.name", "http.server_name"] : ["net.peer.name"];
  const host = firstOf(span, "server.address", ...names);
  const port = firstOf(span, "server.port", isServer ? "net.host.port" : "net.peer.port");
  return host === undefined || port === undefined ? host : `${host}:${port}`;
}

function clientOf(span: Span): string | undefined {
  if (span.kind !== spanKind.server) return span.service;
  return firstOf(
    span,
    "client.address",
    "http.client_ip",
    "network.peer.address",
    "net.sock.peer.addr",
    "net.peer.ip",
  );
}

/** The service that answered. */
function destinationOf(span: Span): string | undefined {
  if (span.kind === spanKind.server) return span.service;
  return firstOf(span, "peer.service", "server.address", "net.peer.name");
}

function versionOf(text: string | undefined): string {
  return httpVersionOf(`HTTP/${text ?? ""}`) ?? "1.1";
}

function requestHeadersOf(span: Span, authority: string): readonly Header[] {
  const agent = firstOf(span, "user_agent.original", "http.user_agent");
  const captured = headersAt(span, "http.request.header.");
  const has = (name: string): boolean => captured.some(([key]) => key === name);
  return [
    ...(has("host") ? [] : [["host", authority] as const]),
    ...(agent === undefined || has("user-agent") ? [] : [["user-agent", agent] as const]),
    ...captured,
  ];
}

/** Header fields that were captured on purpose; names had underscores in the older conventions. */
function headersAt({ attributes }: Span, prefix: string): readonly Header[] {
  return [...attributes].flatMap(([name, value]) => {
    if (!name.startsWith(prefix)) return [];
    const key = name.slice(prefix.length).toLowerCase().replaceAll("_", "-");
    const values = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
    return values.map((text): Header => [key, text]);
  });
}
