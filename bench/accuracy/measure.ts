import type { Detector } from "../../src/detection/detector.ts";
import { createDetectionEngine } from "../../src/detection/engine.ts";
import { fieldsOfBody } from "../../src/http/body-fields.ts";
import { fieldsOfHead } from "../../src/http/head-fields.ts";
import { type Detection, isAtLeast } from "../../src/model/detection.ts";
import type { Case, CaseRequest } from "./case.ts";
import { type PlacedGroup, placeCases } from "./placed-cases.ts";
import type { Row } from "./score.ts";

export interface MeasureOptions {
  readonly detectors: readonly Detector[];
  /** Cases of each corpus and class that are placed everywhere; all of them go into the query. */
  readonly sampleMax: number;
  /** Cases of each corpus and class in the query; all when missing. */
  readonly queryMax?: number;
  /** Score the cases too whose label does not hold. */
  readonly withDisputed?: boolean;
  /** Told of every miss and every false positive. */
  readonly onError?: (error: CaseError) => void;
}

export interface CaseError {
  readonly item: Case;
  readonly placement: string;
  readonly detections: readonly Detection[];
}

/** Looks at one request with the detectors alone. */
export type Inspect = (request: CaseRequest) => readonly Detection[];

/** Decoding and detection as the gateway has them. */
export function createInspect(detectors: readonly Detector[]): Inspect {
  const engine = createDetectionEngine(detectors);
  return ({ head, body }) => {
    const { fields } = fieldsOfHead(head);
    const bodyFields = body.length === 0 ? [] : fieldsOfBody(head, body).fields;
    return engine.inspect([...fields, ...bodyFields], head);
  };
}

/** Whether the default policy would block for these detections. */
export function isFlagged(detections: readonly Detection[]): boolean {
  return detections.some(({ confidence }) => isAtLeast(confidence, "medium"));
}

/** Runs cases through decoding and detection and counts what would be blocked by default. */
export function measure(cases: readonly Case[], options: MeasureOptions): Row[] {
  const inspect = createInspect(options.detectors);
  const classes = new Set(options.detectors.map(({ id }) => id));
  return placeCases(cases, { ...options, classes }).map((group) =>
    countFlagged(inspect, group, options),
  );
}

/** The classes of attack in these cases that no detector is there for, with how many cases. */
export function uncoveredOf(
  cases: readonly Case[],
  detectors: readonly Detector[],
): ReadonlyMap<string, number> {
  const ids = new Set(detectors.map(({ id }) => id));
  const counts = new Map<string, number>();
  for (const { isAttack, cls } of cases) {
    if (isAttack && !ids.has(cls)) counts.set(cls, (counts.get(cls) ?? 0) + 1);
  }
  return counts;
}

function countFlagged(
  inspect: Inspect,
  { corpus, cls, placement, isAttack, cases }: PlacedGroup,
  { onError }: MeasureOptions,
): Row {
  let flagged = 0;
  for (const { item, request } of cases) {
    const detections = inspect(request);
    const isSeen = isFlagged(detections);
    if (isSeen) flagged++;
    if (isSeen !== isAttack) onError?.({ item: { ...item, request }, placement, detections });
  }
  return { corpus, cls, placement, isAttack, total: cases.length, flagged };
}
