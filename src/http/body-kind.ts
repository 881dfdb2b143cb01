/** How the bytes of a body are read. */
export type BodyKind =
  | "json"
  | "xml"
  | "form"
  | "multipart"
  | "graphql"
  | "text"
  /** Pictures, sound, video, fonts: not read. */
  | "media"
  /** Other formats with texts in them. */
  | "binary";

/** What a media type (lower case, without parameters) says of the body; text when it says nothing. */
export function bodyKindOf(mediaType: string | undefined): BodyKind {
  if (mediaType === undefined || mediaType === "") return "text";
  const known = exactKinds.get(mediaType);
  if (known !== undefined) return known;
  if (mediaType.startsWith("multipart/")) return "multipart";
  if (mediaType.includes("json")) return "json";
  if (mediaType.includes("xml")) return "xml";
  if (mediaPrefixes.some((prefix) => mediaType.startsWith(prefix))) return "media";
  return binaryMarks.some((mark) => mediaType.includes(mark)) ? "binary" : "text";
}

const exactKinds: ReadonlyMap<string, BodyKind> = new Map([
  ["application/json", "json"],
  ["application/csp-report", "json"],
  ["application/x-www-form-urlencoded", "form"],
  ["application/graphql", "graphql"],
  ["application/zip", "media"],
  ["application/gzip", "media"],
  ["application/pdf", "media"],
]);

const mediaPrefixes: readonly string[] = ["image/", "video/", "audio/", "font/"];

const binaryMarks: readonly string[] = ["grpc", "proto", "msgpack", "cbor", "avro", "thrift"];
