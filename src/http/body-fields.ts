import type { RequestHead } from "../model/exchange.ts";
import { headerOf, mediaTypeOf } from "../model/exchange.ts";
import { readBinaryTexts } from "./binary-text-fields.ts";
import type { BodyKind } from "./body-kind.ts";
import { bodyKindOf } from "./body-kind.ts";
import type { DecodingLimits } from "./decoding-limits.ts";
import { defaultDecodingLimits } from "./decoding-limits.ts";
import { decodedBodyOf } from "./decompression.ts";
import type { FieldPlace } from "./field-sink.ts";
import { FieldSink, isOrdinaryName } from "./field-sink.ts";
import { readGraphqlFields } from "./graphql-fields.ts";
import type { DecodedFields } from "./head-fields.ts";
import { readJson } from "./json-fields.ts";
import { readMultipart } from "./multipart-fields.ts";
import { deriveNestedFields } from "./nested-decoding.ts";
import { readPairs } from "./pair-fields.ts";
import { readText } from "./text-decoding.ts";
import { readXml } from "./xml-fields.ts";

/**
 * Every value that the client controls in a request body, with what they hide. Reads what is
 * there: a body that is cut, damaged, or of another kind than declared still yields its values.
 */
export function fieldsOfBody(
  head: RequestHead,
  bytes: Uint8Array,
  limits: DecodingLimits = defaultDecodingLimits,
): DecodedFields {
  const sink = new FieldSink(limits);
  if (bytes.length > 0) readBody(sink, head, bytes);
  return sink.result();
}

function readBody(sink: FieldSink, { headers }: RequestHead, wire: Uint8Array): void {
  const { bytes, anomalies, decoding } = decodedBodyOf(headers, wire, sink.limits.expandedBytesMax);
  for (const anomaly of anomalies) sink.note(anomaly);
  const place: FieldPlace = { location: "body", decoding };
  const contentType = headerOf(headers, "content-type");
  const kind = bodyKindOf(mediaTypeOf(headers));
  if (kind === "media") return;
  if (kind === "multipart") readMultipart(sink, contentType ?? "", bytes, place);
  else if (kind === "binary") readBinaryTexts(sink, bytes, place);
  else {
    readTextBody(sink, kind, contentType, bytes, place);
    return;
  }
  deriveNestedFields(sink);
}

function readTextBody(
  sink: FieldSink,
  kind: BodyKind,
  contentType: string | undefined,
  bytes: Uint8Array,
  bodyPlace: FieldPlace,
): void {
  const { text, decoding, anomaly } = readText(contentType, bytes);
  if (anomaly !== undefined) sink.note(anomaly);
  const place: FieldPlace = { location: "body", decoding: bodyPlace.decoding ?? decoding };
  switch (kind) {
    case "json":
      readJsonBody(sink, text, place);
      break;
    case "xml":
      readXmlBody(sink, text, place);
      break;
    case "form":
      readFormBody(sink, text, place);
      break;
    case "graphql":
      sink.value(place, "$.query", text);
      break;
    default:
      readUnknown(sink, text, bytes, place);
  }
  if (text.includes("query") || kind === "graphql") readGraphqlFields(sink, "body");
  deriveNestedFields(sink, text);
}

function readJsonBody(sink: FieldSink, text: string, place: FieldPlace): void {
  const first = firstVisibleOf(text);
  if (first !== "<" && !isPairsStart(text)) {
    readJson(sink, text, { place, root: "$" });
    return;
  }
  sink.note("body-kind-mismatch");
  sink.value(place, "$", text);
  if (first === "<") readXml(sink, text, place);
  else readPairs(sink, text, place);
}

function readXmlBody(sink: FieldSink, text: string, place: FieldPlace): void {
  if (firstVisibleOf(text) === "<") {
    readXml(sink, text, place);
    return;
  }
  sink.note("body-kind-mismatch");
  sink.value(place, "$", text);
  tryReadJson(sink, text, place);
}

function readFormBody(sink: FieldSink, text: string, place: FieldPlace): void {
  readPairs(sink, text, place);
  // Servers that go by the look of a body read this differently; show both readings.
  const isOther = tryReadJson(sink, text, place) || tryReadXml(sink, text, place);
  if (isOther) sink.note("body-kind-mismatch");
}

function readUnknown(sink: FieldSink, text: string, bytes: Uint8Array, place: FieldPlace): void {
  if (tryReadJson(sink, text, place)) return;
  if (isBinary(text)) {
    readBinaryTexts(sink, bytes, place);
    return;
  }
  sink.value(place, "$", text);
  if (text.startsWith("--") && text.includes("\n")) readMultipart(sink, "", bytes, place);
  else tryReadXml(sink, text, place);
}

function tryReadJson(sink: FieldSink, text: string, place: FieldPlace): boolean {
  const first = firstVisibleOf(text);
  if (first !== "{" && first !== "[") return false;
  const before = sink.fields.length;
  if (readJson(sink, text, { place, root: "$", strict: true })) return true;
  sink.rollBackTo(before);
  return false;
}

/** Only what says that it is XML: a text may well start with a tag. */
function tryReadXml(sink: FieldSink, text: string, place: FieldPlace): boolean {
  const start = text.trimStart();
  const isXml = xmlStarts.some((mark) => start.startsWith(mark));
  if (isXml) readXml(sink, text, place);
  return isXml;
}

const xmlStarts: readonly string[] = ["<?xml", "<!DOCTYPE", "<soap", "<SOAP", "<Envelope"];

function firstVisibleOf(text: string): string {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x20) return text.charAt(at);
  }
  return "";
}

/** A form sent as JSON: an ordinary name and `=` before anything that JSON starts with. */
function isPairsStart(text: string): boolean {
  const equals = text.indexOf("=");
  return equals > 0 && !text.startsWith("[") && isOrdinaryName(text.slice(0, equals));
}

const sniffedChars = 1_024;

function isBinary(text: string): boolean {
  return text.slice(0, sniffedChars).includes("\u0000");
}
