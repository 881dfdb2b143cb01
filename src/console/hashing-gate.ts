import { Problem } from "./problem.ts";

const runningMax = 2;
const waitingMax = 16;

/**
 * Lets few password hashes run at once: each takes 32 MiB and a thread that files and names
 * are looked up with too. Over the bound callers are told to come back.
 */
export class HashingGate {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= runningMax) await this.#turn();
    else this.#running += 1;
    try {
      return await work();
    } finally {
      // The place is handed on, so that `#running` stays as it is while somebody waits.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= waitingMax) {
      throw new Problem(503, "Too many people sign in at once.", { "retry-after": "2" });
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
