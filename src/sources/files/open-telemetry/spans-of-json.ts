import { isRecord } from "../../../model/is-record.ts";
import { type AttributeValue, attributesMax, type Span, spanKind } from "./span.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** Reads the spans of a batch in OTLP/JSON (opentelemetry-proto, JSON mapping). */
export function* spansOfJson(batch: JsonObject): Generator<Span> {
  for (const resourceSpans of recordsOf(batch["resourceSpans"])) {
    const { resource } = resourceSpans;
    const about = attributesOf(isRecord(resource) ? resource["attributes"] : undefined);
    const name = about.get("service.name");
    const service = typeof name === "string" ? name : undefined;
    // Called instrumentationLibrarySpans until 2022.
    const scopes = resourceSpans["scopeSpans"] ?? resourceSpans["instrumentationLibrarySpans"];
    for (const scope of recordsOf(scopes)) {
      for (const span of recordsOf(scope["spans"])) yield spanOf(span, service);
    }
  }
}

function spanOf(span: JsonObject, service: string | undefined): Span {
  return {
    traceId: textOf(span["traceId"]),
    spanId: textOf(span["spanId"]),
    parentSpanId: textOf(span["parentSpanId"]),
    kind: kindOf(span["kind"]),
    startMs: millisecondsOf(span["startTimeUnixNano"]),
    endMs: millisecondsOf(span["endTimeUnixNano"]),
    service,
    attributes: attributesOf(span["attributes"]),
  };
}

function kindOf(kind: unknown): number {
  if (kind === "SPAN_KIND_SERVER") return spanKind.server;
  if (kind === "SPAN_KIND_CLIENT") return spanKind.client;
  return typeof kind === "number" ? kind : 0;
}

function attributesOf(list: unknown): ReadonlyMap<string, AttributeValue> {
  const attributes = new Map<string, AttributeValue>();
  for (const { key, value } of recordsOf(list).slice(0, attributesMax)) {
    const read = typeof key === "string" && isRecord(value) ? attributeOf(value) : undefined;
    if (typeof key === "string" && read !== undefined) attributes.set(key, read);
  }
  return attributes;
}

function attributeOf(value: JsonObject): AttributeValue | undefined {
  const { stringValue, boolValue, intValue, doubleValue, arrayValue } = value;
  if (typeof stringValue === "string") return stringValue;
  if (typeof boolValue === "boolean") return boolValue;
  // 64-bit integers are texts in JSON.
  if (typeof intValue === "string" || typeof intValue === "number") return Number(intValue);
  if (typeof doubleValue === "number") return doubleValue;
  if (!isRecord(arrayValue)) return undefined;
  return recordsOf(arrayValue["values"]).flatMap((member) =>
    typeof member["stringValue"] === "string" ? [member["stringValue"]] : [],
  );
}

function recordsOf(list: unknown): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 64) : "";
}

function millisecondsOf(nanoseconds: unknown): number {
  return Number(nanoseconds ?? 0) / 1e6;
}
