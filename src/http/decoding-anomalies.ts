/** The code of an anomaly that decoding reports. */
export type DecodingAnomaly =
  | "body-kind-mismatch"
  | "broken-compression"
  | "broken-graphql"
  | "broken-json"
  | "broken-xml"
  | "broken-multipart-part"
  | "decoding-budget-spent"
  | "decoding-too-deep"
  | "expands-too-far"
  | "invalid-utf-8"
  | "json-too-deep"
  | "missing-multipart-end"
  | "multipart-boundary-mismatch"
  | "overlong-utf-8"
  | "too-many-content-encodings"
  | "too-many-fields"
  | "too-many-parts"
  | "truncated-json"
  | "unknown-charset"
  | "unknown-content-encoding"
  | "value-cut"
  | "xml-entities-expand-too-far";

/** Why decoding stopped early or had to guess: code and what it means, one sentence each. */
export const decodingAnomalies: Readonly<Record<DecodingAnomaly, string>> = {
  "body-kind-mismatch": "The body is not of the kind its content type says.",
  "broken-compression": "The compressed body is damaged or cut; what could be read was read.",
  "broken-graphql": "The GraphQL document has a string that does not end.",
  "broken-json": "The JSON text breaks the grammar of RFC 8259; what could be read was read.",
  "broken-xml": "The XML text ends within markup or has markup that cannot be read.",
  "broken-multipart-part": "A part of the multipart body has no end of headers or no name.",
  "decoding-budget-spent": "The values hide more text than may be decoded for one message.",
  "decoding-too-deep": "A value was encoded more often than is decoded.",
  "expands-too-far": "The compressed body expands beyond the limit; only a prefix was read.",
  "invalid-utf-8": "The text is not valid UTF-8; each invalid byte was read as one character.",
  "json-too-deep": "The JSON text nests deeper than the limit; its values were still read.",
  "missing-multipart-end": "The multipart body ends without its closing boundary.",
  "multipart-boundary-mismatch":
    "The boundary of the content type is missing, repeated, or does not occur in the body.",
  "overlong-utf-8": "A character is encoded with more bytes than UTF-8 allows.",
  "too-many-content-encodings": "The body is compressed more often than is decoded.",
  "too-many-fields": "The message has more values than are read.",
  "too-many-parts": "The multipart body has more parts than are read.",
  "truncated-json": "The JSON text ends too early; what is there was read.",
  "unknown-charset": "The body's charset is unknown; it was read as UTF-8.",
  "unknown-content-encoding": "The body's content encoding is unknown; the body was not decoded.",
  "value-cut": "A value is longer than the limit; only its first part was read.",
  "xml-entities-expand-too-far": "The XML entities expand beyond the limit, as in an entity bomb.",
};
