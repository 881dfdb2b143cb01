import type { Exchange, Header } from "../../src/model/exchange.ts";

export interface ExchangeOptions {
  readonly method?: string;
  /** Path and query. */
  readonly target?: string;
  readonly host?: string;
  readonly scheme?: "http" | "https";
  readonly status?: number;
  readonly client?: string;
  readonly timeMs?: number;
  readonly headers?: readonly Header[];
  readonly responseHeaders?: readonly Header[];
  /** Sent as JSON unless it is a text. */
  readonly body?: unknown;
  readonly response?: unknown;
  readonly durationMs?: number;
}

/** An ordinary exchange, changed as told. */
export function exchange(options: ExchangeOptions = {}): Exchange {
  const target = options.target ?? "/";
  const mark = target.indexOf("?");
  const { host = "api.example", headers = [], responseHeaders = [] } = options;
  return {
    id: "e1",
    timeMs: options.timeMs ?? 1_767_571_200_000,
    client: options.client ?? "203.0.113.7",
    request: {
      method: options.method ?? "GET",
      scheme: options.scheme ?? "https",
      authority: host,
      path: mark < 0 ? target : target.slice(0, mark),
      query: mark < 0 ? "" : target.slice(mark + 1),
      httpVersion: "1.1",
      headers: [["host", host], ...contentType(headers, options.body), ...headers],
      ...bodyOf(options.body),
    },
    response: {
      status: options.status ?? 200,
      headers: [...contentType(responseHeaders, options.response), ...responseHeaders],
      ...bodyOf(options.response),
    },
    ...(options.durationMs === undefined ? {} : { durationMs: options.durationMs }),
  };
}

function contentType(headers: readonly Header[], body: unknown): readonly Header[] {
  const has = headers.some(([name]) => name === "content-type");
  return body === undefined || typeof body === "string" || has
    ? []
    : [["content-type", "application/json"]];
}

function bodyOf(body: unknown): { body?: { bytes: Uint8Array; bytesTotal: number } } {
  if (body === undefined) return {};
  const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return { body: { bytes, bytesTotal: bytes.length } };
}

/** Makes a list by number. */
export function times<Value>(count: number, make: (at: number) => Value): Value[] {
  return Array.from({ length: count }, (_, at) => make(at));
}
