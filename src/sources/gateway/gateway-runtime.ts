import type { Guard } from "../../protection/guard.ts";
import type { Deadlines } from "./deadlines.ts";
import type { GatewayCounters } from "./gateway-counters.ts";
import type { GatewayLimits, GatewayTimeouts } from "./gateway-options.ts";
import type { HeldBytes } from "./held-bytes.ts";
import type { UpstreamPool } from "./upstream-pool.ts";
import type { FindRoute } from "./upstream-route.ts";

/** An upstream as an exchange sees it. */
export interface Upstream {
  readonly pool: UpstreamPool;
  readonly hostHeader: "client" | "upstream";
  /** Host and port of its URL. */
  readonly authority: string;
  /** Address and port, for the record. */
  readonly destination: string;
}

/** Everything that may change with the configuration; an exchange keeps the one it began with. */
export interface GatewaySettings {
  readonly guard: Guard;
  readonly routeOf: FindRoute<Upstream>;
  readonly timeouts: GatewayTimeouts;
  readonly limits: GatewayLimits;
  readonly isTrusted: (address: string) => boolean;
}

/** What all connections of a worker share. */
export interface GatewayRuntime {
  settings: GatewaySettings;
  readonly counters: GatewayCounters;
  readonly deadlines: Deadlines;
  readonly held: HeldBytes;
  isDraining: boolean;
  /** Told of our own mistakes: the request is given up, the worker goes on. */
  readonly onInternalError: (error: unknown) => void;
}
