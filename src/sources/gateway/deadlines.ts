/** Something that has to be over by a time; `Infinity` when nothing is awaited. */
export interface Expiring {
  /** On the clock of `performance.now()`. */
  readonly deadlineMs: number;
  onDeadline(): void;
}

/**
 * Watches many deadlines with one timer: a timer for each of 10,000 connections and every request
 * would cost more than the requests. A deadline is noticed at most one tick late.
 */
export class Deadlines {
  readonly #watched = new Set<Expiring>();
  readonly #timer: NodeJS.Timeout;

  constructor(tickMs: number) {
    this.#timer = setInterval(() => this.#sweep(), tickMs);
    this.#timer.unref();
  }

  add(expiring: Expiring): void {
    this.#watched.add(expiring);
  }

  delete(expiring: Expiring): void {
    this.#watched.delete(expiring);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#watched.clear();
  }

  #sweep(): void {
    const nowMs = performance.now();
    for (const expiring of this.#watched) {
      if (expiring.deadlineMs <= nowMs) expiring.onDeadline();
    }
  }
}
