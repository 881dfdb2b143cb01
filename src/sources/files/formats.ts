import { accessLog } from "./access-log/access-log-format.ts";
import { capture } from "./capture/capture-format.ts";
import { burp } from "./exports/burp-format.ts";
import { postman } from "./exports/postman-format.ts";
import type { FileFormat, FileHead } from "./file-format.ts";
import { har } from "./har-format.ts";
import { jsonLines } from "./json-lines-format.ts";
import { openTelemetryJson } from "./open-telemetry/json-format.ts";
import { openTelemetryProtobuf } from "./open-telemetry/protobuf-format.ts";

/** Every format, in the order in which they are asked; the last one takes what is left. */
export const formats: readonly FileFormat[] = [
  capture,
  openTelemetryProtobuf,
  postman,
  openTelemetryJson,
  har,
  burp,
  accessLog,
  jsonLines,
];

/** Bytes of a source after which its format must be clear. */
const headBytesMax = 65_536;

/** Tells the format from the first bytes; undefined as long as more could decide. */
export function detectFormat(bytes: Buffer, isAll: boolean): FileFormat | undefined {
  const head: FileHead = {
    bytes,
    text: bytes
      .toString("utf8", 0, headBytesMax)
      .replace(/^\uFEFF/, "")
      .trimStart(),
    isEnough: isAll || bytes.length >= headBytesMax,
  };
  for (const format of formats) {
    const is = format.recognise(head);
    if (is === true) return format;
    if (is === undefined && !head.isEnough) return undefined;
  }
  return jsonLines;
}
