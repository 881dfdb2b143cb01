/** One header field line: name in lower case, value as received without surrounding white space. */
export type Header = readonly [name: string, value: string];

/** The head of an HTTP request (RFC 9110) as a source saw it, before any normalisation. */
export interface RequestHead {
  readonly method: string;
  readonly scheme: "http" | "https";
  /** Host and optional port as the client named it: `shop.example:8080`. */
  readonly authority: string;
  /** Raw path as on the wire, percent-encoding untouched; starts with `/`, or is `*`. */
  readonly path: string;
  /** Raw query as on the wire without the question mark; empty when there is none. */
  readonly query: string;
  /** `1.0`, `1.1` or `2`. */
  readonly httpVersion: string;
  readonly headers: readonly Header[];
}

/** A body as far as it was captured; `bytesTotal` tells how long it really was. */
export interface Body {
  readonly bytes: Uint8Array;
  readonly bytesTotal: number;
}

export interface HttpRequest extends RequestHead {
  readonly body?: Body;
}

export interface ResponseHead {
  readonly status: number;
  readonly headers: readonly Header[];
}

export interface HttpResponse extends ResponseHead {
  readonly body?: Body;
}

/** One HTTP request and its response as observed by a source. */
export interface Exchange {
  /** Unique within an installation; also the id of the decision made about it. */
  readonly id: string;
  /** When the request head was complete, in milliseconds since the Unix epoch. */
  readonly timeMs: number;
  /** The address of the client, after trusted proxies were taken into account. */
  readonly client: string;
  /** Address and port that served it, when known. */
  readonly destination?: string;
  readonly request: HttpRequest;
  /** Missing when the exchange was refused, aborted, or only half recorded. */
  readonly response?: HttpResponse;
  readonly durationMs?: number;
  /** Protocol the connection was upgraded to, such as `websocket`. */
  readonly upgrade?: string;
  /** False when its source tells no header fields, as an access log: that one is missing proves nothing. */
  readonly hasHeaders?: false;
  /** Who gave up before the response was complete. */
  readonly aborted?: "client" | "upstream";
}

/** The first value of a header, by its lower-case name. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  for (const [key, value] of headers) if (key === name) return value;
  return undefined;
}

/** The request's absolute URL, raw. */
export function urlOf(request: RequestHead): string {
  const query = request.query === "" ? "" : `?${request.query}`;
  return `${request.scheme}://${request.authority}${request.path}${query}`;
}

/** The media type of a message in lower case, without parameters: `application/json`. */
export function mediaTypeOf(headers: readonly Header[]): string | undefined {
  const value = headerOf(headers, "content-type");
  if (value === undefined) return undefined;
  const end = value.indexOf(";");
  return (end < 0 ? value : value.slice(0, end)).trim().toLowerCase();
}
