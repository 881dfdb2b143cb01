import { embeddedCodeOf } from "./embedded-code.ts";
import type { FieldPlace, FieldSink } from "./field-sink.ts";
import { parametersOf } from "./header-parameters.ts";
import { readJson } from "./json-fields.ts";
import type { MultipartPart } from "./multipart-parts.ts";
import { multipartPartsOf } from "./multipart-parts.ts";
import { percentDecoded } from "./percent-decoding.ts";
import { isOrdinaryProtocolHeader, isProtocolValue } from "./protocol-headers.ts";
import { readText } from "./text-decoding.ts";
import { readXml } from "./xml-fields.ts";

/**
 * Adds the parts of a multipart body: texts under their name, file names under `<name>.filename`,
 * unusual part headers, the start of files, and what stands outside of the parts.
 */
export function readMultipart(
  sink: FieldSink,
  contentType: string,
  bytes: Uint8Array,
  place: FieldPlace,
): void {
  const { parts, outside, anomalies } = multipartPartsOf(
    contentType,
    bytes,
    sink.limits.multipartPartsMax,
  );
  for (const anomaly of anomalies) sink.note(anomaly);
  for (const text of outside) sink.value(place, "$", utf8Of(text));
  // Only parts of forms have names: those of `multipart/related` have not.
  const isForm = contentType.toLowerCase().includes("form-data");
  for (const part of parts) {
    if (isForm && !hasOneName(part)) sink.note("broken-multipart-part");
    readPart(sink, part, bytes, place);
  }
}

function hasOneName({ headers }: MultipartPart): boolean {
  return parametersOf(dispositionOf(headers), "name").length === 1;
}

function dispositionOf(headers: MultipartPart["headers"]): string {
  return headers.find(([name]) => name === "content-disposition")?.[1] ?? "";
}

function readPart(
  sink: FieldSink,
  { headers, start, end }: MultipartPart,
  bytes: Uint8Array,
  place: FieldPlace,
): void {
  const disposition = dispositionOf(headers);
  const names = parametersOf(disposition, "name").map(utf8Of);
  const name = names[0] ?? "$";
  for (const each of names) sink.name(place, each);
  const fileNames = [
    ...parametersOf(disposition, "filename").map(utf8Of),
    ...parametersOf(disposition, "filename*").map(extendedValueOf),
  ];
  for (const fileName of fileNames) sink.value(place, `${name}.filename`, fileName);
  readPartHeaders(sink, name, headers, place);
  const type = headers.find(([header]) => header === "content-type")?.[1];
  const content = bytes.subarray(start, end);
  if (fileNames.length === 0) readContent(sink, name, type, content, place);
  else readFile(sink, name, type, content, place);
}

function readPartHeaders(
  sink: FieldSink,
  part: string,
  headers: MultipartPart["headers"],
  place: FieldPlace,
): void {
  for (const [name, value] of headers) {
    sink.name(place, `${part}.header`, name);
    if (name === "content-disposition") continue;
    const isOrdinary =
      name === "content-type" ? isOrdinaryProtocolHeader(name, value) : isProtocolValue(value);
    if (isOrdinary) continue;
    sink.value(place, `${part}.header.${name}`, utf8Of(value));
  }
}

function readContent(
  sink: FieldSink,
  name: string,
  type: string | undefined,
  content: Uint8Array,
  place: FieldPlace,
): void {
  const { text, decoding, anomaly } = readText(type, content);
  if (anomaly !== undefined) sink.note(anomaly);
  const partPlace = place.decoding === undefined ? { ...place, decoding } : place;
  if (type?.includes("json") === true) readJson(sink, text, { place: partPlace, root: name });
  else if (type?.includes("xml") === true) readXml(sink, text, partPlace);
  else sink.value(partPlace, name, text);
}

/** Files that are documents are read as such; of others only the start, if it is text at all. */
function readFile(
  sink: FieldSink,
  name: string,
  type: string | undefined,
  content: Uint8Array,
  place: FieldPlace,
): void {
  if (type !== undefined && (type.includes("json") || type.includes("xml"))) {
    readContent(sink, name, type, content, place);
    return;
  }
  const prefix = content.subarray(0, sink.limits.filePrefixBytesMax);
  if (prefix.length === 0) return;
  if (!prefix.includes(0)) sink.value(place, name, Buffer.from(prefix).toString("utf8"));
  const code = embeddedCodeOf(content);
  if (code !== undefined) sink.value(place, name, code);
}

/** `UTF-8''na%C3%AFve.txt` (RFC 8187). */
function extendedValueOf(value: string): string {
  const quote = value.indexOf("'", value.indexOf("'") + 1);
  return percentDecoded(value.slice(quote + 1));
}

/** Headers were cut out of bytes read one by one; what they say is UTF-8. */
function utf8Of(text: string): string {
  return readText(undefined, Buffer.from(text, "latin1")).text;
}
