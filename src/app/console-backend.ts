import type { ConsoleBackend, Metric } from "../console/backend.ts";
import type { Overview, PolicyView } from "../console/contract.ts";
import type { InventoryDesk } from "../console/inventory-desk.ts";
import type { RiskDesk } from "../console/risk-desk.ts";
import { endpointSummaryOf } from "../console/routes/endpoints.ts";
import type { RecordedDecision, TrafficStore } from "../console/traffic-store.ts";
import type { Endpoint } from "../model/endpoint.ts";
import { endpointKeyOf } from "../model/endpoint.ts";
import { modeOf } from "../protection/effective-mode.ts";
import { withException, withMode, withoutException } from "../protection/policy-overlay.ts";
import { builtInProtections } from "../protection/protections/index.ts";
import type { EndpointCatalog } from "./endpoint-catalog.ts";
import type { PolicyState } from "./policy-state.ts";
import type { RequestRate } from "./request-rate.ts";

export interface ConsoleBackendParts {
  readonly version: string;
  readonly startedMs: number;
  readonly now: () => number;
  readonly newId: () => string;
  readonly upstreams: () => readonly string[];
  readonly listen: () => string;
  readonly workers: () => number;
  readonly ready: () => boolean;
  /** Configuration file that the policy came from, when there is one. */
  readonly file?: string;
  readonly catalog: EndpointCatalog;
  readonly risk: RiskDesk;
  readonly inventory: InventoryDesk;
  readonly policy: PolicyState;
  readonly rate: RequestRate;
  readonly traffic: TrafficStore;
  readonly counts: () => TrafficCounts;
  readonly metrics: () => readonly Metric[];
  readonly specification: () => string;
}

/** Totals since the start. */
interface TrafficCounts {
  readonly requests: number;
  readonly blocked: number;
  readonly wouldBlock: number;
  readonly shed: number;
  readonly learned: number;
}

/** An incident is open until its client has been silent for so long. */
const openMs = 30 * 60_000;
const incidentsMax = 500;

export interface RunningConsoleBackend extends ConsoleBackend {
  /** Tells everyone who looks. */
  publish(decision: RecordedDecision): void;
}

/** What the console reads and commands, on top of the running parts. */
export function createConsoleBackend(parts: ConsoleBackendParts): RunningConsoleBackend {
  const listeners = new Set<(decision: RecordedDecision) => void>();
  const { catalog, policy } = parts;

  return {
    overview: () => overviewOf(parts),
    endpoints: () => catalog.all(),
    endpoint: (id) => catalog.find(id),
    endpointMode: (endpoint) => modeOf(policy.effective(), { endpoint: endpointKeyOf(endpoint) }),
    policyView: () => policyViewOf(parts),

    async setMode({ mode, protection, endpoint }) {
      const scope = {
        ...(protection === undefined ? {} : { protection }),
        ...(endpoint === undefined ? {} : { endpoint }),
      };
      await policy.change((overlay) => withMode(overlay, mode, scope));
      return policyViewOf(parts);
    },

    async addException(request) {
      const exception = { ...request, id: parts.newId(), createdMs: parts.now() };
      await policy.change((overlay) => withException(overlay, exception));
      return exception;
    },

    async removeException(id) {
      if (policy.file().exceptions.some((exception) => exception.id === id)) return "read-only";
      if (!policy.overlay().exceptions.some((exception) => exception.id === id)) return "unknown";
      await policy.change((overlay) => withoutException(overlay, id));
      return "removed";
    },

    risk: parts.risk,
    inventory: parts.inventory,
    specification: parts.specification,
    ready: parts.ready,
    metrics: parts.metrics,

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    publish(decision) {
      for (const listener of listeners) listener(decision);
    },
  };
}

async function overviewOf(parts: ConsoleBackendParts): Promise<Overview> {
  const { rate, now } = parts;
  const nowMs = now();
  const endpoints = parts.catalog.all();
  const counts = parts.counts();
  const incidents = await parts.traffic.listIncidents({ limit: incidentsMax });
  return {
    version: parts.version,
    timeMs: nowMs,
    startedMs: parts.startedMs,
    mode: parts.policy.effective().mode,
    upstreams: parts.upstreams(),
    listen: parts.listen(),
    workers: parts.workers(),
    requestsTotal: counts.requests,
    requestsPerSecond: rate.perSecond(),
    requestsPerSecondHistory: rate.history(),
    decisionsTotal: counts.blocked + counts.wouldBlock,
    blockedTotal: counts.blocked,
    wouldBlockTotal: counts.wouldBlock,
    decisionsPerMinute: await parts.traffic.decisionsPerMinute({ nowMs, minutes: 60 }),
    endpoints: endpoints.length,
    endpointsByLifecycle: tallyOf(endpoints, ({ lifecycle }) => lifecycle),
    endpointsByRiskLevel: tallyOf(endpoints, ({ risk }) => risk.level),
    topRisks: endpoints.slice(0, 8).map(endpointSummaryOf),
    incidentsOpen: incidents.filter(({ lastSeenMs }) => nowMs - lastSeenMs < openMs).length,
    exchangesShed: counts.shed,
    exchangesLearned: counts.learned,
  };
}

function tallyOf(
  endpoints: readonly Endpoint[],
  keyOf: (endpoint: Endpoint) => string,
): Record<string, number> {
  const tally: Record<string, number> = {};
  for (const endpoint of endpoints) tally[keyOf(endpoint)] = (tally[keyOf(endpoint)] ?? 0) + 1;
  return tally;
}

function policyViewOf({ policy, file }: ConsoleBackendParts): PolicyView {
  const effective = policy.effective();
  return {
    policy: effective,
    ...(file === undefined ? {} : { file }),
    protections: builtInProtections.map(({ id, summary }) => ({
      id,
      summary,
      mode: modeOf(effective, { protection: id }),
    })),
    exceptions: [
      ...policy.file().exceptions.map((exception) => ({ ...exception, source: "file" as const })),
      ...policy
        .overlay()
        .exceptions.map((exception) => ({ ...exception, source: "console" as const })),
    ],
  };
}
