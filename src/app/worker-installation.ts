import { environmentVariable } from "../config/environment-variable.ts";
import { SharedCounters } from "../protection/counters/shared-counters.ts";
import { createInstallation, type Installation } from "../protection/installation.ts";
import { RedisCounterStore } from "../storage/redis/redis-counter-store.ts";
import type { WorkerInstallation } from "./worker-messages.ts";

/** Builds what the protections of one worker have of the installation; tells when the store comes and goes. */
export function openInstallation(
  { counterCells, counters, digestKey }: WorkerInstallation,
  onCounters: (isAway: boolean) => void,
): Installation {
  const localCounters = new SharedCounters(counterCells);
  const { redis } = counters;
  return createInstallation({
    digestKey,
    localCounters,
    counters:
      redis === undefined
        ? localCounters
        : new RedisCounterStore({
            url: urlOf(redis.url, redis.passwordVariable),
            keyPrefix: redis.keyPrefix,
            timeoutMs: redis.timeoutMs,
            onChange: onCounters,
          }),
    secretOf: environmentVariable,
  });
}

function urlOf(url: string, passwordVariable: string | undefined): string {
  const password =
    passwordVariable === undefined ? undefined : environmentVariable(passwordVariable);
  if (password === undefined) return url;
  const withPassword = new URL(url);
  withPassword.password = encodeURIComponent(password);
  return withPassword.href;
}
