import type { CounterStore } from "../../counters/counter-store.ts";
import type { ProofMemory } from "./dpop-proof.ts";

/** Proofs of two lifetimes, at 100 bytes each; a worker that sees more forgets the older half. */
const PROOFS_MAX = 500_000;

/**
 * Remembers used proofs for at least as long as they would be accepted: exactly in this worker, and
 * for all workers as far as the shared counters reach. When those are away, in this worker alone.
 */
export function createProofMemory(lifetimeMs: number, counters: CounterStore): ProofMemory {
  const isNewHere = createLocalMemory(lifetimeMs);
  const once = { amount: 1, periodMs: lifetimeMs, burst: 1 };
  return async (id, timeMs) => {
    if (!isNewHere(id, timeMs)) return false;
    try {
      return (await counters.take(`dpop-proof ${id}`, once, 1, timeMs)).isAllowed;
    } catch {
      return true;
    }
  };
}

function createLocalMemory(lifetimeMs: number): (id: string, timeMs: number) => boolean {
  let younger = new Set<string>();
  let older = new Set<string>();
  let bornMs = 0;
  return (id, timeMs) => {
    if (Math.abs(timeMs - bornMs) > lifetimeMs || younger.size >= PROOFS_MAX / 2) {
      // What is older than two lifetimes is refused for its age.
      older = timeMs - bornMs > 2 * lifetimeMs ? new Set() : younger;
      younger = new Set();
      bornMs = timeMs;
    }
    if (younger.has(id) || older.has(id)) return false;
    younger.add(id);
    return true;
  };
}
