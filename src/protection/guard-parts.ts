import type { BodyLimits } from "./body-plan.ts";
import type { FieldReaders } from "./field-readers.ts";
import type { ExchangeRecord } from "./guard.ts";
import type { EndpointLookup } from "./knowledge.ts";
import type { Planner } from "./plan.ts";

/** What all transactions of a guard share. */
export interface GuardParts {
  readonly planner: Planner;
  readonly onFailure: "allow" | "block";
  readonly readers: FieldReaders;
  readonly bodyLimits: BodyLimits;
  readonly endpointOf: EndpointLookup;
  readonly record: (record: ExchangeRecord) => void;
  readonly now: () => number;
  /** Told of each protection that threw, for log and counter; `record` when the recorder did. */
  readonly failed?: (part: string, error: unknown) => void;
}
