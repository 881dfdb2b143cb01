import type { CounterOptions } from "../protection/counters/counter-options.ts";
import type { PolicyOptions } from "../protection/policy-options.ts";
import type { RiskOptions, WorkloadOptions } from "../risk/risk-options.ts";
import type { GatewayOptions } from "../sources/gateway/gateway-options.ts";
import type { ConsoleOptions } from "./console-options.ts";
import type { LearningOptions } from "./learning-options.ts";
import type { NotificationOptions } from "./notification-options.ts";
import type { StorageOptions } from "./storage-options.ts";

/** What an installation is told to do: the file, the command line over it, defaults below. */
export interface Configuration {
  /** The file it came from. */
  readonly file?: string;
  /** What the gateway takes, `listen` and `upstreams` included. */
  readonly gateway: GatewayOptions;
  /** Gateway threads. */
  readonly workers: number;
  readonly policy: PolicyOptions;
  /** Absolute paths. */
  readonly specifications: readonly string[];
  /** `directory` is absolute. */
  readonly storage: StorageOptions;
  readonly console: ConsoleOptions;
  readonly learning: LearningOptions;
  readonly notifications: NotificationOptions;
  /** Files within are absolute, or web addresses. */
  readonly risk: RiskOptions;
  /** Files within are absolute. */
  readonly workloads: readonly WorkloadOptions[];
  readonly counters: CounterOptions;
}
