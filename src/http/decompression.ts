import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from "node:zlib";
import type { Header } from "../model/exchange.ts";
import type { Decoding } from "../model/field.ts";
import type { DecodingAnomaly } from "./decoding-anomalies.ts";

export interface DecodedBody {
  readonly bytes: Uint8Array;
  readonly anomalies: readonly DecodingAnomaly[];
  /** The outermost compression that was undone. */
  readonly decoding?: Decoding;
}

/**
 * Undoes the content encodings of a body. Never throws: a damaged or cut body yields what can be
 * read, and one that expands beyond `bytesMax` yields a prefix.
 */
export function decodedBodyOf(
  headers: readonly Header[],
  bytes: Uint8Array,
  bytesMax: number,
): DecodedBody {
  const encodings = contentEncodingsOf(headers);
  if (encodings.length === 0 || bytes.length === 0) return { bytes, anomalies: [] };
  if (encodings.length > encodingsMax) return { bytes, anomalies: ["too-many-content-encodings"] };

  const anomalies: DecodingAnomaly[] = [];
  let decoded = bytes;
  for (const name of encodings.toReversed()) {
    const encoding = contentEncodings.get(name);
    if (encoding === undefined) {
      anomalies.push("unknown-content-encoding");
      break;
    }
    const step = expand(encoding, decoded, bytesMax);
    if (step.anomaly !== undefined && !anomalies.includes(step.anomaly))
      anomalies.push(step.anomaly);
    decoded = step.bytes;
  }
  const decoding = contentEncodings.get(encodings.at(-1) ?? "")?.decoding;
  return { bytes: decoded, anomalies, ...(decoding === undefined ? {} : { decoding }) };
}

const encodingsMax = 3;

function contentEncodingsOf(headers: readonly Header[]): readonly string[] {
  const encodings: string[] = [];
  for (const [name, value] of headers) {
    if (name !== "content-encoding") continue;
    for (const part of value.split(",")) {
      const encoding = part.trim().toLowerCase();
      if (encoding !== "" && encoding !== "identity") encodings.push(encoding);
    }
  }
  return encodings;
}

interface ContentEncoding {
  readonly decoding?: Decoding;
  /** Throws when damaged or larger than `bytesMax`; takes a cut input as it is. */
  readonly expand: (bytes: Uint8Array, bytesMax: number) => Uint8Array;
}

const gzip: ContentEncoding = {
  decoding: "gzip",
  expand: (bytes, bytesMax) => gunzipSync(bytes, zlibOptions(bytesMax)),
};

const contentEncodings: ReadonlyMap<string, ContentEncoding> = new Map([
  ["gzip", gzip],
  ["x-gzip", gzip],
  [
    "deflate",
    {
      decoding: "deflate",
      // Some clients send the bare stream instead of the zlib format that the name stands for.
      expand: (bytes, bytesMax) =>
        hasZlibHeader(bytes)
          ? inflateSync(bytes, zlibOptions(bytesMax))
          : inflateRawSync(bytes, zlibOptions(bytesMax)),
    },
  ],
  [
    "br",
    {
      decoding: "brotli",
      expand: (bytes, bytesMax) =>
        brotliDecompressSync(bytes, {
          maxOutputLength: bytesMax,
          finishFlush: constants.BROTLI_OPERATION_FLUSH,
        }),
    },
  ],
  [
    "zstd",
    {
      expand: (bytes, bytesMax) =>
        zstdDecompressSync(bytes, {
          maxOutputLength: bytesMax,
          finishFlush: constants.ZSTD_e_flush,
        }),
    },
  ],
]);

function zlibOptions(bytesMax: number): { maxOutputLength: number; finishFlush: number } {
  return { maxOutputLength: bytesMax, finishFlush: constants.Z_SYNC_FLUSH };
}

function hasZlibHeader(bytes: Uint8Array): boolean {
  const [method = 0, flags = 0] = bytes;
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
}

/** How often a prefix of the input is tried when the whole expands too far or is damaged. */
const triesMax = 5;

function expand(
  { expand }: ContentEncoding,
  bytes: Uint8Array,
  bytesMax: number,
): { readonly bytes: Uint8Array; readonly anomaly?: DecodingAnomaly } {
  let anomaly: DecodingAnomaly | undefined;
  let length = bytes.length;
  for (let nth = 0; nth < triesMax && length > 0; nth++) {
    try {
      const expanded = expand(bytes.subarray(0, length), bytesMax);
      return anomaly === undefined ? { bytes: expanded } : { bytes: expanded, anomaly };
    } catch (error) {
      anomaly ??= isTooLarge(error) ? "expands-too-far" : "broken-compression";
      // The synchronous calls give all or nothing; a shorter input gives a shorter prefix.
      length =
        isTooLarge(error) && nth === triesMax - 2 ? leastPrefix(length, bytesMax) : length >> 2;
    }
  }
  return { bytes: new Uint8Array(0), anomaly: anomaly ?? "broken-compression" };
}

/** Deflate expands 1,032-fold at most, so that this much of it always fits. */
function leastPrefix(length: number, bytesMax: number): number {
  return Math.min(length, Math.floor(bytesMax / 1_032));
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
}
