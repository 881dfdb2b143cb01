import type { HeaderLines } from "./header-lines.ts";
import type { UpstreamResponse } from "./strict-response.ts";
import type { UpstreamConnection } from "./upstream-connection.ts";

/** Why an upstream gave no (whole) response. */
export type UpstreamFailure =
  | "connect-failed"
  | "connect-timeout"
  | "overloaded"
  /** A kept-alive connection turned out to be closed before it answered anything. */
  | "stale"
  | "closed"
  | "invalid-response";

/** What happens on a connection to an upstream, as told to the exchange that uses it. */
export interface UpstreamHandler {
  onConnected(connection: UpstreamConnection): void;
  onInformational(response: UpstreamResponse): void;
  /** 101: from here the socket carries another protocol; `rest` came with the head. */
  onSwitched(response: UpstreamResponse, rest: Buffer): void;
  onResponseHead(response: UpstreamResponse): void;
  onResponseBytes(bytes: Buffer): void;
  onResponseEnd(trailers: HeaderLines | undefined): void;
  /** The upstream takes request bytes again. */
  onUpstreamDrain(): void;
  /** Everything that came with one read was told. */
  onUpstreamTurnEnd(): void;
  onUpstreamFailure(failure: UpstreamFailure): void;
  /** Something above threw. */
  onBroken(error: unknown): void;
}
