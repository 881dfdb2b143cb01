import type { CounterStore, Quota, Taken } from "../../counters/counter-store.ts";
import type { Installation } from "../../installation.ts";
import type { Awaitable, ExchangeContext } from "../../protection.ts";
import type { RateLimit } from "../rate-limits-options.ts";
import { createEndpointFilter } from "./endpoint-filter.ts";
import { createLimitKey } from "./limit-key.ts";

/** A limit at work. */
export interface Budget {
  readonly limit: RateLimit;
  readonly appliesTo: (context: ExchangeContext) => boolean;
  /** What the budget says to the request. Never rejects: when the store is away, `whenAway` speaks. */
  ask(context: ExchangeContext): Awaitable<BudgetAnswer>;
  /** What was used, once it is known. */
  charge(context: ExchangeContext, amount: number): void;
}

export interface BudgetAnswer extends Taken {
  /** The shared store was away, and this is what the limit does then. */
  readonly isAway?: boolean;
}

const unlimited: Taken = { isAllowed: true, remaining: 0, retryAfterMs: 0, resetMs: 0 };
const refusedWhileAway: Taken = {
  isAllowed: false,
  remaining: 0,
  retryAfterMs: 1_000,
  resetMs: 1_000,
};

export function createBudget(limit: RateLimit, installation: Installation): Budget {
  const keyOf = createLimitKey(limit.name, limit.by);
  const quota: Quota = {
    amount: limit.amount,
    periodMs: limit.periodSeconds * 1_000,
    burst: limit.burst ?? limit.amount,
  };
  const { counters, localCounters } = installation;
  const askStore = limit.algorithm === "sliding-window" ? askWindow : askBucket;

  return {
    limit,
    appliesTo: createEndpointFilter(limit.endpoints),

    ask(context) {
      const key = keyOf(context);
      // Bytes are charged afterwards; until then the question is only whether any are left.
      const wish = limit.counts === "requests" ? 1 : 0;
      const answer = askStore(counters, key, quota, wish, context.timeMs);
      if (!(answer instanceof Promise)) return answer;
      return answer.catch(() => {
        if (limit.whenAway === "open") return { ...unlimited, isAway: true };
        if (limit.whenAway === "closed") return { ...refusedWhileAway, isAway: true };
        return askStore(localCounters, key, quota, wish, context.timeMs);
      });
    },

    charge(context, amount) {
      const key = keyOf(context);
      const use = (store: CounterStore): Awaitable<unknown> =>
        limit.algorithm === "sliding-window"
          ? store.count(key, quota.periodMs, amount, context.timeMs)
          : store.charge(key, quota, amount, context.timeMs);
      const charged = use(counters);
      if (charged instanceof Promise) charged.catch(() => use(localCounters));
    },
  };
}

function askBucket(
  store: CounterStore,
  key: string,
  quota: Quota,
  wish: number,
  nowMs: number,
): Awaitable<Taken> {
  return store.take(key, quota, wish, nowMs);
}

/** Asks before it adds: what is refused does not prolong the refusal. */
function askWindow(
  store: CounterStore,
  key: string,
  quota: Quota,
  wish: number,
  nowMs: number,
): Awaitable<Taken> {
  const { amount, periodMs } = quota;
  const answerOf = (before: number): Awaitable<Taken> => {
    if (before + wish > amount || before >= amount) {
      // By then as much of the window before has slid out as is wanted, if nothing comes in between.
      const retryAfterMs = Math.ceil(periodMs - (nowMs % periodMs));
      return { isAllowed: false, remaining: 0, retryAfterMs, resetMs: periodMs };
    }
    const settle = (): Taken => ({
      isAllowed: true,
      remaining: amount - before - wish,
      retryAfterMs: 0,
      resetMs: periodMs,
    });
    const added = wish === 0 ? 0 : store.count(key, periodMs, wish, nowMs);
    return added instanceof Promise ? added.then(settle) : settle();
  };
  const before = store.count(key, periodMs, 0, nowMs);
  return before instanceof Promise ? before.then(answerOf) : answerOf(before);
}
