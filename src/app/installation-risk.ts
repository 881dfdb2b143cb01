import { join } from "node:path";
import type { Configuration } from "../config/configuration.ts";
import type { Inventory } from "../discovery/inventory.ts";
import { type AnalysedKnowledge, analyseKnowledge } from "../risk/analysis/analyse-knowledge.ts";
import { refreshedFile } from "../risk/components/refreshed-file.ts";
import type { RiskOptions } from "../risk/risk-options.ts";
import { createTokenAudit } from "../risk/token-secrets/token-audit.ts";
import type { Specification } from "../specifications/specification.ts";
import type { SqliteStorage } from "../storage/sqlite/open-sqlite-storage.ts";
import { type Log, messageOf } from "./log.ts";
import { version } from "./package-root.ts";
import { openRiskDesk, type RunningRiskDesk } from "./risk-desk.ts";
import { createSideEvidence, type SideEvidence } from "./side-evidence.ts";

interface InstallationRiskParts {
  readonly storage: SqliteStorage;
  readonly inventory: Inventory;
  /** What is in force; a reload replaces what is in it. */
  readonly running: {
    readonly configuration: Configuration;
    readonly knowledge: { readonly specifications: readonly Specification[] };
  };
  readonly log: Log;
}

/** The desk, with what looks at exchanges for it and has to be ended. */
export interface InstallationRisk extends RunningRiskDesk {
  readonly evidence: SideEvidence;
  stop(): Promise<void>;
}

const nothingAnalysed: AnalysedKnowledge = { lint: [], workloads: [], problems: [] };
/** Databases of vulnerabilities grow every day. */
const analysedMsMax = 86_400_000;

/** The risk desk of a running installation: its inventory, its configuration, its store. */
export async function openInstallationRisk(
  parts: InstallationRiskParts,
): Promise<InstallationRisk> {
  const { storage, inventory, running, log } = parts;
  const analysis = createAnalysis(parts);
  const tokens = createTokenAudit({
    words: running.configuration.risk.secretWords,
    onWeak: (endpointId) => inventory.recordObservation(endpointId, "weak-token-secret"),
  });
  const desk = await openRiskDesk({
    profiles: () => inventory.endpoints(),
    store: storage.findings,
    knowledge: () => ({
      specifications: running.knowledge.specifications,
      owners: running.configuration.risk.owners,
      lint: analysis.current().lint,
      workloads: analysis.current().workloads,
    }),
    weights: () => running.configuration.risk.weights,
    now: Date.now,
    version,
    subject: running.configuration.storage.directory,
    onProblem: (problem) =>
      log({ level: "error", event: "store-failed", message: messageOf(problem) }),
  });
  return {
    ...desk,
    evidence: createSideEvidence({ inventory, tokens }),

    async refresh() {
      analysis.renew();
      await desk.refresh();
    },

    stop: () => tokens.stop(),
  };
}

/** Lint and components of the configuration in force, done anew when that changes or gets old. */
function createAnalysis({ running, log }: InstallationRiskParts): {
  current(): AnalysedKnowledge;
  renew(): void;
} {
  let current = nothingAnalysed;
  let analysed: unknown;
  let analysedMs = 0;
  const analyse = async (): Promise<void> => {
    const { risk, workloads, storage } = running.configuration;
    const { specifications } = running.knowledge;
    try {
      const sources = await filesOf(
        risk.vulnerabilities,
        join(storage.directory, "vulnerabilities"),
      );
      current = await analyseKnowledge({ specifications, workloads, sources });
      for (const message of current.problems) {
        log({ level: "warn", event: "analysis-failed", message });
      }
    } catch (error) {
      log({ level: "warn", event: "analysis-failed", message: messageOf(error) });
    }
  };
  return {
    current: () => current,

    renew() {
      const { specifications } = running.knowledge;
      if (analysed === specifications && Date.now() - analysedMs < analysedMsMax) return;
      analysed = specifications;
      analysedMs = Date.now();
      void analyse();
    },
  };
}

async function filesOf(
  { database, exploited, epss }: RiskOptions["vulnerabilities"],
  directory: string,
): Promise<RiskOptions["vulnerabilities"]> {
  const at = (place: string): Promise<string> => refreshedFile(place, directory);
  return {
    ...(database === undefined ? {} : { database: await at(database) }),
    ...(exploited === undefined ? {} : { exploited: await at(exploited) }),
    ...(epss === undefined ? {} : { epss: await at(epss) }),
  };
}
