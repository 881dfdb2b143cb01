import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { version } from "../app/package-root.ts";
import { openRiskDesk } from "../app/risk-desk.ts";
import { createSideEvidence } from "../app/side-evidence.ts";
import type { Configuration } from "../config/configuration.ts";
import { loadConfiguration } from "../config/load-configuration.ts";
import { createInventory, type Inventory } from "../discovery/inventory.ts";
import { MerlonError } from "../model/merlon-error.ts";
import type { RiskReport } from "../reporting/risk-report.ts";
import { type AnalysedKnowledge, analyseKnowledge } from "../risk/analysis/analyse-knowledge.ts";
import type { AskedWorkload } from "../risk/components/assess-workloads.ts";
import { createTokenAudit } from "../risk/token-secrets/token-audit.ts";
import { loadSpecification } from "../specifications/load-specification.ts";
import type { Specification } from "../specifications/specification.ts";
import { openSqliteStorage, type SqliteStorage } from "../storage/sqlite/open-sqlite-storage.ts";
import { learnSources } from "./learn-sources.ts";

export interface ReportSourceFlags {
  readonly host?: string;
  readonly spec?: readonly string[];
  readonly sbom?: readonly string[];
  readonly osv?: string;
  readonly kev?: string;
  readonly epss?: string;
  readonly config?: string;
  readonly lint: boolean;
}

/** The report, and what could not be read or analysed for it. */
export interface BuiltReport {
  readonly report: RiskReport;
  readonly problems: readonly string[];
}

/** Builds the report of recorded traffic, or of the one data directory that is named. */
export async function buildReport(
  sources: readonly string[],
  flags: ReportSourceFlags,
): Promise<BuiltReport> {
  const configuration = await loadConfiguration({
    needsUpstream: false,
    ...(flags.config === undefined ? { looksForFile: false } : { file: flags.config }),
  });
  const specifications = await Promise.all(
    [...configuration.specifications, ...(flags.spec ?? [])].map((path) => loadSpecification(path)),
  );
  const directory = await directoryOf(sources);
  const storage = openSqliteStorage(directory === undefined ? { memory: true } : { directory });
  try {
    const asked = { configuration, specifications, flags };
    const { inventory, problems } =
      directory === undefined
        ? await learned(sources, asked)
        : { inventory: await restored(storage, specifications), problems: [] };
    const analysed = await analysedFor(asked);
    const report = await reportOf({ storage, inventory, analysed, sources, ...asked });
    return { report, problems: [...problems, ...analysed.problems] };
  } finally {
    storage.close();
  }
}

interface Asked {
  readonly configuration: Configuration;
  readonly specifications: readonly Specification[];
  readonly flags: ReportSourceFlags;
}

async function directoryOf(sources: readonly string[]): Promise<string | undefined> {
  const [only = ""] = sources;
  const isDirectory = await stat(only).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isDirectory) return undefined;
  const hasData = await stat(resolve(only, "merlon.db")).then(
    () => true,
    () => false,
  );
  if (sources.length === 1 && hasData) return only;
  throw new MerlonError("ERR_USAGE", `${only} is no data directory of Merlon`, {
    fix: "Name one data directory, or files of recorded traffic.",
  });
}

async function learned(
  sources: readonly string[],
  { configuration, specifications, flags }: Asked,
): Promise<{ inventory: Inventory; problems: readonly string[] }> {
  const { policy, gateway, risk } = configuration;
  const inventory = createInventory();
  for (const specification of specifications) inventory.addSpecification(specification);
  const tokens = createTokenAudit({
    words: risk.secretWords,
    onWeak: (endpointId) => inventory.recordObservation(endpointId, "weak-token-secret"),
  });
  const evidence = createSideEvidence({ inventory, tokens });
  const { unreadable } = await learnSources(sources, inventory, {
    inspection: { policy, inspectionBytesMax: gateway.limits.bodyBytesInspectedMax },
    reading: flags.host === undefined ? {} : { host: flags.host },
    onLearned: (exchange, decision, endpointId) => evidence.note(exchange, decision, endpointId),
  });
  await tokens.settled();
  await tokens.stop();
  const problems = unreadable === 0 ? [] : [`${unreadable} exchanges could not be read`];
  return { inventory, problems };
}

async function restored(
  storage: SqliteStorage,
  specifications: readonly Specification[],
): Promise<Inventory> {
  const inventory = createInventory({ now: Date.now });
  inventory.restore(await storage.inventory.loadInventory());
  for (const specification of specifications) inventory.addSpecification(specification);
  return inventory;
}

async function analysedFor({
  configuration,
  specifications,
  flags,
}: Asked): Promise<AnalysedKnowledge> {
  const {
    database = flags.osv,
    exploited = flags.kev,
    epss = flags.epss,
  } = {
    ...configuration.risk.vulnerabilities,
  };
  return await analyseKnowledge({
    specifications: flags.lint ? specifications : [],
    workloads: [...configuration.workloads, ...givenWorkload(flags.sbom)],
    sources: {
      ...(database === undefined ? {} : { database }),
      ...(exploited === undefined ? {} : { exploited }),
      ...(epss === undefined ? {} : { epss }),
    },
  });
}

/** Bills of materials of the command line are about whatever was looked at. */
function givenWorkload(files: readonly string[] | undefined): readonly AskedWorkload[] {
  return files === undefined ? [] : [{ name: "given", serves: "/", components: files }];
}

async function reportOf(parts: {
  readonly storage: SqliteStorage;
  readonly inventory: Inventory;
  readonly analysed: AnalysedKnowledge;
  readonly sources: readonly string[];
  readonly configuration: Configuration;
  readonly specifications: readonly Specification[];
}): Promise<RiskReport> {
  const { storage, inventory, analysed, sources, configuration, specifications } = parts;
  const desk = await openRiskDesk({
    profiles: () => inventory.endpoints(),
    store: storage.findings,
    knowledge: () => ({ specifications, owners: configuration.risk.owners, ...analysed }),
    weights: () => configuration.risk.weights,
    now: Date.now,
    version,
    subject: sources
      .map((source) => (source === "-" ? "standard input" : basename(source)))
      .join(", "),
    onProblem: (problem) => console.error(String(problem)),
  });
  return await desk.report();
}
