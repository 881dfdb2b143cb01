import type { ConsoleBackend } from "../../src/console/backend.ts";
import type { Overview, PolicyView } from "../../src/console/contract.ts";
import type { InventoryDesk } from "../../src/console/inventory-desk.ts";
import { endpointSummaryOf } from "../../src/console/routes/endpoints.ts";
import type { RecordedDecision, TrafficStore } from "../../src/console/traffic-store.ts";
import type { Mode } from "../../src/model/decision.ts";
import type { Endpoint } from "../../src/model/endpoint.ts";
import type { PolicyException } from "../../src/protection/policy.ts";
import { createSampleRisk } from "./sample-risk.ts";

export interface SampleBackend extends ConsoleBackend {
  /** What a test changes behind the console's back. */
  readonly state: {
    mode: Mode;
    isReady: boolean;
    overviews: number;
    exceptions: (PolicyException & { source: "file" | "console" })[];
    endpointModes: Map<string, Mode>;
    failure: Error | undefined;
  };
  readonly listeners: Set<(decision: RecordedDecision) => void>;
}

const summaries = { "attack-detection": "Blocks requests with attacks.", "body-limits": "Limits." };

/** A small installation in memory behind the console's contract. */
export function createSampleBackend(
  endpoints: readonly Endpoint[],
  traffic: TrafficStore,
  inventory: InventoryDesk,
): SampleBackend {
  const state: SampleBackend["state"] = {
    mode: "observe",
    isReady: true,
    overviews: 0,
    exceptions: [{ id: "from-file", detector: "path-traversal", source: "file" }],
    endpointModes: new Map(),
    failure: undefined,
  };
  const modes = new Map<string, Mode>();
  const listeners: SampleBackend["listeners"] = new Set();
  const byKey = (endpoint: Endpoint): string =>
    `${endpoint.method} ${endpoint.host}${endpoint.path}`;
  const policyView = (): PolicyView => policyViewOf(state, modes);

  return {
    state,
    listeners,
    overview: () => overviewOf(endpoints, state, traffic),
    endpoints: () => [...endpoints],
    endpoint: (id) => endpoints.find((endpoint) => endpoint.id === id),
    endpointMode: (endpoint) => state.endpointModes.get(byKey(endpoint)) ?? state.mode,
    policyView,
    async setMode({ mode, protection, endpoint }) {
      if (state.failure !== undefined) throw state.failure;
      if (endpoint !== undefined) state.endpointModes.set(endpoint, mode);
      else if (protection !== undefined) modes.set(protection, mode);
      else state.mode = mode;
      return policyView();
    },
    async addException(request) {
      const exception = {
        ...request,
        id: `x${state.exceptions.length}`,
        createdMs: Date.now(),
        source: "console" as const,
      };
      state.exceptions.push(exception);
      return exception;
    },
    async removeException(id) {
      const found = state.exceptions.find((exception) => exception.id === id);
      if (found === undefined) return "unknown";
      if (found.source === "file") return "read-only";
      state.exceptions = state.exceptions.filter((exception) => exception !== found);
      return "removed";
    },
    risk: createSampleRisk(endpoints),
    inventory,
    specification: () => "openapi: 3.1.0\n",
    ready: () => state.isReady,
    metrics: () => [
      { name: "merlon_requests_total", help: "Requests.", value: 42 },
      { name: "merlon_workers", help: "Workers.", value: 2 },
      { name: "merlon_shed_total", help: "Shed.", value: 1, labels: { reason: "queue" } },
      { name: "merlon_shed_total", help: "Shed.", value: 2, labels: { reason: "size" } },
    ],
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function policyViewOf(state: SampleBackend["state"], modes: ReadonlyMap<string, Mode>): PolicyView {
  return {
    policy: {
      mode: state.mode,
      onFailure: "allow",
      protections: {},
      apis: [],
      endpoints: [...state.endpointModes].map(([endpoint, mode]) => ({ endpoint, mode })),
      exceptions: state.exceptions,
    },
    file: "merlon.yaml",
    protections: Object.entries(summaries).map(([id, summary]) => ({
      id,
      summary,
      mode: modes.get(id) ?? state.mode,
    })),
    exceptions: state.exceptions,
  };
}

async function overviewOf(
  endpoints: readonly Endpoint[],
  state: SampleBackend["state"],
  traffic: TrafficStore,
): Promise<Overview> {
  if (state.failure !== undefined) throw state.failure;
  state.overviews += 1;
  const nowMs = Date.now();
  const count = (keyOf: (endpoint: Endpoint) => string): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const endpoint of endpoints) {
      counts[keyOf(endpoint)] = (counts[keyOf(endpoint)] ?? 0) + 1;
    }
    return counts;
  };
  return {
    version: "0.1.0",
    timeMs: nowMs,
    startedMs: nowMs - 3_600_000,
    mode: state.mode,
    upstreams: ["http://127.0.0.1:3000"],
    listen: "http://127.0.0.1:8080",
    workers: 2,
    requestsTotal: 184_220,
    requestsPerSecond: 38,
    requestsPerSecondHistory: Array.from({ length: 300 }, (_, second) =>
      Math.round(30 + 12 * Math.sin(second / 17) + 6 * Math.sin(second / 3.1)),
    ),
    decisionsTotal: 240,
    blockedTotal: state.mode === "enforce" ? 200 : 0,
    wouldBlockTotal: 212,
    decisionsPerMinute: await traffic.decisionsPerMinute({ nowMs, minutes: 60 }),
    endpoints: endpoints.length,
    endpointsByLifecycle: count(({ lifecycle }) => lifecycle),
    endpointsByRiskLevel: count(({ risk }) => risk.level),
    topRisks: [...endpoints]
      .sort((a, b) => b.risk.score - a.risk.score)
      .slice(0, 6)
      .map(endpointSummaryOf),
    incidentsOpen: (await traffic.listIncidents({ limit: 100 })).length,
    exchangesShed: 0,
    exchangesLearned: 184_220,
  };
}
