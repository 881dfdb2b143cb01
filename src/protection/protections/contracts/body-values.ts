import { type BodyKind, bodyKindOf } from "../../../http/body-kind.ts";
import { decodedBodyOf } from "../../../http/decompression.ts";
import { parameterOf } from "../../../http/header-parameters.ts";
import { type MultipartPart, multipartPartsOf } from "../../../http/multipart-parts.ts";
import { textOf } from "../../../http/text-decoding.ts";
import { type Header, headerOf, mediaTypeOf } from "../../../model/exchange.ts";
import { jsonStructureOf } from "../structure-limits/json-structure.ts";
import type { DescribedApi } from "./described-api.ts";
import { nestedValues, pairsOf } from "./form-values.ts";
import type { Direction } from "./schema-translation.ts";
import { xmlValueOf } from "./xml-values.ts";

/** A body as the value that its schema speaks of, or why it cannot be read as such. */
export type BodyValue =
  | { readonly value: unknown; readonly isCoerced: boolean }
  | { readonly problem: string }
  /** Of a format that no schema can be held against here. */
  | { readonly isOpaque: true };

/** What a compressed body may expand to; more is no body that is checked. */
const expandedBytesMax = 4_194_304;
const jsonDepthMax = 100;
const partsMax = 1_000;
const filePartCharsMax = 65_536;

/** Reads a body of this media type as the schema wants it; texts of forms and XML become its types. */
export function bodyValueOf(
  message: { readonly headers: readonly Header[]; readonly bytes: Uint8Array },
  mediaType: string,
  schema: unknown,
  api: DescribedApi,
  direction: Direction,
): BodyValue {
  const { bytes, anomalies } = decodedBodyOf(message.headers, message.bytes, expandedBytesMax);
  if (anomalies.length > 0) return { problem: `cannot be decompressed: ${anomalies[0]}` };
  const kind = bodyKindOf(mediaType);
  if (kind === "multipart") return multipartValueOf(message.headers, bytes, schema, api);
  if (!textKinds.has(kind)) return { isOpaque: true };
  const text = textOf(message.headers, bytes);
  switch (kind) {
    case "json":
      return isLines(mediaType) ? { isOpaque: true } : jsonValueOf(text);
    case "form":
      return coerced(formOf(pairsOf(text), schema, api), schema, api);
    case "xml":
      return xmlValueOf(text, schema, api, direction);
    default:
      return { value: api.coercion.valueOf(text, schema), isCoerced: true };
  }
}

const textKinds: ReadonlySet<BodyKind> = new Set(["json", "form", "xml", "text"]);

/** One document a line, or one behind the other: the schema is that of the parts. */
function isLines(mediaType: string): boolean {
  return /ndjson|jsonl|json-seq|stream\+json/.test(mediaType);
}

function jsonValueOf(text: string): BodyValue {
  const { depth, duplicateKey } = jsonStructureOf(text);
  if (depth > jsonDepthMax) return { problem: `is nested more than ${jsonDepthMax} deep` };
  if (duplicateKey !== undefined) {
    return { problem: "has a key twice, of which servers take one or the other" };
  }
  try {
    return { value: JSON.parse(text) as unknown, isCoerced: false };
  } catch {
    return { problem: "is no JSON" };
  }
}

function coerced(value: unknown, schema: unknown, api: DescribedApi): BodyValue {
  return { value: api.coercion.valueOf(value, schema), isCoerced: true };
}

function formOf(
  pairs: Iterable<readonly [string, readonly unknown[]]>,
  schema: unknown,
  api: DescribedApi,
): unknown {
  const shape = api.shapes.shapeOf(schema);
  return nestedValues(pairs, (name) => shape?.properties.has(name) === true);
}

function multipartValueOf(
  headers: readonly Header[],
  bytes: Uint8Array,
  schema: unknown,
  api: DescribedApi,
): BodyValue {
  const contentType = headerOf(headers, "content-type") ?? "";
  const { parts, anomalies } = multipartPartsOf(contentType, bytes, partsMax);
  if (anomalies.length > 0) return { problem: `is no proper multipart: ${anomalies[0]}` };
  const pairs = new Map<string, unknown[]>();
  for (const part of parts) {
    const name = parameterOf(headerOf(part.headers, "content-disposition") ?? "", "name");
    if (name === undefined) continue;
    const values = pairs.get(name) ?? [];
    values.push(partValueOf(part, bytes));
    pairs.set(name, values);
  }
  return coerced(formOf(pairs, schema, api), schema, api);
}

function partValueOf({ headers, start, end }: MultipartPart, bytes: Uint8Array): unknown {
  const content = bytes.subarray(start, Math.min(end, start + filePartCharsMax));
  const text = textOf(headers, content);
  if (bodyKindOf(mediaTypeOf(headers)) !== "json") return text;
  const read = jsonValueOf(text);
  return "value" in read ? read.value : text;
}
