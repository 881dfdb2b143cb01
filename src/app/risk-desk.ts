import type { RiskDesk } from "../console/risk-desk.ts";
import type { Endpoint, EndpointProfile } from "../model/endpoint.ts";
import type { RiskReport } from "../reporting/risk-report.ts";
import { counterfactualOf } from "../risk/counterfactual.ts";
import { createFindingLedger } from "../risk/finding-ledger.ts";
import type { Finding, FindingStore } from "../risk/finding-store.ts";
import { observeFindings } from "../risk/observe-findings.ts";
import { type AssessmentOptions, assessRisk, riskWithout } from "../risk/score.ts";
import { createScoreHistory, totalSubject } from "../risk/score-history.ts";
import { type RiskKnowledge, surroundingsOf } from "../risk/surroundings.ts";

export interface RiskDeskParts {
  readonly profiles: () => Iterable<EndpointProfile>;
  readonly store: FindingStore;
  readonly knowledge: () => RiskKnowledge;
  readonly weights: () => AssessmentOptions["weights"];
  readonly now: () => number;
  readonly version: string;
  /** Where the data is, for reports. */
  readonly subject: string;
  readonly onProblem: (problem: unknown) => void;
}

/** The desk, and what the composition root does with it. */
export interface RunningRiskDesk extends RiskDesk {
  /** Every endpoint with its risk, riskiest first; looks anew when that is due. */
  endpoints(): readonly Endpoint[];
  /** Assesses what is there now and saves what has changed. Never rejects. */
  refresh(): Promise<void>;
}

/** An assessment of a thousand endpoints takes a while: it is at most this old. */
const freshMs = 1_000;
/** Points of a picture. */
const pointsMax = 500;

/** Opens the desk on what was saved. */
export async function openRiskDesk(parts: RiskDeskParts): Promise<RunningRiskDesk> {
  const { store, now } = parts;
  const saved = await store.loadFindings();
  const ledger = createFindingLedger(saved);
  const history = createScoreHistory(await store.latestScores());
  let assessed: readonly Endpoint[] = [];
  let assessedMs = Number.NEGATIVE_INFINITY;

  const assess = (): readonly Endpoint[] => {
    if (now() - assessedMs < freshMs) return assessed;
    const full = assessAll(parts);
    ledger.reconcile(full.flatMap(observeFindings), now());
    assessed = withoutFixed(full, ledger.fixedFactors());
    assessedMs = now();
    return assessed;
  };
  const save = async (): Promise<void> => {
    await store.saveFindings(ledger.takeChanges());
  };

  return {
    endpoints: assess,

    async refresh() {
      try {
        const points = history.take(assess(), now());
        await save();
        await store.addScores(points);
      } catch (problem) {
        parts.onProblem(problem);
      }
    },

    findings() {
      assess();
      return ledger.all();
    },

    finding: (id) => ledger.find(id),

    async change(ids, change, by) {
      const changed = ids.flatMap((id) => ledger.change(id, change, by, now()) ?? []);
      await save();
      assessedMs = Number.NEGATIVE_INFINITY;
      return changed;
    },

    counterfactual(endpointId) {
      const endpoints = assess();
      return counterfactualOf(
        endpointId === undefined ? endpoints : endpoints.filter(({ id }) => id === endpointId),
      );
    },

    history: (subject) => store.listScores({ subject, limit: pointsMax }),

    report: async () => reportOf(parts, assess(), ledger.all()),
  };
}

async function reportOf(
  { version, subject, now, store, knowledge }: RiskDeskParts,
  endpoints: readonly Endpoint[],
  findings: readonly Finding[],
): Promise<RiskReport> {
  return {
    version,
    generatedMs: now(),
    subject,
    sinceMs: findings.reduce((since, { firstSeenMs }) => Math.min(since, firstSeenMs), now()),
    endpoints,
    findings,
    fixes: counterfactualOf(endpoints),
    workloads: knowledge().workloads ?? [],
    history: await store.listScores({ subject: totalSubject, limit: pointsMax }),
  };
}

function assessAll({ profiles, knowledge, weights }: RiskDeskParts): readonly Endpoint[] {
  const all = [...profiles()];
  const surroundings = surroundingsOf(all, knowledge());
  const changed = weights();
  const options = changed === undefined ? {} : { weights: changed };
  return all.map((profile) => ({ ...profile, risk: assessRisk(profile, surroundings, options) }));
}

/** What a person fixed does not count until something new is seen of it. */
function withoutFixed(
  endpoints: readonly Endpoint[],
  fixed: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Endpoint[] {
  return endpoints
    .map((endpoint) => {
      const factors = fixed.get(endpoint.id);
      return factors === undefined
        ? endpoint
        : { ...endpoint, risk: riskWithout(endpoint.risk, factors) };
    })
    .sort((a, b) => b.risk.score - a.risk.score || b.calls - a.calls);
}
