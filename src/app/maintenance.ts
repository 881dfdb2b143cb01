import type { TrafficStore } from "../console/traffic-store.ts";
import type { FindingStore } from "../risk/finding-store.ts";
import type { InventoryWatch } from "./inventory-watch.ts";
import type { LearnedEndpoints } from "./learned-endpoints.ts";
import type { LearningPath } from "./learning-path.ts";
import { type Log, messageOf } from "./log.ts";
import type { RequestRate } from "./request-rate.ts";
import type { RunningRiskDesk } from "./risk-desk.ts";

export interface MaintenanceParts {
  readonly rate: RequestRate;
  readonly learning: LearningPath;
  readonly changes: InventoryWatch;
  readonly learned: LearnedEndpoints;
  readonly risk: RunningRiskDesk;
  readonly storage: { readonly traffic: TrafficStore; readonly findings: FindingStore };
  readonly retention: { readonly ageDays: number; readonly sizeMb: number };
  readonly requests: () => number;
  readonly log: Log;
}

const saveEverySeconds = 2;
const assessEverySeconds = 10;
const lookEverySeconds = 10;
const learnedEverySeconds = 5;
const retentionEverySeconds = 60;
/** Scores are few: they are kept for longer than the traffic they come from. */
const scoresKeptDays = 400;
const dayMs = 86_400_000;

/** What has to be done again and again: the rate, the inventory's state, retention. */
export function startMaintenance(parts: MaintenanceParts): { stop(): void } {
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    parts.rate.sample(parts.requests());
    if (seconds % saveEverySeconds === 0) void parts.learning.saveInventory();
    if (seconds % assessEverySeconds === 0) void parts.risk.refresh();
    if (seconds % lookEverySeconds === 5) void parts.changes.look();
    if (seconds % learnedEverySeconds === 3) void parts.learned.look();
    if (seconds % retentionEverySeconds === 1) void enforceRetention(parts);
  }, 1_000);
  return { stop: () => clearInterval(timer) };
}

async function enforceRetention({ storage, retention, log }: MaintenanceParts): Promise<void> {
  try {
    await storage.traffic.enforceRetention({
      nowMs: Date.now(),
      ageMs: retention.ageDays * dayMs,
      bytesMax: retention.sizeMb * 1_048_576,
    });
    await storage.findings.deleteScoresBefore(Date.now() - scoresKeptDays * dayMs);
  } catch (error) {
    log({ level: "error", event: "retention-failed", message: messageOf(error) });
  }
}
