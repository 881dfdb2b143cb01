import type { Decision } from "../model/decision.ts";
import type { Incident } from "../model/incident.ts";
import type { RecordedExchange } from "../model/recorded-exchange.ts";

/** A decision with the inventory id of the endpoint it was about, when it was about one. */
export interface RecordedDecision extends Decision {
  readonly endpoint?: string;
}

export interface TrafficBatch {
  readonly exchanges: readonly RecordedExchange[];
  /** Without an `endpoint` of its own, a decision gets the one of its exchange in the same batch. */
  readonly decisions: readonly RecordedDecision[];
  /** Replaces what was recorded of the same incident before. */
  readonly incidents: readonly Incident[];
}

export interface DecisionQuery {
  readonly client?: string;
  /** Endpoint id. */
  readonly endpoint?: string;
  /** Id of a detector that saw something, or of a protection that wanted to block. */
  readonly detector?: string;
  readonly action?: "allow" | "block";
  /** `block`: what was blocked, and what would have been had every protection been enforced. */
  readonly wouldBe?: "allow" | "block";
  readonly beforeMs?: number;
  /** With `beforeMs`: of that very instant too, the decisions whose id sorts before this one. */
  readonly beforeId?: string;
  /** 1 to 500. */
  readonly limit: number;
}

/** Recorded exchanges, decisions and incidents. A resolved `record` survives a kill of the process. */
export interface TrafficStore {
  /** All of the batch or nothing. Of an id that is already there, the first record stays. */
  record(batch: TrafficBatch): Promise<void>;
  findDecision(id: string): Promise<RecordedDecision | undefined>;
  findExchange(id: string): Promise<RecordedExchange | undefined>;
  /** Newest first; within one millisecond, by id. */
  listDecisions(query: DecisionQuery): Promise<readonly RecordedDecision[]>;
  /** Newest first. */
  listExchanges(query: {
    readonly endpoint?: string;
    readonly beforeMs?: number;
    readonly limit: number;
  }): Promise<readonly RecordedExchange[]>;
  findIncident(id: string): Promise<Incident | undefined>;
  /** The one active last comes first. */
  listIncidents(query: { readonly limit: number }): Promise<readonly Incident[]>;
  /** Decisions a minute over the last `minutes`, oldest first. */
  decisionsPerMinute(query: {
    readonly nowMs: number;
    readonly minutes: number;
  }): Promise<
    readonly { readonly minuteMs: number; readonly allowed: number; readonly blocked: number }[]
  >;
  /**
   * Deletes what is older or more than the limits allow; tells how much went. What people look
   * for goes last: ordinary exchanges before those of decisions, these before decisions. The size
   * limit also holds for every later `record`.
   */
  enforceRetention(limits: {
    readonly nowMs: number;
    readonly ageMs: number;
    readonly bytesMax: number;
  }): Promise<{ readonly exchanges: number; readonly decisions: number }>;
}
