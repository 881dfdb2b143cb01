import type { Authentication } from "../../model/endpoint.ts";
import type { DiscoveryStep } from "../discovery-step.ts";
import { type Counts, countIn, mergeCounts } from "../sketches/counts.ts";

interface AuthenticationFacts {
  /** Of successful exchanges. */
  readonly kinds: Counts;
  successWith: number;
  successWithout: number;
  refusedWith: number;
  refusedWithout: number;
}

const kindsMax = 16;

/**
 * Reads traffic as an experiment: what happened to requests with credentials and to those without.
 * Whoever always sends a token proves nothing about what happens without one.
 */
export const authentication: DiscoveryStep<AuthenticationFacts> = {
  name: "authentication",

  create: () => ({
    kinds: new Map(),
    successWith: 0,
    successWithout: 0,
    refusedWith: 0,
    refusedWithout: 0,
  }),

  learn({ outcome, credentials, exchange }, state) {
    const has = credentials.length > 0;
    // An access log does not tell whether there were any.
    if (!has && exchange.hasHeaders === false) return;
    if (outcome === "success") {
      if (has) state.successWith += 1;
      else state.successWithout += 1;
      for (const kind of new Set(credentials.map((credential) => credential.kind))) {
        countIn(state.kinds, kind, 1, kindsMax);
      }
      return;
    }
    // 403 without credentials may be about something else, but it is a refusal all the same.
    if (outcome !== "refused" || exchange.aborted !== undefined) return;
    if (has) state.refusedWith += 1;
    else state.refusedWithout += 1;
  },

  merge(into, from) {
    mergeCounts(into.kinds, from.kinds, kindsMax);
    into.successWith += from.successWith;
    into.successWithout += from.successWithout;
    into.refusedWith += from.refusedWith;
    into.refusedWithout += from.refusedWithout;
  },

  describe: ({ kinds, ...counts }) => ({
    authentication: {
      ...verdictOf(counts),
      kinds: [...kinds].sort(([, left], [, right]) => right - left).map(([kind]) => kind),
      counts,
    },
  }),
};

function verdictOf(
  counts: Authentication["counts"],
): Pick<Authentication, "required" | "confidence"> {
  const { successWithout, refusedWithout } = counts;
  const without = successWithout + refusedWithout;
  if (without === 0) return { confidence: 0 };
  // Laplace's rule of succession: three answers of three are not yet a certainty.
  const answered = (successWithout + 1) / (without + 2);
  if (answered > 0.5) return { required: false, confidence: rounded(answered) };
  // Some get through without: an optional credential, or a rule that depends on the value.
  if (successWithout > 0 && answered > 0.1)
    return { required: false, confidence: rounded(answered) };
  return { required: true, confidence: rounded(1 - answered) };
}

function rounded(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
