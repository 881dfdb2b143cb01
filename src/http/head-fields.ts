import type { RequestHead } from "../model/exchange.ts";
import type { Field } from "../model/field.ts";
import type { DecodingLimits } from "./decoding-limits.ts";
import { defaultDecodingLimits } from "./decoding-limits.ts";
import { FieldSink } from "./field-sink.ts";
import { readGraphqlFields } from "./graphql-fields.ts";
import { readHeaders } from "./header-fields.ts";
import { deriveNestedFields } from "./nested-decoding.ts";
import { readPairs } from "./pair-fields.ts";
import { readPath } from "./path-fields.ts";

/** What reading one head or body gave. */
export interface DecodedFields {
  readonly fields: readonly Field[];
  /** Codes of `decodingAnomalies`: why reading stopped early or had to guess. */
  readonly anomalies: readonly string[];
}

/** Every value that the client controls in path, query, headers and cookies, with what they hide. */
export function fieldsOfHead(
  head: RequestHead,
  limits: DecodingLimits = defaultDecodingLimits,
): DecodedFields {
  const sink = new FieldSink(limits);
  readPath(sink, head.path);
  if (head.query !== "") {
    readPairs(sink, head.query, { location: "query" });
    if (head.query.includes("query=")) readGraphqlFields(sink, "query");
  }
  readHeaders(sink, head.headers);
  deriveNestedFields(sink);
  return sink.result();
}
