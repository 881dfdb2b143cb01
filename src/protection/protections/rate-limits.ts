import { allow, block, type Verdict } from "../../model/verdict.ts";
import type { Outcome } from "../guard.ts";
import type { Awaitable, ExchangeContext, Protection } from "../protection.ts";
import { defineProtection, type ProtectionFactory } from "./protection-definition.ts";
import { type Budget, type BudgetAnswer, createBudget } from "./rate-limits/budget.ts";
import { type Concurrency, createConcurrency } from "./rate-limits/concurrency.ts";
import { type RateLimitsOptions, rateLimitsOptions } from "./rate-limits-options.ts";

/**
 * Holds requests and bytes to budgets by client, principal, key, endpoint or any value of the request
 * (OWASP API4:2023 unrestricted resource consumption).
 */
export const rateLimits: ProtectionFactory = defineProtection<RateLimitsOptions>({
  id: "rate-limits",
  summary: "Holds requests and bytes to budgets by client, principal, endpoint or any value.",
  options: rateLimitsOptions,

  create(options, { installation }): Protection {
    const budgets = options.limits.map((limit) => createBudget(limit, installation));
    const concurrency = options.concurrency.map(createConcurrency);
    const charged = budgets.filter(({ limit }) => limit.counts !== "requests");
    const about = { id: rateLimits.id, summary: rateLimits.summary };
    if (budgets.length + concurrency.length === 0) return about;
    return {
      ...about,
      onRequestHeaders(context) {
        const crowded = concurrency.filter((limit) => !limit.enter(context));
        const [first] = crowded;
        if (first !== undefined) return tooManyAtOnce(first);
        const applying = budgets.filter((budget) => budget.appliesTo(context));
        return ask(applying, 0, context, options.responseHeaders ? new Told() : undefined);
      },
      onClose(context, outcome) {
        for (const limit of concurrency) limit.leave(context);
        for (const budget of charged) {
          const amount = amountOf(budget, outcome);
          if (amount > 0 && budget.appliesTo(context)) budget.charge(context, amount);
        }
      },
    };
  },
});

function amountOf({ limit }: Budget, outcome: Outcome): number {
  const { requestBytesTotal = 0, responseBytesTotal = 0 } = outcome;
  return limit.counts === "request-bytes" ? requestBytesTotal : responseBytesTotal;
}

/** Asks one budget after the other until one refuses; stays synchronous as long as the store does. */
function ask(
  budgets: readonly Budget[],
  from: number,
  context: ExchangeContext,
  told: Told | undefined,
): Awaitable<Verdict> {
  for (let index = from; index < budgets.length; index += 1) {
    const budget = budgets[index];
    if (budget === undefined) break;
    const answer = budget.ask(context);
    if (answer instanceof Promise) {
      return answer.then((settled) => {
        told?.add(budget, settled);
        return settled.isAllowed
          ? ask(budgets, index + 1, context, told)
          : refusal(budget, settled, told);
      });
    }
    told?.add(budget, answer);
    if (!answer.isAllowed) return refusal(budget, answer, told);
  }
  for (const [name, value] of told?.headers() ?? []) context.addResponseHeader(name, value);
  return allow;
}

function refusal({ limit }: Budget, answer: BudgetAnswer, told: Told | undefined): Verdict {
  const seconds = Math.max(1, Math.ceil(Math.min(answer.retryAfterMs, 86_400_000) / 1_000));
  const budget = `${limit.amount} ${limit.counts} in ${limit.periodSeconds} s by ${limit.by.join(", ")}`;
  const reason =
    answer.isAway === true
      ? `${limit.name}: the counter store is away, and this limit is then closed`
      : `${limit.name}: over ${budget}; free again in ${seconds} s`;
  return block({
    status: answer.isAway === true ? 503 : 429,
    reason,
    headers: [["retry-after", String(seconds)], ...(told?.headers() ?? [])],
  });
}

function tooManyAtOnce({ limit }: Concurrency): Verdict {
  return block({
    status: 429,
    reason: `${limit.name}: over ${limit.requestsMax} requests at once by ${limit.by.join(", ")}`,
    headers: [["retry-after", "1"]],
  });
}

/** What clients are told of their budgets (draft-ietf-httpapi-ratelimit-headers-10). */
class Told {
  readonly #policies: string[] = [];
  readonly #budgets: string[] = [];

  add({ limit }: Budget, { remaining, resetMs, isAway }: BudgetAnswer): void {
    if (limit.counts !== "requests" || isAway === true) return;
    const window = Math.max(1, Math.round(limit.periodSeconds));
    this.#policies.push(`"${limit.name}";q=${limit.amount};w=${window}`);
    this.#budgets.push(`"${limit.name}";r=${remaining};t=${Math.ceil(resetMs / 1_000)}`);
  }

  headers(): readonly (readonly [string, string])[] {
    if (this.#budgets.length === 0) return [];
    return [
      ["ratelimit-policy", this.#policies.join(", ")],
      ["ratelimit", this.#budgets.join(", ")],
    ];
  }
}
