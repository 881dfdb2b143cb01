import type { Distribution } from "../../model/endpoint.ts";
import { type Header, headerOf } from "../../model/exchange.ts";
import type { DiscoveryStep } from "../discovery-step.ts";
import { type Counts, countIn, mergeCounts, recordOf } from "../sketches/counts.ts";
import { addValue, type Quantiles, quantileOf } from "../sketches/quantiles.ts";

export interface Traffic {
  calls: number;
  successes: number;
  firstSeenMs: number;
  lastSeenMs: number;
  /** When it was called again after a long silence, and when that had begun. */
  wokenMs: number;
  silentSinceMs?: number;
  /** The date of the last `Sunset` header (RFC 8594). */
  sunsetMs?: number;
  readonly statuses: Counts<number>;
  readonly requestMediaTypes: Counts;
  readonly responseMediaTypes: Counts;
  readonly durationsMs: Quantiles;
  readonly requestBytes: Quantiles;
  readonly responseBytes: Quantiles;
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
    requestBytes: new Map(),
    responseBytes: new Map(),
  }),

  learn(observation, state) {
    const { exchange, status, outcome, requestMediaType, responseMediaType, responseHeaders } =
      observation;
    countCalls(state, { timeMs: exchange.timeMs, status, calls: 1 });
    if (outcome === "success") {
      state.successes += 1;
      if (responseMediaType !== undefined)
        countIn(state.responseMediaTypes, responseMediaType, 1, mediaTypesMax);
      if (requestMediaType !== undefined)
        countIn(state.requestMediaTypes, requestMediaType, 1, mediaTypesMax);
    }
    if (exchange.durationMs !== undefined) addValue(state.durationsMs, exchange.durationMs);
    if (exchange.request.body !== undefined)
      addValue(state.requestBytes, exchange.request.body.bytesTotal);
    if (exchange.response?.body !== undefined)
      addValue(state.responseBytes, exchange.response.body.bytesTotal);
    noteSunset(state, responseHeaders);
  },

  merge(into, from) {
    into.firstSeenMs = earliest(into, from);
    into.lastSeenMs = Math.max(into.lastSeenMs, from.lastSeenMs);
    if (from.wokenMs > into.wokenMs) {
      into.wokenMs = from.wokenMs;
      copyOptional(into, from, "silentSinceMs");
    }
    if ((from.sunsetMs ?? 0) > (into.sunsetMs ?? 0)) copyOptional(into, from, "sunsetMs");
    into.calls += from.calls;
    into.successes += from.successes;
    mergeCounts(into.statuses, from.statuses, statusesMax);
    mergeCounts(into.requestMediaTypes, from.requestMediaTypes, mediaTypesMax);
    mergeCounts(into.responseMediaTypes, from.responseMediaTypes, mediaTypesMax);
    mergeCounts(into.durationsMs, from.durationsMs);
    mergeCounts(into.requestBytes, from.requestBytes);
    mergeCounts(into.responseBytes, from.responseBytes);
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
    ...distribution("latencyMs", state.durationsMs),
    ...distribution("requestBytes", state.requestBytes),
    ...distribution("responseBytes", state.responseBytes),
  }),
};

function noteSunset(state: Traffic, headers: readonly Header[]): void {
  const date = headerOf(headers, "sunset");
  const sunsetMs = date === undefined ? Number.NaN : Date.parse(date.slice(0, 40));
  if (!Number.isNaN(sunsetMs)) state.sunsetMs = sunsetMs;
}

function copyOptional(into: Traffic, from: Traffic, key: "silentSinceMs" | "sunsetMs"): void {
  const value = from[key];
  if (value === undefined) delete into[key];
  else into[key] = value;
}

function distribution<Name extends string>(
  name: Name,
  quantiles: Quantiles,
): { readonly [Key in Name]?: Distribution } {
  if (quantiles.size === 0) return {};
  const at = (share: number): number => quantileOf(quantiles, share);
  const figures: Distribution = { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
  return { [name]: figures } as { readonly [Key in Name]?: Distribution };
}

/** Counts calls of which nothing but status and time is known. */
export function countCalls(
  state: Traffic,
  seen: { readonly timeMs: number; readonly status: number; readonly calls: number },
): void {
  const { timeMs, status, calls } = seen;
  if (state.calls > 0 && timeMs - state.lastSeenMs > dormantAfterMs) {
    state.wokenMs = timeMs;
    state.silentSinceMs = state.lastSeenMs;
  }
  state.firstSeenMs = state.calls === 0 ? timeMs : Math.min(state.firstSeenMs, timeMs);
  state.lastSeenMs = Math.max(state.lastSeenMs, timeMs);
  state.calls += calls;
  countIn(state.statuses, status, calls, statusesMax);
}

function earliest(left: Traffic, right: Traffic): number {
  if (left.calls === 0) return right.firstSeenMs;
  return right.calls === 0 ? left.firstSeenMs : Math.min(left.firstSeenMs, right.firstSeenMs);
}
