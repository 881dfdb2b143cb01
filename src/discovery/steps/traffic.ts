import type { DiscoveryStep } from "../discovery-step.ts";
import { type Counts, countIn, mergeCounts, recordOf } from "../sketches/counts.ts";
import { addValue, type Quantiles, quantileOf } from "../sketches/quantiles.ts";

export interface Traffic {
  calls: number;
  successes: number;
  firstSeenMs: number;
  lastSeenMs: number;
  /** When it was called again after a long silence. */
  wokenMs: number;
  readonly statuses: Counts<number>;
  readonly requestMediaTypes: Counts;
  readonly responseMediaTypes: Counts;
  readonly durationsMs: Quantiles;
}

/** Silence after which an endpoint is dormant. */
export const dormantAfterMs: number = 30 * 86_400_000;

const statusesMax = 64;
const mediaTypesMax = 16;

/** Learns how often an endpoint is called, when, how it answers, in which formats, and how fast. */
export const traffic: DiscoveryStep<Traffic> = {
  name: "traffic",

  create: () => ({
    calls: 0,
    successes: 0,
    firstSeenMs: 0,
    lastSeenMs: 0,
    wokenMs: 0,
    statuses: new Map(),
    requestMediaTypes: new Map(),
    responseMediaTypes: new Map(),
    durationsMs: new Map(),
  }),

  learn({ exchange, status, outcome, requestMediaType, responseMediaType }, state) {
    countCalls(state, { timeMs: exchange.timeMs, status, calls: 1 });
    if (outcome === "success") {
      state.successes += 1;
      if (responseMediaType !== undefined)
        countIn(state.responseMediaTypes, responseMediaType, 1, mediaTypesMax);
      if (requestMediaType !== undefined)
        countIn(state.requestMediaTypes, requestMediaType, 1, mediaTypesMax);
    }
    if (exchange.durationMs !== undefined) addValue(state.durationsMs, exchange.durationMs);
  },

  merge(into, from) {
    into.firstSeenMs = earliest(into, from);
    into.lastSeenMs = Math.max(into.lastSeenMs, from.lastSeenMs);
    into.wokenMs = Math.max(into.wokenMs, from.wokenMs);
    into.calls += from.calls;
    into.successes += from.successes;
    mergeCounts(into.statuses, from.statuses, statusesMax);
    mergeCounts(into.requestMediaTypes, from.requestMediaTypes, mediaTypesMax);
    mergeCounts(into.responseMediaTypes, from.responseMediaTypes, mediaTypesMax);
    mergeCounts(into.durationsMs, from.durationsMs);
  },

  describe: (state) => ({
    calls: state.calls,
    firstSeenMs: state.firstSeenMs,
    lastSeenMs: state.lastSeenMs,
    statuses: recordOf(state.statuses),
    requestMediaTypes: recordOf(state.requestMediaTypes),
    responseMediaTypes: recordOf(state.responseMediaTypes),
    durationMs: {
      p50: quantileOf(state.durationsMs, 0.5),
      p95: quantileOf(state.durationsMs, 0.95),
    },
  }),
};

/** Counts calls of which nothing but status and time is known. */
export function countCalls(
  state: Traffic,
  seen: { readonly timeMs: number; readonly status: number; readonly calls: number },
): void {
  const { timeMs, status, calls } = seen;
  if (state.calls > 0 && timeMs - state.lastSeenMs > dormantAfterMs) state.wokenMs = timeMs;
  state.firstSeenMs = state.calls === 0 ? timeMs : Math.min(state.firstSeenMs, timeMs);
  state.lastSeenMs = Math.max(state.lastSeenMs, timeMs);
  state.calls += calls;
  countIn(state.statuses, status, calls, statusesMax);
}

function earliest(left: Traffic, right: Traffic): number {
  if (left.calls === 0) return right.firstSeenMs;
  return right.calls === 0 ? left.firstSeenMs : Math.min(left.firstSeenMs, right.firstSeenMs);
}
