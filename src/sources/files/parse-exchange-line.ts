import type { Header, HttpRequest, HttpResponse } from "../../model/exchange.ts";
import {
  bodyFrom,
  decodeBase64,
  headerFrom,
  type JsonObject,
  objectOf,
  optionalNumber,
  optionalText,
  statusOf,
  textOf,
  timeOf,
  Unreadable,
} from "./json-value.ts";
import type { ReadExchange, ReadRaw } from "./read-result.ts";
import { trySplitUrl } from "./split-url.ts";

/** Reads one line of the JSONL format; throws `Unreadable` for what is not one. */
export function parseExchangeLine(
  value: unknown,
  options: { readonly line: number; readonly now: () => number },
): ReadExchange | ReadRaw {
  const record = objectOf(value, "the line");
  const request = objectOf(record["request"], "request");
  const common = { ...commonOf(record, options), ...responseOf(record["response"]) };
  const { line } = options;
  return request["raw"] === undefined
    ? { exchange: { ...common, request: requestOf(request) }, line }
    : { ...common, raw: decodeBase64(textOf(request["raw"], "raw"), "raw"), line };
}

function commonOf(
  record: JsonObject,
  { line, now }: { readonly line: number; readonly now: () => number },
): Omit<ReadRaw, "raw" | "line" | "response"> {
  const { id } = record;
  const destination = optionalText(record["destination"]);
  const durationMs = optionalNumber(record["durationMs"]);
  return {
    id: typeof id === "number" ? String(id) : (optionalText(id) ?? `line-${line}`),
    timeMs: timeOf(record["time"]) ?? now(),
    client: optionalText(record["client"]) ?? "unknown",
    ...(destination === undefined ? {} : { destination }),
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

function requestOf(request: JsonObject): HttpRequest {
  const headers = headersOf(request["headers"]);
  const url = textOf(request["url"], "request.url");
  const parts = trySplitUrl(url, headers);
  if (parts === undefined) throw new Unreadable("request.url is neither an http(s) URL nor a path");
  const body = bodyFrom(request["body"], request["bodyEncoding"]);
  return {
    method: textOf(request["method"], "request.method"),
    ...parts,
    httpVersion: optionalText(request["httpVersion"]) ?? "1.1",
    headers,
    ...(body === undefined ? {} : { body }),
  };
}

function responseOf(value: unknown): { readonly response?: HttpResponse } {
  if (value === undefined || value === null) return {};
  const response = objectOf(value, "response");
  const status = statusOf(response["status"]);
  if (status === undefined) throw new Unreadable("response.status is not a status");
  const body = bodyFrom(response["body"], response["bodyEncoding"]);
  const headers = headersOf(response["headers"]);
  return { response: { status, headers, ...(body === undefined ? {} : { body }) } };
}

function headersOf(value: unknown): readonly Header[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Unreadable("headers are not a list of [name, value]");
  const headers: Header[] = [];
  for (const pair of value) {
    if (!Array.isArray(pair)) throw new Unreadable("a header is not [name, value]");
    const header = headerFrom(pair[0], pair[1]);
    if (header !== undefined) headers.push(header);
  }
  return headers;
}
