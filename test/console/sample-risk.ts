import type { RiskDesk } from "../../src/console/risk-desk.ts";
import type { Endpoint } from "../../src/model/endpoint.ts";
import { counterfactualOf } from "../../src/risk/counterfactual.ts";
import { createFindingLedger } from "../../src/risk/finding-ledger.ts";
import { observeFindings } from "../../src/risk/observe-findings.ts";

const dayMs = 86_400_000;

/** The desk over sample endpoints, in memory. */
export function createSampleRisk(endpoints: readonly Endpoint[]): RiskDesk {
  const ledger = createFindingLedger();
  const startedMs = Date.now() - 3 * dayMs;
  ledger.reconcile(endpoints.flatMap(observeFindings), startedMs);
  const total = endpoints.reduce((sum, { risk }) => sum + risk.score, 0);
  const history = [9, 14, 12, 20].map((more, at) => ({
    subject: "*",
    timeMs: startedMs + at * dayMs,
    score: total - 20 + more,
  }));
  return {
    findings: () => ledger.all(),
    finding: (id) => ledger.find(id),
    change: async (ids, change, by) =>
      ids.flatMap((id) => ledger.change(id, change, by, Date.now()) ?? []),
    counterfactual: (endpointId) =>
      counterfactualOf(endpoints.filter(({ id }) => endpointId === undefined || id === endpointId)),
    history: async () => history,
    report: async () => ({
      version: "0.1.0",
      generatedMs: Date.now(),
      subject: "sample",
      sinceMs: startedMs,
      endpoints,
      findings: ledger.all(),
      fixes: counterfactualOf(endpoints),
      workloads: [],
      history,
    }),
  };
}
