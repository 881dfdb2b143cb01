import { decodedBodyOf } from "../http/decompression.ts";
import { formDecoded } from "../http/percent-decoding.ts";
import { textOf } from "../http/text-decoding.ts";
import { type Body, type Exchange, type Header, headerOf, mediaTypeOf } from "../model/exchange.ts";
import { type Credential, credentialsOf } from "./credentials.ts";

type Outcome = "success" | "refused" | "client-error" | "server-error";

/** One exchange read once for all discovery steps; bodies are parsed only when a step asks. */
export interface Observation {
  readonly exchange: Exchange;
  readonly status: number;
  readonly outcome: Outcome;
  readonly requestHeaders: readonly Header[];
  readonly responseHeaders: readonly Header[];
  readonly requestMediaType: string | undefined;
  readonly responseMediaType: string | undefined;
  readonly query: ReadonlyMap<string, string>;
  readonly cookies: ReadonlyMap<string, string>;
  readonly credentials: readonly Credential[];
  /** The path's segments, decoded, without what stands behind a value. */
  readonly pathSegments: readonly string[];
  /** Those of them that are values of parameters, in order. */
  readonly pathValues: readonly string[];
  /** Look at bodies and values; false for most exchanges of an endpoint that is known well. */
  readonly isDetailed: boolean;
  requestJson(): unknown;
  responseJson(): unknown;
  /** Names and values of a form. */
  requestForm(): ReadonlyMap<string, string> | undefined;
  responseText(): string | undefined;
}

export type ObservationOptions = Pick<Observation, "pathSegments" | "pathValues" | "isDetailed">;

/** Longest body that is parsed; of a longer one only text is looked at. */
const bodyBytesMax = 1_048_576;
const pairsMax = 64;

export function observationOf(
  exchange: Exchange,
  status: number,
  options: ObservationOptions,
): Observation {
  const { request, response } = exchange;
  const responseHeaders = response?.headers ?? [];
  const query = pairsOf(request.query, "&");
  const cookies = cookiesOf(headerOf(request.headers, "cookie"));
  const requestJson = once(() => jsonOf(request.headers, request.body));
  const responseText = once(() => bodyTextOf(responseHeaders, response?.body));
  return {
    exchange,
    status,
    outcome: outcomeOf(status, responseHeaders),
    requestHeaders: request.headers,
    responseHeaders,
    requestMediaType: mediaTypeOf(request.headers),
    responseMediaType: mediaTypeOf(responseHeaders),
    query,
    cookies,
    credentials: credentialsOf(exchange, query, cookies),
    ...options,
    requestJson,
    responseText,
    responseJson: once(() =>
      parsedJson(responseText(), mediaTypeOf(responseHeaders), response?.body),
    ),
    requestForm: once(() => formOf(request.headers, request.body)),
  };
}

/** How the server took it; a redirection to a login page is a refusal. */
function outcomeOf(status: number, responseHeaders: readonly Header[]): Outcome {
  if (status === 401 || status === 403 || status === 407) return "refused";
  if (status >= 300 && status < 400) {
    const location = headerOf(responseHeaders, "location") ?? "";
    return /\/(?:log-?in|sign-?in|auth|sso|oauth2?)(?:[/?#.]|$)/i.test(location)
      ? "refused"
      : "success";
  }
  if (status < 400) return "success";
  return status < 500 ? "client-error" : "server-error";
}

function pairsOf(text: string, separator: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  if (text === "") return pairs;
  for (const pair of text.split(separator, pairsMax)) {
    const equals = pair.indexOf("=");
    const name = formDecoded(equals < 0 ? pair : pair.slice(0, equals));
    if (name !== "" && !pairs.has(name))
      pairs.set(name, equals < 0 ? "" : formDecoded(pair.slice(equals + 1)));
  }
  return pairs;
}

function cookiesOf(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header?.split(";", pairsMax) ?? []) {
    const equals = pair.indexOf("=");
    if (equals > 0) cookies.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim());
  }
  return cookies;
}

function jsonOf(headers: readonly Header[], body: Body | undefined): unknown {
  const mediaType = mediaTypeOf(headers);
  if (mediaType !== undefined && !mediaType.includes("json") && mediaType !== "text/plain")
    return undefined;
  return parsedJson(bodyTextOf(headers, body), mediaType, body);
}

function parsedJson(
  text: string | undefined,
  mediaType: string | undefined,
  body: Body | undefined,
): unknown {
  if (
    text === undefined ||
    text === "" ||
    (body !== undefined && body.bytes.length < body.bytesTotal)
  ) {
    return undefined;
  }
  const first = text.charCodeAt(text.charCodeAt(0) === 0xfeff ? 1 : 0);
  const isStructure = first === 0x7b || first === 0x5b || first <= 0x20;
  if (mediaType?.includes("json") !== true && !isStructure) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function bodyTextOf(headers: readonly Header[], body: Body | undefined): string | undefined {
  if (body === undefined || body.bytes.length === 0) return undefined;
  const { bytes } = decodedBodyOf(headers, body.bytes, bodyBytesMax);
  return textOf(headers, bytes);
}

function formOf(
  headers: readonly Header[],
  body: Body | undefined,
): ReadonlyMap<string, string> | undefined {
  if (mediaTypeOf(headers) !== "application/x-www-form-urlencoded") return undefined;
  const text = bodyTextOf(headers, body);
  return text === undefined ? undefined : pairsOf(text, "&");
}

function once<Value>(compute: () => Value): () => Value {
  let value: { readonly of: Value } | undefined;
  return () => {
    value ??= { of: compute() };
    return value.of;
  };
}
