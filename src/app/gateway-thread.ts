import { Worker } from "node:worker_threads";
import { MerlonError } from "../model/merlon-error.ts";
import { GatewayCounters } from "../sources/gateway/gateway-counters.ts";
import type { RecordBatch } from "./record-queue.ts";
import type {
  FromWorker,
  ToWorker,
  WorkerBirth,
  WorkerConfiguration,
  WorkerInstallation,
} from "./worker-messages.ts";

export interface WorkerLog {
  readonly level: "warn" | "error";
  readonly message: string;
}

export interface GatewayThreadParts {
  /** Row in the counters, and number in the log. */
  readonly index: number;
  readonly reusePort: boolean;
  readonly counters: SharedArrayBuffer;
  readonly installation: WorkerInstallation;
  /** The configuration in force, for a thread that begins now. */
  readonly configuration: () => WorkerConfiguration;
  readonly onRecords: (batch: RecordBatch, taken: () => void) => void;
  readonly onLog: (entry: WorkerLog) => void;
  readonly entry?: URL;
}

const RESTART_MS_MIN = 100;
const RESTART_MS_MAX = 5_000;
/** A thread that lived so long starts over with the shortest pause when it ends. */
const STABLE_MS = 30_000;
/** What a thread may take over its drain time before it is ended. */
const STOP_EXTRA_MS = 2_000;

// Published as JavaScript, developed as TypeScript.
const defaultEntry = new URL(
  import.meta.url.endsWith(".ts") ? "./gateway-worker.ts" : "./gateway-worker.js",
  import.meta.url,
);

interface Bound {
  readonly address: string;
  readonly port: number;
}

/** One gateway thread that is replaced when it ends unasked. */
export class GatewayThread {
  readonly #parts: GatewayThreadParts;
  readonly #counters: GatewayCounters;
  readonly #applying = new Map<number, (problem: string | undefined) => void>();
  #worker: Worker | undefined;
  #startedMs = 0;
  #restartMs = RESTART_MS_MIN;
  #restartTimer: NodeJS.Timeout | undefined;
  #isListening = false;
  #isStopping = false;
  #onDrained: (() => void) | undefined;

  constructor(parts: GatewayThreadParts) {
    this.#parts = parts;
    this.#counters = new GatewayCounters(parts.counters, parts.index);
  }

  get isListening(): boolean {
    return this.#isListening;
  }

  /** Resolves when the thread listens; rejects when it cannot. */
  start(): Promise<Bound> {
    return new Promise((resolve, reject) => this.#spawn(resolve, reject));
  }

  /**
   * Resolves with nothing when the thread runs the configuration, else with the problem. A thread
   * that is being replaced begins with the configuration in force.
   */
  apply(change: number, configuration: WorkerConfiguration): Promise<string | undefined> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#applying.set(change, resolve);
      this.#tell(worker, { type: "apply", change, configuration });
    });
  }

  async stop(drainMs: number): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restartTimer);
    const worker = this.#worker;
    if (worker === undefined) return;
    const drained = new Promise<void>((resolve) => {
      this.#onDrained = resolve;
    });
    if (this.#isListening) {
      this.#tell(worker, { type: "drain" });
      await Promise.race([drained, laterOf(drainMs + STOP_EXTRA_MS)]);
    }
    await worker.terminate();
  }

  /** Calls one of the two, once. */
  #spawn(onListening: (bound: Bound) => void, onFailed: (error: Error) => void): void {
    const { index, reusePort, counters, installation } = this.#parts;
    let isSettled = false;
    const fail = (error: MerlonError): void => {
      if (!isSettled) onFailed(error);
      isSettled = true;
    };
    const birth: WorkerBirth = {
      configuration: this.#parts.configuration(),
      counters,
      installation,
      index,
      reusePort,
    };
    const worker = new Worker(this.#parts.entry ?? defaultEntry, { workerData: birth });
    this.#worker = worker;
    this.#startedMs = performance.now();
    worker.on("message", (message: FromWorker) => {
      if (message.type === "listening") {
        this.#isListening = true;
        isSettled = true;
        onListening({ address: message.address, port: message.port });
      } else if (message.type === "not-listening") {
        fail(new MerlonError("ERR_LISTEN_FAILED", message.problem));
      } else {
        this.#onMessage(worker, message);
      }
    });
    worker.on("error", (error: Error) => {
      this.#log("error", `ended by an error: ${error.stack ?? error.name}`);
    });
    worker.on("exit", (code) => {
      fail(new MerlonError("ERR_LISTEN_FAILED", `gateway worker ${index} ended with ${code}`));
      this.#onExit(code);
    });
  }

  #onMessage(worker: Worker, message: FromWorker): void {
    switch (message.type) {
      case "records":
        this.#parts.onRecords(message.batch, () =>
          this.#tell(worker, { type: "taken", bytes: message.bytes }),
        );
        break;
      case "applied":
        this.#applying.get(message.change)?.(message.problem);
        this.#applying.delete(message.change);
        break;
      case "log":
        this.#log(message.level, message.message);
        break;
      case "drained":
        this.#onDrained?.();
        break;
      default:
    }
  }

  #onExit(code: number): void {
    const lived = performance.now() - this.#startedMs;
    const wasListening = this.#isListening;
    this.#worker = undefined;
    this.#isListening = false;
    this.#counters.clearGauges();
    this.#onDrained?.();
    for (const resolve of this.#applying.values()) resolve(undefined);
    this.#applying.clear();
    // A thread that never listened has told why; whoever started it decides.
    if (this.#isStopping || !wasListening) return;

    if (lived >= STABLE_MS) this.#restartMs = RESTART_MS_MIN;
    this.#log("error", `ended with code ${code}; replaced in ${this.#restartMs} ms`);
    this.#restart();
  }

  #restart(): void {
    const pauseMs = this.#restartMs;
    this.#restartMs = Math.min(pauseMs * 2, RESTART_MS_MAX);
    this.#restartTimer = setTimeout(() => {
      this.#spawn(
        () => this.#log("warn", "was replaced"),
        (error) => {
          if (this.#isStopping) return;
          this.#log("error", error.message);
          void this.#worker?.terminate();
          this.#restart();
        },
      );
    }, pauseMs);
  }

  #log(level: WorkerLog["level"], message: string): void {
    this.#parts.onLog({ level, message: `gateway worker ${this.#parts.index} ${message}` });
  }

  #tell(worker: Worker, message: ToWorker): void {
    worker.postMessage(message);
  }
}

function laterOf(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs).unref();
  });
}
