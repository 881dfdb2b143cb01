import type { Body, Exchange, Header, HttpRequest, HttpResponse } from "../../model/exchange.ts";
import {
  bodyFrom,
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
import type { ReadExchange } from "./read-result.ts";
import { trySplitUrl } from "./split-url.ts";

/** Reads one entry of a HAR 1.2 document; throws `Unreadable` for what is not one. */
export function parseHarEntry(
  value: unknown,
  options: { readonly line: number; readonly number: number; readonly now: () => number },
): ReadExchange {
  const entry = objectOf(value, "the entry");
  const request = requestOf(objectOf(entry["request"], "request"));
  const response = responseOf(entry["response"]);
  const destination = optionalText(entry["serverIPAddress"]);
  const durationMs = optionalNumber(entry["time"]);
  const exchange: Exchange = {
    id: optionalText(entry["_id"]) ?? `entry-${options.number}`,
    timeMs: timeOf(entry["startedDateTime"]) ?? options.now(),
    client: optionalText(entry["_clientIPAddress"]) ?? "unknown",
    ...(destination === undefined ? {} : { destination }),
    request,
    ...(response === undefined ? {} : { response }),
    // HAR writes -1 for what does not apply.
    ...(durationMs === undefined || durationMs < 0 ? {} : { durationMs }),
    ...(response?.status === 101 && isWebSocket(request) ? { upgrade: "websocket" } : {}),
  };
  return { exchange, line: options.line };
}

function requestOf(request: JsonObject): HttpRequest {
  const headers = headersOf(request["headers"]);
  const url = textOf(request["url"], "request.url");
  // Browsers record the fragment, which is never sent.
  const fragment = url.indexOf("#");
  const parts = trySplitUrl(fragment < 0 ? url : url.slice(0, fragment), headers);
  if (parts === undefined) throw new Unreadable("request.url is not an http(s) URL");
  const body = postedBody(request["postData"]);
  return {
    method: textOf(request["method"], "request.method"),
    ...parts,
    httpVersion: versionOf(request["httpVersion"]),
    headers,
    ...(body === undefined ? {} : { body }),
  };
}

function responseOf(value: unknown): HttpResponse | undefined {
  if (value === undefined || value === null) return undefined;
  const response = objectOf(value, "response");
  const status = statusOf(response["status"]);
  if (status === undefined) return undefined;
  const content = objectOf(response["content"] ?? {}, "response.content");
  const body = bodyFrom(content["text"], content["encoding"]);
  // HAR holds the body after decompression beside the header that announced it.
  const headers = headersOf(response["headers"]).filter(([name]) => name !== "content-encoding");
  return { status, headers, ...(body === undefined ? {} : { body }) };
}

function headersOf(value: unknown): readonly Header[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Unreadable("headers are not a list");
  return value.flatMap((item: unknown) => {
    const { name, value: text } = objectOf(item, "a header");
    const header = headerFrom(name, text);
    return header === undefined ? [] : [header];
  });
}

/** `HTTP/1.1`, `h2`, `HTTP/2.0`, `h3` as versions of the model. */
function versionOf(value: unknown): string {
  const version = (optionalText(value) ?? "").toLowerCase().replace("http/", "").replace("h", "");
  if (version.startsWith("2")) return "2";
  if (version.startsWith("3")) return "3";
  return version === "1.0" ? "1.0" : "1.1";
}

/** The body as text, or built from the parameters where a recorder keeps only these. */
function postedBody(value: unknown): Body | undefined {
  if (value === undefined || value === null) return undefined;
  const posted = objectOf(value, "postData");
  const body = bodyFrom(posted["text"], posted["encoding"] ?? posted["_encoding"]);
  if (body !== undefined || !Array.isArray(posted["params"])) return body;
  const parameters = new URLSearchParams();
  for (const item of posted["params"]) {
    const { name, value: text } = objectOf(item, "a parameter");
    parameters.append(textOf(name, "a parameter name"), optionalText(text) ?? "");
  }
  return bodyFrom(parameters.toString(), "utf8");
}

function isWebSocket(request: HttpRequest): boolean {
  return request.headers.some(
    ([name, value]) => name === "upgrade" && value.toLowerCase() === "websocket",
  );
}
