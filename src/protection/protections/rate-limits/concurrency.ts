import type { ExchangeContext } from "../../protection.ts";
import type { ConcurrencyLimit } from "../rate-limits-options.ts";
import { createEndpointFilter } from "./endpoint-filter.ts";
import { createLimitKey } from "./limit-key.ts";

/** How many requests of each key are under way, in this thread. Bounded by the open exchanges. */
export interface Concurrency {
  readonly limit: ConcurrencyLimit;
  /** Whether the request still fits; it counts until `leave`. */
  enter(context: ExchangeContext): boolean;
  leave(context: ExchangeContext): void;
}

export function createConcurrency(limit: ConcurrencyLimit): Concurrency {
  const appliesTo = createEndpointFilter(limit.endpoints);
  const keyOf = createLimitKey(limit.name, limit.by);
  const underWay = new Map<string, number>();
  const entered = new WeakMap<ExchangeContext, string>();
  return {
    limit,
    enter(context) {
      if (!appliesTo(context)) return true;
      const key = keyOf(context);
      const before = underWay.get(key) ?? 0;
      underWay.set(key, before + 1);
      entered.set(context, key);
      return before < limit.requestsMax;
    },
    leave(context) {
      const key = entered.get(context);
      if (key === undefined) return;
      entered.delete(context);
      const left = (underWay.get(key) ?? 1) - 1;
      if (left > 0) underWay.set(key, left);
      else underWay.delete(key);
    },
  };
}
