import type { Exchange, Header } from "../../../model/exchange.ts";
import { statusOf, Unreadable } from "../json-value.ts";
import type { ReadExchange } from "../read-result.ts";
import { trySplitUrl } from "../split-url.ts";
import type { LogEntry } from "./log-entry.ts";

/** Builds the exchange that an entry of an access log tells of; throws `Unreadable` when it tells none. */
export function exchangeOfLog(
  entry: LogEntry,
  options: { readonly line: number; readonly now: () => number; readonly host: string },
): ReadExchange {
  const host = entry.host ?? options.host;
  const parts = trySplitUrl(entry.target, [["host", host]]);
  if (parts === undefined) throw new Unreadable("the request target is neither a URL nor a path");
  const isAbsolute = !entry.target.startsWith("/") && entry.target !== "*";
  const status = statusOf(entry.status);
  return {
    exchange: {
      id: entry.id ?? `line-${options.line}`,
      timeMs: entry.timeMs ?? options.now(),
      client: entry.client ?? "unknown",
      ...knownOf(entry),
      request: {
        method: entry.method,
        ...parts,
        // Most logs do not say; `http` would accuse every server of cleartext.
        scheme: entry.scheme ?? (isAbsolute ? parts.scheme : "https"),
        httpVersion: entry.httpVersion ?? "1.1",
        headers: entry.requestHeaders ?? headersOf(entry, parts.authority),
      },
      ...(status === undefined
        ? {}
        : { response: { status, headers: entry.responseHeaders ?? [] } }),
      ...(status === 101 ? { upgrade: "websocket" } : {}),
    },
    line: options.line,
  };
}

function knownOf(entry: LogEntry): Pick<Exchange, "destination" | "durationMs" | "hasHeaders"> {
  const { destination, durationMs, requestHeaders } = entry;
  return {
    ...(destination === undefined ? {} : { destination }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(requestHeaders === undefined ? { hasHeaders: false } : {}),
  };
}

function headersOf(entry: LogEntry, authority: string): readonly Header[] {
  const headers: Header[] = [["host", authority]];
  if (entry.userAgent !== undefined) headers.push(["user-agent", entry.userAgent]);
  if (entry.referer !== undefined) headers.push(["referer", entry.referer]);
  return headers;
}
