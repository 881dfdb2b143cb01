/** Counts saturate here. */
const COUNT_MAX = 65_535;

/**
 * Adds to a pair of fixed windows packed into 64 bits (index of the window, count of the one before,
 * count of this one) and tells the count over the sliding window: the usual two-window estimate,
 * which assumes that the earlier window was filled evenly. A value of 0 is a new counter.
 */
export function addToWindow(
  packed: bigint,
  windowMs: number,
  amount: number,
  nowMs: number,
): { readonly value: bigint; readonly count: number } {
  const index = Math.floor(nowMs / windowMs) % 0x7fff_ffff;
  const storedIndex = Number(packed >> 32n);
  const storedCurrent = Number(packed & 0xffffn);
  const storedPrevious = Number((packed >> 16n) & 0xffffn);
  let previous = 0;
  let current = 0;
  if (storedIndex === index) {
    previous = storedPrevious;
    current = storedCurrent;
  } else if (storedIndex + 1 === index) {
    previous = storedCurrent;
  }
  current = Math.min(current + amount, COUNT_MAX);
  const share = 1 - (nowMs % windowMs) / windowMs;
  return {
    value: (BigInt(index) << 32n) | (BigInt(previous) << 16n) | BigInt(current),
    count: current + Math.floor(previous * share),
  };
}
