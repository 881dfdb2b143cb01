import { PbfReader } from "pbf";
import { type AttributeValue, attributesMax, type Span } from "./span.ts";

/**
 * Reads the spans of one encoded `ResourceSpans` (opentelemetry/proto/trace/v1/trace.proto); the
 * numbers are the fields' numbers there. Throws for bytes that are no protobuf message.
 */
export function spansOfProtobuf(message: Uint8Array): readonly Span[] {
  const read = { attributes: new Map<string, AttributeValue>(), spans: [] as Draft[] };
  new PbfReader(message).readFields((field, into, reader) => {
    if (field === 1) readResource(reader, into.attributes);
    // 1000 is what scope_spans was called before it was renamed.
    else if (field === 2 || field === 1000) readScope(reader, into.spans);
  }, read);
  const name = read.attributes.get("service.name");
  const service = typeof name === "string" ? name : undefined;
  return read.spans.map((span) => ({ ...span, service }));
}

interface Draft {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  kind: number;
  startMs: number;
  endMs: number;
  attributes: Map<string, AttributeValue>;
}

function readResource(reader: PbfReader, attributes: Map<string, AttributeValue>): void {
  reader.readMessage((field, into, inner) => {
    if (field === 1) readAttribute(inner, into);
  }, attributes);
}

function readScope(reader: PbfReader, spans: Draft[]): void {
  reader.readMessage((field, into, inner) => {
    if (field === 2) into.push(inner.readMessage(readSpanField, newDraft()));
  }, spans);
}

function newDraft(): Draft {
  return {
    traceId: "",
    spanId: "",
    parentSpanId: "",
    kind: 0,
    startMs: 0,
    endMs: 0,
    attributes: new Map(),
  };
}

function readSpanField(field: number, span: Draft, reader: PbfReader): void {
  switch (field) {
    case 1:
      span.traceId = hexOf(reader.readBytes());
      break;
    case 2:
      span.spanId = hexOf(reader.readBytes());
      break;
    case 4:
      span.parentSpanId = hexOf(reader.readBytes());
      break;
    case 6:
      span.kind = reader.readVarint();
      break;
    case 7:
      span.startMs = reader.readFixed64() / 1e6;
      break;
    case 8:
      span.endMs = reader.readFixed64() / 1e6;
      break;
    case 9:
      readAttribute(reader, span.attributes);
      break;
    default:
  }
}

interface Pair {
  key: string;
  value: AttributeValue | undefined;
}

function readAttribute(reader: PbfReader, attributes: Map<string, AttributeValue>): void {
  const start: Pair = { key: "", value: undefined };
  const { key, value } = reader.readMessage((field, pair, inner) => {
    if (field === 1) pair.key = inner.readString();
    else if (field === 2) pair.value = inner.readMessage(readValueField, { of: undefined }).of;
  }, start);
  if (value !== undefined && attributes.size < attributesMax) attributes.set(key, value);
}

interface Value {
  of: AttributeValue | undefined;
}

function readValueField(field: number, value: Value, reader: PbfReader): void {
  if (field === 1) value.of = reader.readString();
  else if (field === 2) value.of = reader.readBoolean();
  else if (field === 3) value.of = reader.readVarint(true);
  else if (field === 4) value.of = reader.readDouble();
  else if (field === 5) value.of = reader.readMessage(readListField, []);
}

function readListField(field: number, texts: string[], reader: PbfReader): void {
  if (field !== 1) return;
  reader.readMessage((inner, into, member) => {
    if (inner === 1 && into.length < attributesMax) into.push(member.readString());
  }, texts);
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 16)).toString("hex");
}
