import type { EndpointProfile } from "../../model/endpoint.ts";
import type { RiskFactor } from "../risk-factor.ts";
import { counted, sureness } from "./counting.ts";

/** A factor that is nothing but something discovery counted. */
export interface ObservedFactorOptions extends Omit<RiskFactor, "assess"> {
  /** Name in the profile's `observations`. */
  readonly observation: string;
  /** The evidence, given `3 calls` or `2 of 40 calls`. */
  readonly evidence: (seen: string) => string;
  /** Share of the weight that applies; all of it unless told. */
  readonly strength?: (profile: EndpointProfile) => number;
}

export function observedFactor(options: ObservedFactorOptions): RiskFactor {
  const { observation, evidence, strength, ...factor } = options;
  return {
    ...factor,
    assess(profile) {
      const count = profile.observations[observation] ?? 0;
      if (count === 0) return undefined;
      // Counted once a call for most observations, once a value for some.
      const seen =
        count <= profile.calls
          ? `${count.toLocaleString("en")} of ${counted(profile.calls, "call")}`
          : counted(count, "value");
      return {
        strength: strength?.(profile) ?? 1,
        confidence: sureness(count),
        evidence: evidence(seen),
        seen: count,
      };
    },
  };
}
