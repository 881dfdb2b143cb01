import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtInDetectors } from "../../src/detection/detectors/index.ts";
import { readCorpora } from "./corpora.ts";
import { generatedCases, seedHeldOut } from "./generators/generated-cases.ts";
import { measure } from "./measure.ts";
import { groupRows, type Row, rateOf } from "./score.ts";

/** Corpus and class → the part of its cases that is flagged, from 0 to 1. */
export type Baseline = Readonly<Record<string, number>>;

const file = join(import.meta.dirname, "baseline.json");
/** Small enough for every test run; evenly spread over each corpus, and the same each time. */
const sample = { queryMax: 600, sampleMax: 60 } as const;

/** The committed rates. */
export function readBaseline(): Baseline {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The rates of the working tree, on the baseline's sample. */
export function measureBaseline(): Baseline {
  const cases = [...readCorpora(), ...generatedCases(seedHeldOut, sample.queryMax)];
  const rows = measure(cases, { detectors: builtInDetectors, ...sample });
  const groups = groupRows(rows, keyOf);
  const rates = [...groups].map(([key, group]) => [key, round(rateOf(group) ?? 0)] as const);
  return Object.fromEntries(rates.sort(([a], [b]) => a.localeCompare(b)));
}

/** Replaces the committed rates. */
export function writeBaseline(baseline: Baseline): void {
  writeFileSync(file, `${JSON.stringify(baseline, null, 2)}\n`);
}

/** The rates that are worse than the committed ones by more than `tolerance`, in words. */
export function regressionsOf(now: Baseline, before: Baseline, tolerance: number): string[] {
  return Object.entries(before).flatMap(([key, rate]) => {
    const current = now[key] ?? 0;
    const loss = key.endsWith(" honest") ? current - rate : rate - current;
    return loss > tolerance ? [`${key}: ${rate} before, ${current} now`] : [];
  });
}

function keyOf({ corpus, cls }: Row): string {
  return `${corpus} ${cls}`;
}

function round(rate: number): number {
  return Math.round(rate * 1e4) / 1e4;
}
