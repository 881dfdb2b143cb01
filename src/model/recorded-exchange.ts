import type { Header } from "./exchange.ts";

/** An exchange as it may be written to disk: credentials fingerprinted, sensitive values masked. */
export interface RecordedExchange {
  readonly id: string;
  readonly timeMs: number;
  readonly client: string;
  readonly destination?: string;
  /** Inventory entry it belongs to, when it has one. */
  readonly endpoint?: string;
  readonly request: RecordedMessage & {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: string;
  };
  readonly response?: RecordedMessage & { readonly status: number };
  readonly durationMs?: number;
  readonly upgrade?: string;
  readonly aborted?: "client" | "upstream";
}

export interface RecordedMessage {
  readonly headers: readonly Header[];
  /** Redacted text, cut at the recording limit; missing for binary and empty bodies. */
  readonly body?: string;
  readonly bodyBytesTotal?: number;
}
