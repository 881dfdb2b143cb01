import type { GatewayTimeouts } from "./gateway-options.ts";

/** What an exchange waits for; each wait has its own end. */
export type Awaited =
  | "nothing"
  | "request-body"
  | "upstream-response"
  | "response-body"
  | "client-reading";

export function waitMsOf(awaited: Awaited, timeouts: GatewayTimeouts): number {
  switch (awaited) {
    case "nothing":
      return Infinity;
    case "request-body":
      return timeouts.requestBodyMs;
    case "upstream-response":
      return timeouts.upstreamResponseMs;
    case "response-body":
      return timeouts.upstreamIdleMs;
    case "client-reading":
      return timeouts.idleMs;
  }
}
