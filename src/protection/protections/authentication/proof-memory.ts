import type { ProofMemory } from "./dpop-proof.ts";

/** Proofs of two lifetimes, at 100 bytes each; a worker that sees more forgets the older half. */
const PROOFS_MAX = 500_000;

/** Remembers used proofs for at least as long as they would be accepted. */
export function createProofMemory(lifetimeMs: number): ProofMemory {
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
