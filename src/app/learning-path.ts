import type { RecordedDecision, TrafficBatch, TrafficStore } from "../console/traffic-store.ts";
import type { Inventory } from "../discovery/inventory.ts";
import type { InventoryStore } from "../discovery/inventory-store.ts";
import { isHostile } from "../model/decision.ts";
import type { Exchange } from "../model/exchange.ts";
import type { Incident } from "../model/incident.ts";
import type { RecordedExchange } from "../model/recorded-exchange.ts";
import type { ExchangeRecord } from "../protection/guard.ts";
import type { IncidentTracker } from "../protection/incident-tracker.ts";
import type { Redactor } from "../sensitive-data/redaction.ts";
import type { CountedExchanges, RecordBatch } from "./record-queue.ts";
import { createSampler } from "./sampler.ts";
import type { SideEvidence } from "./side-evidence.ts";

export interface LearningPathParts {
  readonly inventory: Inventory;
  readonly incidents: IncidentTracker;
  readonly redactor: Redactor;
  readonly traffic: TrafficStore;
  readonly inventoryStore: InventoryStore;
  readonly now: () => number;
  /** How many ordinary exchanges a second are written in full; the others only feed the inventory. */
  readonly recordedPerSecondMax: number;
  /** Looks at each exchange of a known endpoint for what risk has to know. */
  readonly evidence?: SideEvidence;
  readonly onDecision: (decision: RecordedDecision) => void;
  readonly onProblem: (problem: unknown) => void;
}

/** What the learning path did so far, and what it had to leave. */
export interface LearningCounts {
  /** Exchanges that arrived with everything known of them. */
  readonly taken: number;
  /** Exchanges of which only the count arrived. */
  readonly counted: number;
  readonly recorded: number;
  /** Learned from but not written: over the recording rate. */
  readonly unrecorded: number;
  /** Not written, because the store refused. */
  readonly lost: number;
}

export interface LearningPath {
  /** Learns from the batch and resolves when what is kept of it is written. Never rejects. */
  take(batch: RecordBatch): Promise<void>;
  /** Writes what the inventory learned since the last time. */
  saveInventory(): Promise<void>;
  counts(): LearningCounts;
}

type Counts = { -readonly [Name in keyof LearningCounts]: number };

/** Everything that happens to an exchange after the client got its answer. */
export function createLearningPath(parts: LearningPathParts): LearningPath {
  const sampler = createSampler({ perSecondMax: parts.recordedPerSecondMax, now: parts.now });
  const counts: Counts = { taken: 0, counted: 0, recorded: 0, unrecorded: 0, lost: 0 };

  const takeOne = async ({ records, counted }: RecordBatch): Promise<void> => {
    const kept: Kept = { exchanges: [], decisions: [], incidents: new Map() };
    for (const [at, record] of records.entries()) {
      if (at % recordsPerTurn === 0) await turnOfOthers();
      learn(parts, record, kept, counts, sampler.admits);
    }
    for (const entry of counted) countOnly(parts.inventory, entry, counts);
    await write(parts, kept, counts);
    counts.taken += records.length;
    for (const decision of kept.decisions) parts.onDecision(decision);
  };
  let last: Promise<void> = Promise.resolve();

  return {
    take(batch) {
      last = last.then(() => takeOne(batch));
      return last;
    },

    async saveInventory() {
      const changes = parts.inventory.takeChanges();
      if (changes.length === 0) return;
      try {
        await parts.inventoryStore.saveInventory(changes);
      } catch (problem) {
        parts.onProblem(problem);
      }
    },

    counts: () => ({ ...counts }),
  };
}

/** Under a flood of attacks the console, a reload and the workers' answers still get their turn. */
const recordsPerTurn = 16;

function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What is to be written of a batch. */
interface Kept {
  readonly exchanges: RecordedExchange[];
  readonly decisions: RecordedDecision[];
  readonly incidents: Map<string, Incident>;
}

function learn(
  parts: LearningPathParts,
  record: ExchangeRecord,
  kept: Kept,
  counts: Counts,
  admits: () => boolean,
): void {
  const { exchange, decision } = record;
  const { isNew, lifecycle, ...learned } = parts.inventory.learn(record);
  // What was blocked taught nothing, and yet it was about an endpoint.
  const endpoint = learned.endpointId === undefined ? knownEndpointOf(parts, exchange) : undefined;
  const { endpointId = endpoint?.id, endpointKey = endpoint?.key } = learned;
  if (endpointId !== undefined) parts.evidence?.note(exchange, decision, endpointId);
  if (decision !== undefined) {
    if (endpointId !== undefined && isHostile(decision)) {
      parts.inventory.recordAttack(endpointId);
    }
    const redacted = parts.redactor.redactDecision(decision);
    kept.decisions.push(
      endpointId === undefined ? redacted : { ...redacted, endpoint: endpointId },
    );
  }
  const incident = parts.incidents.observe({
    record,
    ...(endpointKey === undefined ? {} : { endpointKey }),
    ...(lifecycle === undefined ? {} : { lifecycle }),
  });
  if (incident !== undefined) kept.incidents.set(incident.id, incident);

  // Shed by value: what was decided, what failed and what is new is always written.
  const status = exchange.response?.status ?? 0;
  if (decision !== undefined || isNew || status >= 500 || admits()) {
    kept.exchanges.push(parts.redactor.redactExchange(exchange, endpointId));
  } else {
    counts.unrecorded += 1;
  }
}

function knownEndpointOf(
  { inventory }: LearningPathParts,
  { request }: Exchange,
): ReturnType<Inventory["endpointOf"]> {
  return inventory.endpointOf(request.method, request.authority, request.path);
}

function countOnly(inventory: Inventory, entry: CountedExchanges, counts: Counts): void {
  const { method, host, path, status, calls, lastMs } = entry;
  inventory.countLight({ method, host, path, status, timeMs: lastMs, count: calls });
  counts.counted += calls;
}

async function write(parts: LearningPathParts, kept: Kept, counts: Counts): Promise<void> {
  const { exchanges, decisions } = kept;
  const batch: TrafficBatch = { exchanges, decisions, incidents: [...kept.incidents.values()] };
  if (exchanges.length + decisions.length + batch.incidents.length === 0) return;
  try {
    await parts.traffic.record(batch);
    counts.recorded += exchanges.length;
  } catch (problem) {
    // A full disk must stop neither traffic nor learning; what could not be kept is counted and shown.
    counts.lost += exchanges.length + decisions.length;
    parts.onProblem(problem);
  }
}
