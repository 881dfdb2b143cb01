import type { Configuration } from "../config/configuration.ts";
import type { Inventory } from "../discovery/inventory.ts";
import type { Specification } from "../specifications/specification.ts";
import type { SqliteStorage } from "../storage/sqlite/open-sqlite-storage.ts";
import { type Log, messageOf } from "./log.ts";
import { version } from "./package-root.ts";
import { openRiskDesk, type RunningRiskDesk } from "./risk-desk.ts";

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

/** The risk desk of a running installation: its inventory, its configuration, its store. */
export async function openInstallationRisk(parts: InstallationRiskParts): Promise<RunningRiskDesk> {
  const { storage, inventory, running, log } = parts;
  return await openRiskDesk({
    profiles: () => inventory.endpoints(),
    store: storage.findings,
    knowledge: () => ({
      specifications: running.knowledge.specifications,
      owners: running.configuration.risk.owners,
    }),
    weights: () => running.configuration.risk.weights,
    now: Date.now,
    version,
    subject: running.configuration.storage.directory,
    onProblem: (problem) =>
      log({ level: "error", event: "store-failed", message: messageOf(problem) }),
  });
}
