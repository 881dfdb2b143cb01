/** How much work decoding one head or one body may cause; what exceeds a limit becomes an anomaly. */
export interface DecodingLimits {
  /** Decodings after the first reading: percent twice is one, base64 in JSON in base64 is two. */
  readonly nestedDecodingsMax: number;
  readonly fieldsMax: number;
  /** Deeper JSON is still read, but its path is no longer spelled out, and it is reported. */
  readonly jsonDepthMax: number;
  /** Longer values are cut. */
  readonly valueCharsMax: number;
  /** Longer names are cut in `Field.name`. */
  readonly nameCharsMax: number;
  /** What a compressed body may expand to. */
  readonly expandedBytesMax: number;
  /** Total length of all values that nested decodings may add. */
  readonly derivedCharsMax: number;
  /** What the entities of an XML document may add to its text. */
  readonly entityCharsMax: number;
  /** Of a file in a multipart body only this much is read. */
  readonly filePrefixBytesMax: number;
  readonly multipartPartsMax: number;
}

/** Limits for the inline path: a body of 1 MB at most costs a few tens of milliseconds. */
export const defaultDecodingLimits: DecodingLimits = {
  nestedDecodingsMax: 3,
  fieldsMax: 10_000,
  jsonDepthMax: 64,
  valueCharsMax: 1_048_576,
  nameCharsMax: 256,
  expandedBytesMax: 1_048_576,
  derivedCharsMax: 1_048_576,
  entityCharsMax: 65_536,
  filePrefixBytesMax: 4_096,
  multipartPartsMax: 1_000,
};
