import type { CounterName } from "./gateway-counters.ts";
import type { UpstreamFailure } from "./upstream-handler.ts";

/** What the client gets when its upstream gave no response, and where that is counted. */
export function answerToFailure(failure: UpstreamFailure): {
  readonly status: number;
  readonly counter: CounterName;
} {
  switch (failure) {
    case "overloaded":
      return { status: 503, counter: "upstreamOverloads" };
    case "connect-timeout":
      return { status: 504, counter: "upstreamTimeouts" };
    default:
      return { status: 502, counter: "upstreamErrors" };
  }
}

/** Idempotent methods (RFC 9110, 9.2.2): sending them twice does what sending them once does. */
export function isRepeatable(method: string): boolean {
  return repeatable.has(method);
}

const repeatable: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);
