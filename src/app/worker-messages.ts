import type { CounterOptions } from "../protection/counters/counter-options.ts";
import type { Knowledge } from "../protection/knowledge.ts";
import type { Policy } from "../protection/policy.ts";
import type { GatewayOptions } from "../sources/gateway/gateway-options.ts";
import type { RecordBatch } from "./record-queue.ts";

/** Everything a gateway worker needs to know; plain data, so that it can cross threads. */
export interface WorkerConfiguration {
  readonly gateway: GatewayOptions;
  readonly policy: Policy;
  /** What is known of the APIs behind; in a change, missing means as before. */
  readonly knowledge?: Knowledge;
}

/** What all workers of an installation have in common, for their whole life. */
export interface WorkerInstallation {
  /** Cells of the counters that the threads of this machine share. */
  readonly counterCells: SharedArrayBuffer;
  readonly counters: CounterOptions;
  /** Keys the digests that stand for credentials. */
  readonly digestKey: Uint8Array;
}

/** What a worker is born with. */
export interface WorkerBirth {
  readonly configuration: WorkerConfiguration;
  readonly counters: SharedArrayBuffer;
  readonly installation: WorkerInstallation;
  /** Its row in the counters. */
  readonly index: number;
  readonly reusePort: boolean;
}

export type ToWorker =
  | { readonly type: "apply"; readonly change: number; readonly configuration: WorkerConfiguration }
  | { readonly type: "taken"; readonly bytes: number }
  | { readonly type: "drain" };

export type FromWorker =
  | { readonly type: "listening"; readonly address: string; readonly port: number }
  | { readonly type: "not-listening"; readonly problem: string }
  | { readonly type: "applied"; readonly change: number; readonly problem?: string }
  | { readonly type: "records"; readonly batch: RecordBatch; readonly bytes: number }
  | { readonly type: "log"; readonly level: "warn" | "error"; readonly message: string }
  | { readonly type: "drained" };
