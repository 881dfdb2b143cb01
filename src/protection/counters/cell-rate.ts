import type { Quota, Taken } from "./counter-store.ts";

const microsecondsPerMs = 1_000;

/** A cell after a wish: its theoretical arrival time, in microseconds since the Unix epoch. */
export interface CellStep {
  readonly taken: Taken;
  /** What to store; as before when the wish was refused. */
  readonly arrivalUs: number;
}

/**
 * One step of the generic cell rate algorithm (ITU-T I.371, virtual scheduling): `arrivalUs` is the
 * time at which everything taken so far would have been due, 0 for a new key.
 */
export function stepCell(arrivalUs: number, quota: Quota, amount: number, nowMs: number): CellStep {
  const nowUs = Math.round(nowMs * microsecondsPerMs);
  const unitUs = (quota.periodMs * microsecondsPerMs) / quota.amount;
  const burstUs = unitUs * quota.burst;
  // A clock that was set back, or a cell somebody wrote wrongly, must not lock a key out for long.
  const sane = Math.min(Math.max(arrivalUs, nowUs), nowUs + debtUsMaxOf(quota));
  const next = sane + unitUs * amount;
  const overUs = next - nowUs - burstUs;
  // Half a microsecond of rounding a unit is nobody's offence.
  if (overUs > 1) {
    return {
      taken: {
        isAllowed: false,
        remaining: unitsIn(burstUs - (sane - nowUs), unitUs),
        retryAfterMs: amount > quota.burst ? Infinity : Math.ceil(overUs / microsecondsPerMs),
        resetMs: Math.ceil((sane - nowUs) / microsecondsPerMs),
      },
      arrivalUs,
    };
  }
  return {
    taken: {
      isAllowed: true,
      remaining: unitsIn(-overUs, unitUs),
      retryAfterMs: 0,
      resetMs: Math.ceil((next - nowUs) / microsecondsPerMs),
    },
    arrivalUs: Math.round(next),
  };
}

/** The cell after something that was taken in any case; a debt of at most one period beyond the burst. */
export function chargeCell(arrivalUs: number, quota: Quota, amount: number, nowMs: number): number {
  const nowUs = Math.round(nowMs * microsecondsPerMs);
  const unitUs = (quota.periodMs * microsecondsPerMs) / quota.amount;
  const next = Math.max(arrivalUs, nowUs) + unitUs * amount;
  return Math.round(Math.min(next, nowUs + debtUsMaxOf(quota)));
}

function debtUsMaxOf({ amount, periodMs, burst }: Quota): number {
  return (1 + burst / amount) * periodMs * microsecondsPerMs;
}

function unitsIn(spanUs: number, unitUs: number): number {
  return Math.max(0, Math.floor((spanUs + 1) / unitUs));
}
