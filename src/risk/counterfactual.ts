import type { Endpoint, Risk } from "../model/endpoint.ts";
import type { Counterfactual, Fix } from "./fix.ts";
import { isCircumstance } from "./observe-findings.ts";
import { scoreWithout } from "./score.ts";

const fixesTold = 3;
/** Fixes that are tried in every combination of three: those that gain most alone. */
const fixesCompared = 12;

interface Candidate {
  readonly factor: string;
  readonly host: string;
  readonly remedy: string;
  readonly endpoints: readonly Endpoint[];
}

/** Which three fixes lower the total of these endpoints most, had they been made. */
export function counterfactualOf(endpoints: readonly Endpoint[]): Counterfactual {
  const total = endpoints.reduce((sum, { risk }) => sum + risk.score, 0);
  const strongest = candidatesOf(endpoints)
    .map((candidate) => ({ candidate, gain: gainOf([candidate]) }))
    .filter(({ gain }) => gain > 0)
    .toSorted((a, b) => b.gain - a.gain)
    .slice(0, fixesCompared)
    .map(({ candidate }) => candidate);
  const best = bestSetOf(strongest);
  const fixes = best.map((candidate, at): Fix => {
    const { factor, host, remedy } = candidate;
    const gain = gainOf(best.slice(0, at + 1)) - gainOf(best.slice(0, at));
    return { factor, host, remedy, endpoints: candidate.endpoints.length, gain };
  });
  return { total, totalAfter: total - gainOf(best), fixes };
}

function candidatesOf(endpoints: readonly Endpoint[]): readonly Candidate[] {
  const candidates = new Map<string, Candidate & { readonly endpoints: Endpoint[] }>();
  for (const endpoint of endpoints) {
    for (const { factor, remedy } of endpoint.risk.factors) {
      if (isCircumstance(factor)) continue;
      const key = `${factor} ${endpoint.host}`;
      const known = candidates.get(key);
      if (known === undefined) {
        candidates.set(key, { factor, host: endpoint.host, remedy, endpoints: [endpoint] });
      } else known.endpoints.push(endpoint);
    }
  }
  return [...candidates.values()];
}

/** Every set of three (or fewer, when there are fewer), the one that gains most. */
function bestSetOf(candidates: readonly Candidate[]): readonly Candidate[] {
  let best: { readonly set: readonly Candidate[]; readonly gain: number } = { set: [], gain: 0 };
  const extend = (set: readonly Candidate[], from: number): void => {
    if (set.length === Math.min(fixesTold, candidates.length)) {
      const gain = gainOf(set);
      if (gain > best.gain) best = { set, gain };
      return;
    }
    for (const [at, candidate] of candidates.entries()) {
      if (at >= from) extend([...set, candidate], at + 1);
    }
  };
  extend([], 0);
  return best.set;
}

function gainOf(set: readonly Candidate[]): number {
  const without = new Map<Endpoint, Set<string>>();
  for (const { factor, endpoints } of set) {
    for (const endpoint of endpoints) {
      const factors = without.get(endpoint);
      if (factors === undefined) without.set(endpoint, new Set([factor]));
      else factors.add(factor);
    }
  }
  let gain = 0;
  for (const [{ risk }, factors] of without) gain += gainAt(risk, factors);
  return gain;
}

function gainAt(risk: Risk, factors: ReadonlySet<string>): number {
  return Math.max(0, risk.score - scoreWithout(risk, factors));
}
