import type { Risk } from "../model/endpoint.ts";

/** Open: to be worked on. Accepted: known and borne until a day. Fixed: done, or no longer observed. */
type FindingState = "open" | "accepted" | "fixed";

export type FindingSeverity = Exclude<Risk["level"], "none">;

/** Why a risk is borne, by whom and for how long. */
interface Acceptance {
  readonly reason: string;
  readonly by: string;
  readonly sinceMs: number;
  /** The finding opens again then. */
  readonly untilMs: number;
  /** What was accepted: a worse severity later opens the finding again. */
  readonly severity: FindingSeverity;
}

/** One turn in the life of a finding. */
export interface FindingEvent {
  readonly timeMs: number;
  readonly what:
    | "found"
    | "accepted"
    | "acceptance-ended"
    | "fixed"
    | "no-longer-observed"
    | "reopened"
    | "assigned"
    | "due";
  /** The account that did it; missing where Merlon did. */
  readonly by?: string;
  readonly note?: string;
}

/** One weakness of one endpoint, with what people decided about it. Its id is its fingerprint. */
export interface Finding {
  readonly id: string;
  readonly endpointId: string;
  /** `GET shop.example/api/v1/products/{productId}`. */
  readonly endpoint: string;
  readonly factor: string;
  /** Which part of the factor, where it has several. */
  readonly part?: string;
  readonly title: string;
  readonly severity: FindingSeverity;
  /** Points it adds to the score of its endpoint. */
  readonly points: number;
  readonly endpointScore: number;
  readonly evidence: string;
  readonly remedy: string;
  readonly references: readonly string[];
  readonly confidence: number;
  /** Observations that it rests on. */
  readonly seen: number;
  readonly state: FindingState;
  readonly acceptance?: Acceptance;
  /** While it is fixed by a person: the observations there were; more of them open it again. */
  readonly fixedSeen?: number;
  readonly owner?: string;
  /** When it is to be fixed. */
  readonly dueMs?: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly reopened: number;
  /** Oldest first; at most 50, the first one always kept. */
  readonly history: readonly FindingEvent[];
}

/** A weakness as an assessment sees it now, before anything was decided about it. */
export type ObservedFinding = Pick<
  Finding,
  | "id"
  | "endpointId"
  | "endpoint"
  | "factor"
  | "part"
  | "title"
  | "severity"
  | "points"
  | "endpointScore"
  | "evidence"
  | "remedy"
  | "references"
  | "confidence"
  | "seen"
>;

const eventsMax = 50;

/** The history with one more event, within its bound. */
export function withEvent(
  history: readonly FindingEvent[],
  event: FindingEvent,
): readonly FindingEvent[] {
  const [first, ...rest] = history;
  if (first === undefined) return [event];
  return [first, ...rest.slice(-(eventsMax - 2)), event];
}
