import type { Header } from "../../../model/exchange.ts";

/** What a line of an access log tells of one exchange; little of it is always there. */
export interface LogEntry {
  readonly method: string;
  /** Path and query, or an absolute URL. */
  readonly target: string;
  readonly id?: string;
  readonly timeMs?: number;
  readonly client?: string;
  readonly host?: string;
  readonly scheme?: "http" | "https";
  readonly httpVersion?: string;
  readonly status?: number;
  readonly destination?: string;
  readonly durationMs?: number;
  readonly userAgent?: string;
  readonly referer?: string;
  /** Only where a log holds the header fields themselves. */
  readonly requestHeaders?: readonly Header[];
  readonly responseHeaders?: readonly Header[];
}
