import { bodyKindOf } from "../../../http/body-kind.ts";
import { decodedBodyOf } from "../../../http/decompression.ts";
import { parameterOf } from "../../../http/header-parameters.ts";
import { multipartPartsOf } from "../../../http/multipart-parts.ts";
import { formDecoded } from "../../../http/percent-decoding.ts";
import { textOf } from "../../../http/text-decoding.ts";
import { headerOf, mediaTypeOf, type RequestHead } from "../../../model/exchange.ts";
import type { FieldLocation } from "../../../model/field.ts";
import { isRecord } from "../../../model/is-record.ts";

/** One GraphQL request (GraphQL over HTTP): a document, or the hash of one the server has. */
export interface GraphqlMessage {
  readonly document?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  /** SHA-256 of an automatically persisted query, or the id of a stored one. */
  readonly persistedId?: string;
  readonly location: FieldLocation;
  /** How decisions name the document: `query`, `$.query`, `$[2].query`. */
  readonly name: string;
}

const expandedBytesMax = 4_194_304;
const partsMax = 100;
/** More messages than any batch may have; the rest is only counted. */
const messagesMax = 1_000;

/** What a URL carries under `query`, `variables`, `operationName`, `extensions`; undefined for none. */
export function messageOfQuery(query: string): GraphqlMessage | undefined {
  if (!query.includes("query") && !query.includes("extensions") && !query.includes("documentId")) {
    return undefined;
  }
  return messageOfPairs(query, "query");
}

/** The messages of a body of any kind that GraphQL servers take; a batch has several. */
export function messagesOfBody(head: RequestHead, bytes: Uint8Array): readonly GraphqlMessage[] {
  const { bytes: plain } = decodedBodyOf(head.headers, bytes, expandedBytesMax);
  const mediaType = mediaTypeOf(head.headers);
  switch (bodyKindOf(mediaType)) {
    case "graphql":
      return [
        { document: textOf(head.headers, plain), variables: {}, location: "body", name: "$.query" },
      ];
    case "form": {
      const message = messageOfPairs(textOf(head.headers, plain), "body");
      return message === undefined ? [] : [message];
    }
    case "multipart":
      return messagesOfMultipart(head, plain);
    case "json":
    case "text":
      return messagesOfJson(textOf(head.headers, plain));
    default:
      return [];
  }
}

/** The `operations` part of a GraphQL multipart request (file upload). */
function messagesOfMultipart(head: RequestHead, bytes: Uint8Array): readonly GraphqlMessage[] {
  const contentType = headerOf(head.headers, "content-type") ?? "";
  const { parts } = multipartPartsOf(contentType, bytes, partsMax);
  return parts.flatMap(({ headers, start, end }) => {
    const name = parameterOf(headerOf(headers, "content-disposition") ?? "", "name");
    const text = (): string => textOf(headers, bytes.subarray(start, end));
    if (name === "operations") return messagesOfJson(text());
    if (name !== "query") return [];
    return [{ document: text(), variables: {}, location: "body", name: "query" } as const];
  });
}

function messagesOfJson(text: string): readonly GraphqlMessage[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(value)) return messageOfRecord(value, "$.query");
  return value
    .slice(0, messagesMax)
    .flatMap((entry: unknown, at) => messageOfRecord(entry, `$[${at}].query`));
}

function messageOfRecord(value: unknown, name: string): readonly GraphqlMessage[] {
  if (!isRecord(value)) return [];
  const { query, variables, operationName } = value;
  const persistedId = persistedIdOf(value);
  if (typeof query !== "string" && persistedId === undefined) return [];
  return [
    {
      ...(typeof query === "string" && query !== "" ? { document: query } : {}),
      variables: isRecord(variables) ? variables : {},
      ...(typeof operationName === "string" ? { operationName } : {}),
      ...(persistedId === undefined ? {} : { persistedId }),
      location: "body",
      name,
    },
  ];
}

function persistedIdOf(value: Readonly<Record<string, unknown>>): string | undefined {
  const extensions = parsed(value["extensions"]);
  const persisted = isRecord(extensions) ? extensions["persistedQuery"] : undefined;
  const hash = isRecord(persisted) ? persisted["sha256Hash"] : undefined;
  for (const id of [hash, value["documentId"], value["id"]]) if (typeof id === "string") return id;
  return undefined;
}

function messageOfPairs(text: string, location: "query" | "body"): GraphqlMessage | undefined {
  const values: Record<string, unknown> = {};
  for (const pair of text.split("&", messagesMax)) {
    const equals = pair.indexOf("=");
    const name = formDecoded(equals < 0 ? pair : pair.slice(0, equals));
    if (names.has(name)) values[name] ??= formDecoded(equals < 0 ? "" : pair.slice(equals + 1));
  }
  const [message] = messageOfRecord(
    { ...values, variables: parsed(values["variables"]) },
    location === "query" ? "query" : "$.query",
  );
  return message === undefined ? undefined : { ...message, location };
}

const names: ReadonlySet<string> = new Set([
  "query",
  "variables",
  "operationName",
  "extensions",
  "documentId",
]);

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
