/** Lets a bounded number of pieces of work run at a time, and a bounded number wait. */
export interface Turns {
  /** Undefined when too many wait already, or no turn came within `waitMs`. */
  take<Result>(work: () => Promise<Result>, waitMs: number): Promise<Result | undefined>;
}

export function createTurns(options: {
  readonly concurrencyMax: number;
  readonly waitingMax: number;
}): Turns {
  const waiting = new Set<() => void>();
  let running = 0;

  function turn(waitMs: number): Promise<boolean> | boolean {
    if (running < options.concurrencyMax) {
      running += 1;
      return true;
    }
    if (waiting.size >= options.waitingMax) return false;
    return new Promise((resolve) => {
      const end = (isMine: boolean) => (): void => {
        clearTimeout(timer);
        waiting.delete(begin);
        resolve(isMine);
      };
      const begin = end(true);
      const timer = setTimeout(end(false), waitMs);
      waiting.add(begin);
    });
  }

  return {
    async take(work, waitMs) {
      if (!(await turn(waitMs))) return undefined;
      try {
        return await work();
      } finally {
        // Whoever waited longest takes over, so that the count stays.
        const [next] = waiting;
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
