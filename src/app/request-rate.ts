/** Requests a second over the last minutes, from a counter that only grows. */
export interface RequestRate {
  /** To be called once a second with the counter's value. */
  sample(total: number): void;
  perSecond(): number;
  /** One entry a second, oldest first. */
  history(): readonly number[];
}

export function createRequestRate(options: {
  readonly secondsMax: number;
  readonly now: () => number;
}): RequestRate {
  const history: number[] = [];
  let before = { total: 0, timeMs: options.now() };

  return {
    sample(total) {
      const timeMs = options.now();
      const seconds = Math.max(0.001, (timeMs - before.timeMs) / 1000);
      history.push(Math.max(0, total - before.total) / seconds);
      if (history.length > options.secondsMax) history.shift();
      before = { total, timeMs };
    },
    perSecond: () => history.at(-1) ?? 0,
    history: () => history,
  };
}
