import type { ServerResponse } from "node:http";
import type { ConsoleBackend } from "./backend.ts";
import type { CurrentOverview } from "./current-overview.ts";
import { decisionViewOf } from "./decision-view.ts";
import type { ConsoleLog } from "./log.ts";

const subscribersMax = 32;
const tickMs = 1_000;
/** Under attack thousands of decisions a second are made; nobody reads more than these. */
const decisionsPerTickMax = 20;
/** A reader who takes nothing for so many ticks is let go. */
const stalledTicksMax = 30;

interface Subscriber {
  readonly response: ServerResponse;
  /** Whether the session of the subscriber still holds. */
  readonly isWelcome: () => Promise<boolean>;
  stalledTicks: number;
}

/**
 * Server-sent events of `/api/live`. Nothing is buffered for a slow reader: what is sent while its
 * socket is full is skipped for it, and the next overview has the whole picture again.
 */
export class LiveStream {
  readonly #subscribers = new Set<Subscriber>();
  readonly #overview: CurrentOverview;
  readonly #backend: ConsoleBackend;
  readonly #log: ConsoleLog;
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;
  #decisionsThisTick = 0;

  constructor(backend: ConsoleBackend, overview: CurrentOverview, log: ConsoleLog) {
    this.#backend = backend;
    this.#overview = overview;
    this.#log = log;
  }

  get isFull(): boolean {
    return this.#subscribers.size >= subscribersMax;
  }

  /** Takes over a response whose head was written, and sends the first overview at once. */
  add(response: ServerResponse, isWelcome: () => Promise<boolean>): void {
    const subscriber = { response, isWelcome, stalledTicks: 0 };
    this.#subscribers.add(subscriber);
    response.once("close", () => this.#remove(subscriber));
    this.#start();
    this.#tick();
  }

  close(): void {
    for (const { response } of this.#subscribers) response.end();
    this.#subscribers.clear();
    this.#stop();
  }

  #remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    if (this.#subscribers.size === 0) this.#stop();
  }

  #start(): void {
    this.#timer ??= setInterval(() => this.#tick(), tickMs);
    this.#unsubscribe ??= this.#backend.subscribe((decision) => {
      this.#decisionsThisTick += 1;
      if (this.#decisionsThisTick > decisionsPerTickMax) return;
      this.#send("decision", decisionViewOf(decision, this.#backend));
    });
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#unsubscribe?.();
    this.#timer = undefined;
    this.#unsubscribe = undefined;
  }

  #tick(): void {
    this.#decisionsThisTick = 0;
    this.#sendOverview().catch((error: unknown) => {
      this.#log({ level: "error", event: "live-failed", details: {}, error });
    });
  }

  async #sendOverview(): Promise<void> {
    for (const subscriber of this.#subscribers) {
      const isStalled = subscriber.response.writableNeedDrain;
      subscriber.stalledTicks = isStalled ? subscriber.stalledTicks + 1 : 0;
      if (subscriber.stalledTicks > stalledTicksMax || !(await subscriber.isWelcome())) {
        subscriber.response.destroy();
      }
    }
    this.#send("overview", await this.#overview.get());
  }

  #send(event: "overview" | "decision", value: unknown): void {
    // JSON holds no line break, so that it is one `data:` line whatever a client sent.
    const message = `event: ${event}\ndata: ${JSON.stringify(value)}\n\n`;
    for (const { response } of this.#subscribers) {
      if (!response.writableNeedDrain && !response.writableEnded) response.write(message);
    }
  }
}
