import type { Header } from "../../../model/exchange.ts";
import { isRecord } from "../../../model/is-record.ts";
import { factKeys, type LogFact } from "./json-log-keys-table.ts";
import type { LogEntry } from "./log-entry.ts";
import { addressOf, httpVersionOf, logTimeOf, present, requestLineOf } from "./log-values.ts";

type JsonObject = Readonly<Record<string, unknown>>;
type Flat = ReadonlyMap<string, unknown>;

/** Depth and number of members that are looked at. */
const depthMax = 3;
const membersMax = 256;

/**
 * Reads an access log's entry in JSON by the usual names of its members: nginx and Apache as people
 * configure them, Envoy, API Gateway, Traefik, Kong, Caddy, and the Elastic Common Schema.
 * `undefined` when it names no request.
 */
export function tryReadJsonLog(value: unknown): LogEntry | undefined {
  if (!isRecord(value)) return undefined;
  const flat = flattened(value);
  const request = requestOf(flat);
  if (request === undefined) return undefined;
  const scheme = textOf(flat, "scheme")?.toLowerCase();
  const timeMs = firstOf(flat, "time", logTimeOf);
  const status = firstOf(flat, "status", statusOf);
  const client = addressOf(textOf(flat, "forwarded")) ?? addressOf(textOf(flat, "client"));
  const httpVersion = request.httpVersion ?? httpVersionOf(textOf(flat, "protocol"));
  const durationMs = durationOf(flat);
  const texts = { id: "id", host: "host", destination: "destination" } as const;
  return {
    ...request,
    ...textsOf(flat, { ...texts, userAgent: "userAgent", referer: "referer" }),
    ...(scheme === "http" || scheme === "https" ? { scheme } : {}),
    ...(timeMs === undefined ? {} : { timeMs }),
    ...(status === undefined ? {} : { status }),
    ...(client === undefined ? {} : { client }),
    ...(httpVersion === undefined ? {} : { httpVersion }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...headersOf(value, flat),
  };
}

function textsOf<Facts extends Readonly<Record<string, LogFact>>>(
  flat: Flat,
  facts: Facts,
): Partial<Record<keyof Facts, string>> {
  const found = Object.entries(facts).flatMap(([name, fact]) => {
    const text = textOf(flat, fact);
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries(found) as Partial<Record<keyof Facts, string>>;
}

function requestOf(flat: Flat): Pick<LogEntry, "method" | "target" | "httpVersion"> | undefined {
  const whole = firstOf(flat, "requestLine", (value) =>
    typeof value === "string" ? requestLineOf(value) : undefined,
  );
  if (whole !== undefined) return whole;
  const method = textOf(flat, "method");
  const path = firstOf(flat, "target", targetOf);
  if (method === undefined || path === undefined || !/^[A-Za-z-]{2,32}$/.test(method)) {
    return undefined;
  }
  const query = textOf(flat, "query");
  const isWhole = query === undefined || path.includes("?");
  return { method, target: isWhole ? path : `${path}?${query.replace(/^\?/, "")}` };
}

function targetOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  return value.startsWith("/") || /^https?:\/\//i.test(value) ? value : undefined;
}

/** Members by their path in small letters and digits only: `http.request.method` → `httprequestmethod`. */
function flattened(value: JsonObject): Flat {
  const flat = new Map<string, unknown>();
  flatten(value, { prefix: "", depth: 1 }, flat);
  return flat;
}

function flatten(
  record: JsonObject,
  { prefix, depth }: { readonly prefix: string; readonly depth: number },
  flat: Map<string, unknown>,
): void {
  for (const [name, member] of Object.entries(record)) {
    if (flat.size >= membersMax) return;
    const key = `${prefix}${name.toLowerCase().replace(/[^a-z0-9]/g, "")}`;
    if (isRecord(member)) {
      if (depth < depthMax) flatten(member, { prefix: key, depth: depth + 1 }, flat);
    } else if (!flat.has(key)) {
      flat.set(key, Array.isArray(member) ? member[0] : member);
    }
  }
}

function firstOf<Value>(
  flat: Flat,
  fact: LogFact,
  read: (value: unknown) => Value | undefined,
): Value | undefined {
  for (const key of factKeys[fact]) {
    const value = flat.get(key);
    const found = value === undefined ? undefined : read(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function textOf(flat: Flat, fact: LogFact): string | undefined {
  return firstOf(flat, fact, (value) => (typeof value === "string" ? present(value) : undefined));
}

function statusOf(value: unknown): number | undefined {
  const status = typeof value === "string" ? Number(value) : value;
  return typeof status === "number" && Number.isInteger(status) ? status : undefined;
}

/** Units differ by product; a duration of which the unit is not certain is left out. */
function durationOf(flat: Flat): number | undefined {
  const milliseconds = numberAt(flat, "durationMs");
  if (milliseconds !== undefined) return milliseconds;
  const seconds = numberAt(flat, "durationSeconds");
  if (seconds !== undefined) return seconds * 1_000;
  const duration = Number(flat.get("duration") ?? Number.NaN);
  if (!Number.isFinite(duration)) return undefined;
  if (flat.has("responseflags")) return duration;
  if (flat.has("downstreamstatus")) return duration / 1e6;
  return flat.has("requestremoteip") ? duration * 1_000 : undefined;
}

function numberAt(flat: Flat, fact: LogFact): number | undefined {
  return firstOf(flat, fact, (value) => {
    const number = typeof value === "string" && value !== "" ? Number(value) : value;
    return typeof number === "number" && Number.isFinite(number) && number >= 0
      ? number
      : undefined;
  });
}

/** Kong and Caddy log header fields as objects of texts or lists of texts. */
function headersOf(
  value: JsonObject,
  flat: Flat,
): Pick<LogEntry, "requestHeaders" | "responseHeaders"> {
  const { request, response } = value;
  const requestHeaders = isRecord(request) ? headerListOf(request["headers"]) : undefined;
  if (requestHeaders === undefined) return {};
  const responseHeaders = headerListOf(
    isRecord(response) ? response["headers"] : value["resp_headers"],
  );
  const host = textOf(flat, "host");
  const hasHost = host === undefined || requestHeaders.some(([name]) => name === "host");
  return {
    requestHeaders: hasHost ? requestHeaders : [["host", host], ...requestHeaders],
    ...(responseHeaders === undefined ? {} : { responseHeaders }),
  };
}

function headerListOf(headers: unknown): readonly Header[] | undefined {
  if (!isRecord(headers)) return undefined;
  return Object.entries(headers).flatMap(([name, value]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values
      .filter((text) => typeof text === "string" || typeof text === "number")
      .map((text): Header => [name.toLowerCase(), String(text)]);
  });
}
