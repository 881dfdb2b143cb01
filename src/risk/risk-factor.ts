import type { EndpointProfile, RiskPart } from "../model/endpoint.ts";
import type { Surroundings } from "./surroundings.ts";

/** What one factor makes of an endpoint. */
export interface Assessed {
  /** Share of the factor's weight that applies, 0 to 1; 1 unless told. */
  readonly strength?: number;
  /** How sure the observation is, 0 to 1. */
  readonly confidence: number;
  /** What was observed, with counts, so that a person can repeat it. */
  readonly evidence: string;
  /** How many observations it rests on; grows when there is new evidence. 0 where it is no count. */
  readonly seen?: number;
  /** Where one factor stands for several findings. */
  readonly parts?: readonly RiskPart[];
}

/** One weakness of an endpoint's posture, looked for in what discovery learned. Pure. */
export interface RiskFactor {
  /** Permanent kebab-case id. */
  readonly id: string;
  /** What it is about, in one sentence, for docs and console. */
  readonly summary: string;
  /** What to do, as an instruction. */
  readonly remedy: string;
  /** OWASP API Security Top 10 and CWE items. */
  readonly references: readonly string[];
  /** A circumstance that raises the risk of everything else, and no weakness that could be fixed. */
  readonly isCircumstance?: boolean;
  assess(profile: EndpointProfile, surroundings: Surroundings): Assessed | undefined;
}
