import type { Body, Exchange, Header, HttpRequest, HttpResponse } from "../../../model/exchange.ts";
import { isRecord } from "../../../model/is-record.ts";
import { bodyFrom, objectOf, optionalNumber, optionalText, statusOf } from "../json-value.ts";
import type { ReadResult } from "../read-result.ts";
import { trySplitUrl } from "../split-url.ts";

type JsonObject = Readonly<Record<string, unknown>>;
type Variables = ReadonlyMap<string, string>;

/** Depth of folders, and how often a variable may stand for another. */
const depthMax = 32;
const replacementsMax = 8;

/** Reads a collection (schema.postman.com, 2.0.0 and 2.1.0); throws `Unreadable` when it is none. */
export function exchangesOfCollection(
  document: unknown,
  { now }: { readonly now: () => number },
): readonly ReadResult[] {
  const whole = objectOf(document, "the collection");
  // The API of Postman wraps it once more.
  const collection = isRecord(whole["collection"]) ? whole["collection"] : whole;
  const results: ReadResult[] = [];
  const visit = (items: unknown, before: Variables, depth: number): void => {
    for (const item of recordsOf(items)) {
      const variables = variablesOf(item["variable"], before);
      if (depth < depthMax && Array.isArray(item["item"]))
        visit(item["item"], variables, depth + 1);
      else results.push(...resultsOf(item, variables, { now, number: results.length + 1 }));
    }
  };
  visit(collection["item"], variablesOf(collection["variable"], new Map()), 0);
  return results;
}

function resultsOf(
  item: JsonObject,
  variables: Variables,
  { now, number }: { readonly now: () => number; readonly number: number },
): readonly ReadResult[] {
  const line = 1;
  const request = requestOf(item["request"], variables);
  if (request === undefined) {
    const name = optionalText(item["name"])?.slice(0, 80) ?? `item ${number}`;
    return [{ problem: `"${name}" has no request with a URL`, line }];
  }
  const base = { timeMs: now(), client: "unknown" };
  const saved = recordsOf(item["response"]).flatMap((answer, at): Exchange[] => {
    const response = responseOf(answer);
    if (response === undefined) return [];
    const durationMs = optionalNumber(answer["responseTime"]);
    return [
      {
        id: `item-${number + at}`,
        ...base,
        request: requestOf(answer["originalRequest"], variables) ?? request,
        response,
        ...(durationMs === undefined ? {} : { durationMs }),
      },
    ];
  });
  const exchanges = saved.length > 0 ? saved : [{ id: `item-${number}`, ...base, request }];
  return exchanges.map((exchange) => ({ exchange, line }));
}

function requestOf(value: unknown, variables: Variables): HttpRequest | undefined {
  // A request may be no more than its URL.
  const request: JsonObject = isRecord(value) ? value : { url: value };
  const url = urlOf(request["url"], variables);
  const headers = headersOf(request["header"], variables);
  const parts = url === undefined ? undefined : trySplitUrl(url, headers);
  if (parts === undefined) return undefined;
  const body = bodyOf(request["body"], variables);
  const hasType = body.type === undefined || headers.some(([name]) => name === "content-type");
  return {
    method: (optionalText(request["method"]) ?? "GET").toUpperCase(),
    ...parts,
    httpVersion: "1.1",
    headers: hasType ? headers : [...headers, ["content-type", body.type ?? ""]],
    ...(body.body === undefined ? {} : { body: body.body }),
  };
}

function urlOf(value: unknown, variables: Variables): string | undefined {
  if (typeof value === "string") return absolute(replaced(value, variables));
  if (!isRecord(value)) return undefined;
  const raw = optionalText(value["raw"]);
  if (raw === undefined) return undefined;
  const own = variablesOf(value["variable"], new Map());
  const path = replaced(raw, variables).split("#", 1)[0] ?? "";
  // `:userId` in the path is given below the URL; the port is none of these.
  return absolute(
    path.replace(/\/:([\w-]{1,64})/g, (all, name: string) => {
      const text = own.get(name);
      return text === undefined || text === "" ? all : `/${encodeURIComponent(text)}`;
    }),
  );
}

/** People leave the scheme out, or have the whole server in a variable that nobody gave. */
function absolute(url: string): string {
  if (url.startsWith("/") || url.includes("://")) return url;
  return `https://${url.replace(/^\{\{([^{}]{1,64})\}\}/, "$1")}`;
}

interface ReadBody {
  readonly body?: Body;
  /** The media type that its mode implies. */
  readonly type?: string;
}

function bodyOf(value: unknown, variables: Variables): ReadBody {
  if (!isRecord(value)) return {};
  switch (value["mode"]) {
    case "raw":
      return rawBodyOf(value, variables);
    case "graphql":
      return graphqlBodyOf(value["graphql"]);
    case "urlencoded": {
      const form = new URLSearchParams();
      for (const [name, text] of pairsOf(value["urlencoded"], variables)) form.append(name, text);
      return readBodyOf(form.toString(), "application/x-www-form-urlencoded");
    }
    default:
      return {};
  }
}

function rawBodyOf(value: JsonObject, variables: Variables): ReadBody {
  const isJson = isRecord(value["options"]) && JSON.stringify(value["options"]).includes('"json"');
  return readBodyOf(
    replaced(optionalText(value["raw"]) ?? "", variables),
    isJson ? json : undefined,
  );
}

function graphqlBodyOf(value: unknown): ReadBody {
  if (!isRecord(value)) return {};
  const { query, variables } = value;
  const parsed = typeof variables === "string" ? tryParse(variables) : variables;
  return readBodyOf(JSON.stringify({ query, variables: parsed }), json);
}

function readBodyOf(text: string, type: string | undefined): ReadBody {
  const body = bodyFrom(text, "utf8");
  return { ...(body === undefined ? {} : { body }), ...(type === undefined ? {} : { type }) };
}

const json = "application/json";

function responseOf(answer: JsonObject): HttpResponse | undefined {
  const status = statusOf(answer["code"]);
  if (status === undefined) return undefined;
  const headers = headersOf(answer["header"], new Map());
  const body = bodyFrom(optionalText(answer["body"]), "utf8");
  // The body is kept as it was shown: without its compression.
  const plain = headers.filter(([name]) => name !== "content-encoding");
  return { status, headers: plain, ...(body === undefined ? {} : { body }) };
}

function headersOf(value: unknown, variables: Variables): readonly Header[] {
  return pairsOf(value, variables).map(([name, text]) => [name.trim().toLowerCase(), text.trim()]);
}

/** Names and values of a list, without those that are switched off. */
function pairsOf(value: unknown, variables: Variables): readonly (readonly [string, string])[] {
  return recordsOf(value).flatMap((pair) => {
    const key = optionalText(pair["key"]);
    if (key === undefined || pair["disabled"] === true) return [];
    return [[replaced(key, variables), replaced(optionalText(pair["value"]) ?? "", variables)]];
  });
}

function variablesOf(list: unknown, before: Variables): Variables {
  const own = recordsOf(list).flatMap((variable): [string, string][] => {
    const key = optionalText(variable["key"]) ?? optionalText(variable["id"]);
    const { value } = variable;
    const isPlain = typeof value === "string" || typeof value === "number";
    return key === undefined || !isPlain ? [] : [[key, String(value)]];
  });
  return own.length === 0 ? before : new Map([...before, ...own]);
}

/** Puts in the collection's variables; unknown ones stay as they stand. */
function replaced(text: string, variables: Variables): string {
  let current = text;
  for (let round = 0; round < replacementsMax && current.includes("{{"); round += 1) {
    const next = current.replace(
      /\{\{([^{}]{1,128})\}\}/g,
      (all, name: string) => variables.get(name.trim()) ?? all,
    );
    if (next === current || next.length > 1_048_576) break;
    current = next;
  }
  return current;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function recordsOf(list: unknown): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}
