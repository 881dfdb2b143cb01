import type { Duplex } from "node:stream";
import type { Refusal } from "../../protection/refusal.ts";
import type { HeaderLines } from "./header-lines.ts";
import type { UpstreamResponse } from "./strict-response.ts";

/**
 * The side of an exchange that faces the client, whichever HTTP version it speaks. It tells the
 * exchange `onRequestBytes`, `onRequestEnd`, `onRequestViolation`, `onClientTurnEnd`,
 * `onClientDrain` and `onClientGone`.
 */
export interface ClientStream {
  /** After a flush: the client does not keep up; wait for `onClientDrain`. */
  readonly isFull: boolean;
  /** Begins to tell the request body; before this it waits unread. */
  readBody(): void;
  pauseBody(): void;
  resumeBody(): void;
  sendContinue(): void;
  sendInformational(response: UpstreamResponse): void;
  sendHead(response: UpstreamResponse): void;
  sendBody(bytes: Buffer): void;
  sendEnd(trailers: HeaderLines | undefined): void;
  /** A whole response of Merlon's own instead of the upstream's. */
  refuse(refusal: Refusal): void;
  /** Answers 101 and hands the connection over; undefined where the client cannot switch. */
  switchProtocol(
    response: UpstreamResponse,
  ): { readonly socket: Duplex; readonly early: Buffer } | undefined;
  /** Ends so that the client sees that the response is not whole. */
  cut(): void;
  flush(): void;
}
