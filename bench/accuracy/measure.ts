import type { Detector } from "../../src/detection/detector.ts";
import { createDetectionEngine, type DetectionEngine } from "../../src/detection/engine.ts";
import { fieldsOfBody } from "../../src/http/body-fields.ts";
import { fieldsOfHead } from "../../src/http/head-fields.ts";
import { type Detection, isAtLeast } from "../../src/model/detection.ts";
import type { Case, CaseRequest } from "./case.ts";
import { disputes } from "./disputed-table.ts";
import { placements } from "./placements.ts";
import type { Row } from "./score.ts";

export interface MeasureOptions {
  readonly detectors: readonly Detector[];
  /** Cases of each corpus and class that are placed everywhere; all of them go into the query. */
  readonly sampleMax: number;
  /** Cases of each corpus and class in the query; all when missing. */
  readonly queryMax?: number;
  /** Told of every miss and every false positive. */
  readonly onError?: (error: CaseError) => void;
}

export interface CaseError {
  readonly item: Case;
  readonly placement: string;
  readonly detections: readonly Detection[];
}

/** Runs cases through decoding and detection and counts what would be blocked by default. */
export function measure(cases: readonly Case[], options: MeasureOptions): Row[] {
  const engine = createDetectionEngine(options.detectors);
  const ids = new Set(options.detectors.map(({ id }) => id));
  const covered = cases.filter(
    (item) => (!item.isAttack || ids.has(item.cls)) && !isDisputed(item),
  );
  const groups = Map.groupBy(covered, ({ corpus, cls }) => `${corpus} ${cls}`);
  return [...groups.values()].flatMap((group) => measureGroup(engine, group, options));
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

function isDisputed({ corpus, cls, id, payload }: Case): boolean {
  return disputes.some(
    (dispute) =>
      dispute.corpus === corpus && dispute.cls === cls && dispute.matches(id, payload ?? ""),
  );
}

function measureGroup(
  engine: DetectionEngine,
  group: readonly Case[],
  options: MeasureOptions,
): Row[] {
  const [first] = group;
  if (first === undefined) return [];
  if (first.request !== undefined) {
    return [countFlagged(engine, sampleOf(group, options.queryMax), "request", options)];
  }
  return placements.map(({ name, place }) => {
    const max = name === "query" ? options.queryMax : options.sampleMax;
    const placed = sampleOf(group, max).flatMap((item): Case[] => {
      const request = place(item.payload ?? "");
      return request === undefined ? [] : [{ ...item, request }];
    });
    return countFlagged(engine, placed, name, options);
  });
}

function countFlagged(
  engine: DetectionEngine,
  cases: readonly Case[],
  placement: string,
  options: MeasureOptions,
): Row {
  let flagged = 0;
  for (const item of cases) {
    const detections = item.request === undefined ? [] : inspect(engine, item.request);
    const isFlagged = detections.some(({ confidence }) => isAtLeast(confidence, "medium"));
    if (isFlagged) flagged++;
    if (isFlagged !== item.isAttack) options.onError?.({ item, placement, detections });
  }
  const { corpus = "", cls = "", isAttack = false } = cases[0] ?? {};
  return { corpus, cls, placement, isAttack, total: cases.length, flagged };
}

function inspect(engine: DetectionEngine, { head, body }: CaseRequest): readonly Detection[] {
  const { fields } = fieldsOfHead(head);
  const bodyFields = body.length === 0 ? [] : fieldsOfBody(head, body).fields;
  return engine.inspect([...fields, ...bodyFields], head);
}

/** Evenly spread, and the same each time. */
function sampleOf<T>(items: readonly T[], max: number | undefined): readonly T[] {
  if (max === undefined || items.length <= max) return items;
  const step = items.length / max;
  return Array.from({ length: max }, (_, index) => items[Math.floor(index * step)]).filter(
    (item): item is T => item !== undefined,
  );
}
