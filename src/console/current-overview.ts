import type { ConsoleBackend } from "./backend.ts";
import type { Overview } from "./contract.ts";

const freshMs = 1_000;

/** The overview, asked of the backend at most once a second however many look at it. */
export class CurrentOverview {
  readonly #backend: ConsoleBackend;
  readonly #now: () => number;
  #answer: Promise<Overview> | undefined;
  #askedMs = 0;

  constructor(backend: ConsoleBackend, now: () => number) {
    this.#backend = backend;
    this.#now = now;
  }

  get(): Promise<Overview> {
    const nowMs = this.#now();
    if (this.#answer !== undefined && nowMs - this.#askedMs < freshMs) return this.#answer;

    const answer = (async () => this.#backend.overview())();
    this.#answer = answer;
    this.#askedMs = nowMs;
    // A failure is not kept: the next one asks again.
    answer.catch(() => {
      if (this.#answer === answer) this.#answer = undefined;
    });
    return answer;
  }
}
