import type { Deadlines, Expiring } from "./deadlines.ts";
import type { GatewayCounters } from "./gateway-counters.ts";
import type { GatewayLimits, GatewayTimeouts } from "./gateway-options.ts";
import {
  type ConnectionOwner,
  type UpstreamAddress,
  UpstreamConnection,
} from "./upstream-connection.ts";
import type { UpstreamFailure, UpstreamHandler } from "./upstream-handler.ts";

/** Settings that may change while connections are open. */
export interface PoolSettings {
  readonly timeouts: GatewayTimeouts;
  readonly limits: GatewayLimits;
}

interface Waiter {
  readonly handler: UpstreamHandler;
  readonly deadlineMs: number;
}

/** The connections of one worker to one upstream: bounded, reused last-in first-out. */
export class UpstreamPool implements ConnectionOwner, Expiring {
  readonly #address: UpstreamAddress;
  readonly #deadlines: Deadlines;
  readonly #counters: GatewayCounters;
  readonly #idle: UpstreamConnection[] = [];
  readonly #waiting: Waiter[] = [];
  #settings: PoolSettings;
  #open = 0;
  #connecting = 0;
  #isClosed = false;

  constructor(
    address: UpstreamAddress,
    settings: PoolSettings,
    parts: { readonly deadlines: Deadlines; readonly counters: GatewayCounters },
  ) {
    this.#address = address;
    this.#settings = settings;
    this.#deadlines = parts.deadlines;
    this.#counters = parts.counters;
    this.#deadlines.add(this);
  }

  /** When the first waiter gives up; all wait equally long, so the first is the earliest. */
  get deadlineMs(): number {
    return this.#waiting[0]?.deadlineMs ?? Infinity;
  }

  use(settings: PoolSettings): void {
    this.#settings = settings;
  }

  /** Calls `onConnected`, at once where a connection is free, or `onUpstreamFailure`. */
  acquire(handler: UpstreamHandler, options: { readonly isFresh: boolean }): void {
    const idle = options.isFresh ? undefined : this.#idle.pop();
    if (idle !== undefined) {
      idle.deadlineMs = Infinity;
      handler.onConnected(idle);
      return;
    }
    const { limits, timeouts } = this.#settings;
    const queued = this.#waiting.length - this.#connecting;
    if (this.#open >= limits.upstreamConnectionsMax && queued >= limits.upstreamQueueMax) {
      handler.onUpstreamFailure("overloaded");
      return;
    }
    const waitMs = timeouts.upstreamQueueMs + timeouts.upstreamConnectMs;
    this.#waiting.push({ handler, deadlineMs: performance.now() + waitMs });
    this.#openWhatIsNeeded();
  }

  cancel(handler: UpstreamHandler): void {
    const index = this.#waiting.findIndex((waiter) => waiter.handler === handler);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  onDeadline(): void {
    this.#waiting.shift()?.handler.onUpstreamFailure("overloaded");
  }

  onOpen(connection: UpstreamConnection): void {
    this.#connecting -= 1;
    this.#offer(connection);
  }

  onIdle(connection: UpstreamConnection): void {
    this.#offer(connection);
  }

  onGone(connection: UpstreamConnection, failure: UpstreamFailure | undefined): void {
    this.#deadlines.delete(connection);
    this.#open -= 1;
    this.#counters.add("upstreamConnectionsOpen", -1);
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
    if (failure === undefined) {
      this.#openWhatIsNeeded();
      return;
    }
    // One failed attempt answers one waiter; the others have attempts of their own.
    this.#connecting -= 1;
    this.#waiting.shift()?.handler.onUpstreamFailure(failure);
    this.#openWhatIsNeeded();
  }

  /** Takes no new exchanges; those under way end on their own. */
  close(): void {
    this.#isClosed = true;
    this.#deadlines.delete(this);
    for (const connection of [...this.#idle]) connection.close();
    for (const { handler } of this.#waiting.splice(0)) handler.onUpstreamFailure("overloaded");
  }

  #offer(connection: UpstreamConnection): void {
    const waiter = this.#waiting.shift();
    if (waiter !== undefined) {
      waiter.handler.onConnected(connection);
    } else if (this.#isClosed) {
      connection.close();
    } else {
      connection.deadlineMs = performance.now() + this.#settings.timeouts.upstreamKeepAliveMs;
      connection.resume();
      this.#idle.push(connection);
    }
  }

  #openWhatIsNeeded(): void {
    const { limits, timeouts } = this.#settings;
    while (
      this.#connecting < this.#waiting.length &&
      this.#open < limits.upstreamConnectionsMax &&
      !this.#isClosed
    ) {
      this.#open += 1;
      this.#connecting += 1;
      this.#counters.add("upstreamConnectionsOpen");
      const deadlineMs = performance.now() + timeouts.upstreamConnectMs;
      this.#deadlines.add(new UpstreamConnection(this.#address, this, deadlineMs));
    }
  }
}
