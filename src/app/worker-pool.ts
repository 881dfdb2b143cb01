import { MerlonError } from "../model/merlon-error.ts";
import { createCounterCells } from "../protection/counters/shared-counters.ts";
import { createCounterMemory, sumCounters } from "../sources/gateway/gateway-counters.ts";
import { requireFreePort } from "./free-port.ts";
import { GatewayThread, type WorkerLog } from "./gateway-thread.ts";
import type { RecordBatch } from "./record-queue.ts";
import type { WorkerConfiguration, WorkerInstallation } from "./worker-messages.ts";

export interface WorkerPoolOptions {
  readonly workers: number;
  readonly configuration: WorkerConfiguration;
  readonly installation: Omit<WorkerInstallation, "counterCells">;
  /** Takes finished exchanges; until it resolves, their bytes count against the worker's credit. */
  readonly onRecords: (batch: RecordBatch) => void | Promise<void>;
  readonly onLog: (entry: WorkerLog) => void;
  /** Module that runs in each thread; the gateway's own by default. */
  readonly entry?: URL;
}

/** Counters of rates and failed logins that are kept at the same time: 6 MiB. */
const COUNTER_CELLS = 262_144;
/** What the last records may take on stop; a store that is stuck must not hold up the end. */
const HAND_OVER_MS = 10_000;

/** The gateway's threads, as the control thread sees them: started, commanded, replaced, stopped. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #counters: SharedArrayBuffer;
  readonly #threads: GatewayThread[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #configuration: WorkerConfiguration;
  #change = 0;
  #isStopping = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#configuration = options.configuration;
    // Elsewhere the system does not spread connections over sockets that share a port.
    const workers = process.platform === "linux" ? options.workers : 1;
    this.#counters = createCounterMemory(workers);
    const installation = {
      ...options.installation,
      counterCells: createCounterCells(COUNTER_CELLS),
    };
    for (let index = 0; index < workers; index += 1) {
      this.#threads.push(
        new GatewayThread({
          index,
          reusePort: workers > 1,
          counters: this.#counters,
          installation,
          configuration: () => this.#configuration,
          onRecords: (batch, taken) => this.#take(batch, taken),
          onLog: options.onLog,
          ...(options.entry === undefined ? {} : { entry: options.entry }),
        }),
      );
    }
  }

  /** Threads that accept connections now. */
  get listening(): number {
    return this.#threads.filter(({ isListening }) => isListening).length;
  }

  get workers(): number {
    return this.#threads.length;
  }

  /** Resolves when every thread listens. The first one finds the port that all share. */
  async start(): Promise<{ address: string; port: number }> {
    const [first, ...others] = this.#threads;
    if (first === undefined) throw new MerlonError("ERR_CONFIG_INVALID", "workers must be over 0");
    await requireFreePort(this.#configuration.gateway.listen);
    try {
      const bound = await first.start();
      const { gateway } = this.#configuration;
      this.#configuration = {
        ...this.#configuration,
        gateway: { ...gateway, listen: { ...gateway.listen, port: bound.port } },
      };
      await Promise.all(others.map((thread) => thread.start()));
      return bound;
    } catch (error) {
      await Promise.all(this.#threads.map((thread) => thread.stop(0)));
      throw error;
    }
  }

  /**
   * Resolves when every thread runs the new configuration. When one cannot, all go back to the old
   * one and the promise rejects with the reason.
   */
  async apply(configuration: WorkerConfiguration): Promise<void> {
    const before = this.#configuration;
    const { listen } = before.gateway;
    const wanted = configuration.gateway.listen;
    const isElsewhere =
      wanted.address !== listen.address ||
      (wanted.port !== listen.port && wanted.port !== 0) ||
      (wanted.tls === undefined) !== (listen.tls === undefined);
    if (isElsewhere) {
      throw new MerlonError("ERR_CONFIG_INVALID", "listen: cannot change while running", {
        fix: "restart to listen elsewhere",
      });
    }
    const next: WorkerConfiguration = {
      ...(before.knowledge === undefined ? {} : { knowledge: before.knowledge }),
      ...configuration,
      gateway: { ...configuration.gateway, listen: { ...wanted, port: listen.port } },
    };
    this.#configuration = next;
    const problems = await this.#broadcast(withoutKnown(next, before));
    if (problems.length === 0) return;
    // Somebody newer may have replaced it meanwhile; only our own change is taken back.
    if (this.#configuration === next) {
      this.#configuration = before;
      await this.#broadcast(before);
    }
    throw new MerlonError("ERR_CONFIG_INVALID", problems[0] ?? "a worker refused");
  }

  /** The sums over all threads, by name. */
  counters(): Record<string, number> {
    return sumCounters(this.#counters);
  }

  /** Lets open exchanges end, then ends the threads; everything recorded was handed over. */
  async stop(): Promise<void> {
    if (this.#isStopping) return;
    this.#isStopping = true;
    const { drainMs } = this.#configuration.gateway;
    await Promise.all(this.#threads.map((thread) => thread.stop(drainMs)));
    const handedOver = Promise.all(this.#underWay);
    await Promise.race([handedOver, laterOf(HAND_OVER_MS)]);
  }

  async #broadcast(configuration: WorkerConfiguration): Promise<string[]> {
    this.#change += 1;
    const change = this.#change;
    const problems = await Promise.all(
      this.#threads.map((thread) => thread.apply(change, configuration)),
    );
    return problems.filter((problem) => problem !== undefined);
  }

  #take(batch: RecordBatch, taken: () => void): void {
    const handedOver = this.#handOver(batch)
      .catch((error: unknown) => {
        const name = error instanceof Error ? error.name : typeof error;
        this.#options.onLog({ level: "error", message: `records were not taken: ${name}` });
      })
      .finally(() => {
        this.#underWay.delete(handedOver);
        taken();
      });
    this.#underWay.add(handedOver);
  }

  async #handOver(batch: RecordBatch): Promise<void> {
    await this.#options.onRecords(batch);
  }
}

/** Descriptions of large APIs take a while to cross threads; what a thread has is not sent again. */
function withoutKnown(next: WorkerConfiguration, before: WorkerConfiguration): WorkerConfiguration {
  const { knowledge, ...rest } = next;
  return knowledge === undefined || knowledge === before.knowledge ? rest : next;
}

function laterOf(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs).unref();
  });
}
