import { constants, setPriority } from "node:os";
import { join } from "node:path";
import type { Configuration } from "../config/configuration.ts";
import { type ConsoleServer, createConsole } from "../console/console-server.ts";
import { ensureAdministrator } from "../console/ensure-administrator.ts";
import type { Mode } from "../model/decision.ts";
import type { Endpoint } from "../model/endpoint.ts";
import type { Incident } from "../model/incident.ts";
import { createIncidentTracker } from "../protection/incident-tracker.ts";
import type { Knowledge } from "../protection/knowledge.ts";
import type { Policy } from "../protection/policy.ts";
import { applyOverlay, emptyOverlay, withMode } from "../protection/policy-overlay.ts";
import { loadSpecification } from "../specifications/load-specification.ts";
import { toOpenApiYaml } from "../specifications/openapi-export.ts";
import type { Specification } from "../specifications/specification.ts";
import { type DirectoryLock, lockDirectory } from "../storage/sqlite/directory-lock.ts";
import { openSqliteStorage, type SqliteStorage } from "../storage/sqlite/open-sqlite-storage.ts";
import { checkPolicy } from "./check-policy.ts";
import { watchConfiguration } from "./configuration-watch.ts";
import { createConsoleBackend, type RunningConsoleBackend } from "./console-backend.ts";
import { createEndpointCatalog, type EndpointCatalog } from "./endpoint-catalog.ts";
import { createExchangeIds } from "./exchange-ids.ts";
import { type InstallationInventory, openInstallationInventory } from "./installation-inventory.ts";
import { type InstallationRisk, openInstallationRisk } from "./installation-risk.ts";
import { createLearnedEndpoints } from "./learned-endpoints.ts";
import { openRedactor } from "./learned-state.ts";
import { createLearningPath, type LearningPath } from "./learning-path.ts";
import { type Log, messageOf } from "./log.ts";
import { startMaintenance } from "./maintenance.ts";
import { metricsOf } from "./metrics.ts";
import { packageRoot, version } from "./package-root.ts";
import { createPolicyState, type PolicyState } from "./policy-state.ts";
import { createRequestRate, type RequestRate } from "./request-rate.ts";
import type { WorkerConfiguration } from "./worker-messages.ts";
import { WorkerPool } from "./worker-pool.ts";

export interface StartOptions {
  readonly configuration: Configuration;
  readonly log: Log;
  /** Reads the configuration anew, on SIGHUP and when its file changes. */
  readonly reload?: () => Promise<Configuration>;
}

/** A running installation, as commands see it. */
export interface RunningMerlon {
  readonly gateway: { readonly origin: string };
  readonly console?: { readonly origin: string; readonly oneTimePassword?: string };
  readonly upstreams: readonly string[];
  readonly directory: string;
  mode(): Mode;
  /** Resolves when every worker runs it. */
  setMode(mode: Mode): Promise<void>;
  /** Riskiest first. */
  endpoints(): readonly Endpoint[];
  /** The one active last comes first. */
  incidents(): Promise<readonly Incident[]>;
  /** Resolves when everything that was answered so far is learned and written. */
  settled(): Promise<void>;
  /** Lets open exchanges end, writes everything, and resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/** Starts gateway, learning path and console on one data directory. */
export async function startMerlon(options: StartOptions): Promise<RunningMerlon> {
  checkPolicy(options.configuration.policy);
  const { directory } = options.configuration.storage;
  const lock = lockDirectory(directory);
  let storage: SqliteStorage | undefined;
  try {
    storage = openSqliteStorage({ directory });
    const parts = await createParts(options, storage);
    return await startParts(options, parts, lock);
  } catch (error) {
    storage?.close();
    lock.release();
    throw error;
  }
}

/** What runs in the control thread. */
interface Parts extends InstallationInventory {
  readonly storage: SqliteStorage;
  readonly pool: WorkerPool;
  readonly policy: PolicyState;
  readonly learning: LearningPath;
  readonly catalog: EndpointCatalog;
  readonly risk: InstallationRisk;
  readonly rate: RequestRate;
  readonly backend: RunningConsoleBackend;
  readonly running: RunningState;
}

const digestKeyBytes = 32;

async function createParts(options: StartOptions, storage: SqliteStorage): Promise<Parts> {
  const { configuration, log } = options;
  const newId = createExchangeIds(Date.now);
  const running = await runningStateOf(configuration);
  const installed = await openInstallationInventory({
    storage,
    configuration,
    specifications: () => running.knowledge.specifications,
    newId,
    log,
  });
  const { inventory, desk } = installed;
  const overlay = (await storage.policy.loadPolicyOverlay()) ?? emptyOverlay;

  const pool = new WorkerPool({
    workers: configuration.workers,
    configuration: workerConfigurationOf(running, applyOverlay(configuration.policy, overlay)),
    installation: {
      counters: configuration.counters,
      digestKey: await storage.accounts.loadOrCreateSecret("digest-key", digestKeyBytes),
    },
    onRecords: (batch) => learning.take(batch),
    onLog: ({ level, message }) => log({ level, event: "worker", message }),
  });
  const policy = createPolicyState({
    file: configuration.policy,
    overlay,
    store: storage.policy,
    apply: (next) => pool.apply(workerConfigurationOf(running, next)),
  });
  const risk = await openInstallationRisk({ storage, inventory, running, log });
  const learning = createLearningPath({
    inventory,
    evidence: risk.evidence,
    incidents: createIncidentTracker({ newId }),
    redactor: await openRedactor(storage),
    traffic: storage.traffic,
    inventoryStore: storage.inventory,
    now: Date.now,
    recordedPerSecondMax: configuration.learning.recordedPerSecondMax,
    onDecision: (decision) => backend.publish(decision),
    onProblem: (problem) =>
      log({ level: "error", event: "store-failed", message: messageOf(problem) }),
  });
  const catalog = createEndpointCatalog({ inventory, risk });
  const rate = createRequestRate({ secondsMax: 300, now: Date.now });
  const backend = createConsoleBackend({
    ...backendParts({ configuration, running, pool, learning, inventory }),
    newId,
    catalog,
    risk,
    inventory: desk,
    policy,
    rate,
    traffic: storage.traffic,
  });
  return {
    ...installed,
    storage,
    pool,
    policy,
    learning,
    catalog,
    risk,
    rate,
    backend,
    running,
  };
}

/** What the console asks of the running parts. */
function backendParts(
  parts: Pick<Parts, "running" | "pool" | "learning" | "inventory"> & {
    readonly configuration: Configuration;
  },
) {
  const { configuration, running, pool, learning, inventory } = parts;
  return {
    version,
    startedMs: Date.now(),
    now: Date.now,
    upstreams: () => upstreamsOf(running.configuration),
    listen: () => running.gatewayOrigin,
    workers: () => pool.workers,
    ready: () => pool.listening > 0,
    ...(configuration.file === undefined ? {} : { file: configuration.file }),
    counts: () => countsOf(pool, learning),
    metrics: () =>
      metricsOf({
        gateway: pool.counters(),
        learning: learning.counts(),
        inventory: inventory.counts(),
        workersListening: pool.listening,
      }),
    specification: () => toOpenApiYaml(inventory.endpoints()),
  };
}

/** What a reload replaces. */
interface RunningState {
  configuration: Configuration;
  knowledge: Knowledge;
  gatewayOrigin: string;
}

async function runningStateOf(configuration: Configuration): Promise<RunningState> {
  const specifications = await loadSpecifications(configuration);
  return { configuration, knowledge: { specifications, endpoints: [] }, gatewayOrigin: "" };
}

function workerConfigurationOf(running: RunningState, policy: Policy): WorkerConfiguration {
  const { configuration, knowledge } = running;
  return { gateway: configuration.gateway, policy, knowledge };
}

async function startParts(
  options: StartOptions,
  parts: Parts,
  lock: DirectoryLock,
): Promise<RunningMerlon> {
  const { configuration, log } = options;
  const { pool, policy, learning, catalog, storage, running } = parts;
  const gateway = await pool.start();
  yieldToGateway();
  const scheme = configuration.gateway.listen.tls === undefined ? "http" : "https";
  running.gatewayOrigin = originOf(scheme, gateway);

  const page = configuration.console.disabled ? undefined : await startConsole(parts);
  const maintenance = startMaintenance({
    ...parts,
    learned: createLearnedEndpoints({
      inventory: parts.inventory,
      apply: (endpoints) => {
        running.knowledge = { ...running.knowledge, endpoints };
        // In the order of other changes, so that none is undone.
        return policy.change((overlay) => overlay);
      },
      log,
    }),
    retention: configuration.storage.retention,
    log,
    requests: () => pool.counters()["requests"] ?? 0,
  });
  const watch =
    options.reload === undefined
      ? undefined
      : watchConfiguration({
          ...(configuration.file === undefined ? {} : { file: configuration.file }),
          reload: options.reload,
          apply: (next) => applyConfiguration(parts, next),
          log,
        });

  return {
    gateway: { origin: running.gatewayOrigin },
    ...(page === undefined ? {} : { console: page.view }),
    upstreams: upstreamsOf(configuration),
    directory: configuration.storage.directory,
    mode: () => policy.effective().mode,
    setMode: (mode) => policy.change((overlay) => withMode(overlay, mode)),
    endpoints: () => catalog.all(),
    incidents: () => storage.traffic.listIncidents({ limit: 100 }),
    settled: () => settled(pool, learning),

    async stop() {
      watch?.stop();
      await pool.stop();
      await page?.server.close();
      maintenance.stop();
      await parts.changes.look();
      await learning.saveInventory();
      await parts.risk.refresh();
      await parts.risk.stop();
      storage.close();
      lock.release();
    },
  };
}

/**
 * Where cores are scarce, answers go before learning: on Linux this sets the calling thread alone,
 * and the gateway's threads, begun before, keep theirs.
 */
function yieldToGateway(): void {
  if (process.platform === "linux") setPriority(constants.priority.PRIORITY_LOW);
}

async function applyConfiguration(parts: Parts, next: Configuration): Promise<void> {
  const { configuration, knowledge } = parts.running;
  const specifications = await loadSpecifications(next);
  parts.running.configuration = next;
  parts.running.knowledge = { ...knowledge, specifications };
  try {
    await parts.policy.replaceFile(next.policy);
  } catch (error) {
    parts.running.configuration = configuration;
    parts.running.knowledge = knowledge;
    throw error;
  }
  parts.documentAnew();
}

async function loadSpecifications(configuration: Configuration): Promise<readonly Specification[]> {
  return await Promise.all(configuration.specifications.map((path) => loadSpecification(path)));
}

async function startConsole({
  backend,
  storage,
  running,
}: Parts): Promise<{ server: ConsoleServer; view: NonNullable<RunningMerlon["console"]> }> {
  const { address, port } = running.configuration.console;
  const server = createConsole({
    backend,
    traffic: storage.traffic,
    accounts: storage.accounts,
    assetsDirectory: join(packageRoot, "dist/web"),
  });
  const first = await ensureAdministrator(storage.accounts);
  const bound = await server.listen(address, port);
  return {
    server,
    view: {
      origin: originOf("http", bound),
      ...(first === undefined ? {} : { oneTimePassword: first.oneTimePassword }),
    },
  };
}

function countsOf(pool: WorkerPool, learning: LearningPath) {
  const { requests = 0, blocked = 0, wouldBlock = 0, recordsShed = 0 } = pool.counters();
  const { taken } = learning.counts();
  return { requests, blocked, wouldBlock, shed: recordsShed, learned: taken };
}

const settledLookMs = 20;

/** Records wait a few milliseconds in a worker; two quiet looks in a row mean that none is left. */
async function settled(pool: WorkerPool, learning: LearningPath): Promise<void> {
  let quiet = 0;
  let before = -1;
  while (quiet < 2) {
    await new Promise((resolve) => setTimeout(resolve, settledLookMs));
    const { recordsSent = 0, exchangesOpen = 0 } = pool.counters();
    const isQuiet = recordsSent === learning.counts().taken && recordsSent === before;
    quiet = isQuiet && exchangesOpen === 0 ? quiet + 1 : 0;
    before = recordsSent;
  }
}

function upstreamsOf({ gateway }: Configuration): readonly string[] {
  return gateway.upstreams.map(({ url }) => new URL(url).origin);
}

function originOf(scheme: string, { address, port }: { address: string; port: number }): string {
  return `${scheme}://${address.includes(":") ? `[${address}]` : address}:${port}`;
}
