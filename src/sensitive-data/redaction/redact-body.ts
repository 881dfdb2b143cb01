import type { Body, Header } from "../../model/exchange.ts";
import { headerOf, mediaTypeOf } from "../../model/exchange.ts";
import { redactJson } from "./redact-json.ts";
import { redactMultipart } from "./redact-multipart.ts";
import { redactPairs } from "./redact-pairs.ts";
import { redactXml } from "./redact-xml.ts";
import type { ValueHider } from "./value-hider.ts";

/** A body's text after decompression, as far as it could be read; missing when it is no text. */
export type ReadBodyText = (
  headers: readonly Header[],
  bytes: Uint8Array,
  bytesMax: number,
) => { readonly text: string; readonly isComplete: boolean } | undefined;

export interface RedactBodyOptions {
  readonly hider: ValueHider;
  readonly charactersMax: number;
  readonly readBodyText: ReadBodyText;
}

/** Text read for each character that may be recorded: masks are often shorter than values. */
const readFactor = 4;
/** Of a text without structure that was cut, as much may be the first half of a secret. */
const uncertainCharacters = 256;

/** The body as it may be written down; undefined for one that is empty or no text. */
export function redactBody(
  headers: readonly Header[],
  body: Body | undefined,
  { hider, charactersMax, readBodyText }: RedactBodyOptions,
): string | undefined {
  if (body === undefined || body.bytes.length === 0) return undefined;
  const readMax = charactersMax * readFactor;
  const reading = readBodyText(headers, body.bytes, readMax);
  if (reading === undefined || isBinary(reading.text)) return undefined;

  const isCut =
    !reading.isComplete || body.bytes.length < body.bytesTotal || reading.text.length > readMax;
  const text = reading.text.slice(0, readMax);
  const redacted = redactText(text, mediaTypeOf(headers) ?? "", hider, isCut);
  // Only now: a cut before might have left half a value that nothing recognises.
  return redacted.length > charactersMax ? `${redacted.slice(0, charactersMax)}…` : redacted;
}

/** Reads plain UTF-8; a compressed body is none. */
export const readPlainText: ReadBodyText = (headers, bytes, bytesMax) => {
  const encoding = headerOf(headers, "content-encoding");
  if (encoding !== undefined && encoding.toLowerCase() !== "identity") return undefined;
  const text = Buffer.from(bytes.subarray(0, bytesMax)).toString("utf8");
  return { text, isComplete: bytes.length <= bytesMax };
};

function redactText(text: string, mediaType: string, hider: ValueHider, isCut: boolean): string {
  if (mediaType.startsWith("multipart/")) return redactMultipart(text, hider, isCut);
  // The first character tells more than a header that a client may choose at will.
  const first = text.trimStart()[0] ?? "";
  if (first === "{" || first === "[") {
    const redacted = redactJson(text, hider, isCut);
    return isJson(text) ? redacted : hider.text(redacted);
  }
  if (first === "<") return redactXml(text, hider, isCut);
  const kept = isCut ? text.slice(0, Math.max(0, text.length - uncertainCharacters)) : text;
  return mediaType === "application/x-www-form-urlencoded"
    ? redactPairs(kept, hider)
    : hider.text(kept);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Zeros or many characters that are no UTF-8. */
function isBinary(text: string): boolean {
  const head = text.slice(0, 4_096);
  if (head.includes("\0")) return true;
  let broken = 0;
  for (const character of head) if (character === "\uFFFD") broken += 1;
  return broken * 10 > head.length;
}
