/** Lets at most so many through a second, spread over the second's start; counts nothing itself. */
export interface Sampler {
  admits(): boolean;
}

export function createSampler(options: {
  readonly perSecondMax: number;
  readonly now: () => number;
}): Sampler {
  let second = 0;
  let admitted = 0;
  return {
    admits() {
      const current = Math.floor(options.now() / 1000);
      if (current !== second) {
        second = current;
        admitted = 0;
      }
      if (admitted >= options.perSecondMax) return false;
      admitted += 1;
      return true;
    },
  };
}
