/** The decisions about one attacker within a stretch of activity, as one story for people. */
export interface Incident {
  readonly id: string;
  readonly client: string;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly requests: number;
  readonly blocked: number;
  /** Detector or protection id → how many decisions. */
  readonly detectors: Readonly<Record<string, number>>;
  /** What the attacker went through, in order; at most 50 entries, the rest is counted in `requests`. */
  readonly steps: readonly IncidentStep[];
  readonly severity: "low" | "medium" | "high" | "critical";
  /** One sentence for people. */
  readonly summary: string;
}

export interface IncidentStep {
  readonly timeMs: number;
  /** The decision that this step is about; missing for reconnaissance without a detection. */
  readonly decision?: string;
  readonly endpoint: string;
  readonly kind: "reconnaissance" | "probe" | "attack" | "escalation";
  readonly what: string;
  readonly action: "allow" | "block";
  readonly count: number;
}
