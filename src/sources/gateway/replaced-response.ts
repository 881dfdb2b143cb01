import type { UpstreamResponse } from "./strict-response.ts";

/** Fields that speak of the body as the upstream wrote it; `trailer` and digests among them. */
const ofOldBody: ReadonlySet<string> = new Set([
  "accept-ranges",
  "content-digest",
  "content-encoding",
  "content-length",
  "content-md5",
  "digest",
  "etag",
  "repr-digest",
  "trailer",
  "transfer-encoding",
]);

/** The head of a response whose body was replaced by one of `bytes` bytes, plain. */
export function withReplacedBody(response: UpstreamResponse, bytes: number): UpstreamResponse {
  const { names, headers } = response.lines;
  const kept = headers.map(([name]) => !ofOldBody.has(name));
  return {
    ...response,
    framing: { kind: "length", bytes },
    lines: {
      names: [...names.filter((_name, at) => kept[at]), "Content-Length"],
      headers: [...headers.filter((_header, at) => kept[at]), ["content-length", String(bytes)]],
    },
  };
}
