import { parseArgs } from "node:util";
import { builtInDetectors } from "../../src/detection/detectors/index.ts";
import { measureBaseline, writeBaseline } from "./baseline.ts";
import type { Case } from "./case.ts";
import { corporaFolder, hasCorpora, readCorpora } from "./corpora.ts";
import { generatedCases, seedHeldOut } from "./generators/generated-cases.ts";
import { type CaseError, measure, uncoveredOf } from "./measure.ts";
import { printReport } from "./print-report.ts";
import { summaryOf } from "./score.ts";

/** `node bench/accuracy/run.ts [--json] [--corpus X] [--detector Y] [--errors N] [--sample N] [--with-disputed] [--seed N] [--write-baseline]` */
const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    corpus: { type: "string" },
    detector: { type: "string" },
    errors: { type: "string", default: "0" },
    sample: { type: "string", default: "1000" },
    seed: { type: "string", default: String(seedHeldOut) },
    "with-disputed": { type: "boolean", default: false },
    "write-baseline": { type: "boolean", default: false },
  },
});

/** Generated cases of each class. */
const generatedMax = 1_000;

if (hasCorpora()) {
  if (values["write-baseline"]) writeBaseline(measureBaseline());
  else run();
} else {
  console.error(`No corpora at ${corporaFolder}.`);
  process.exitCode = 3;
}

function run(): void {
  const detectors = builtInDetectors.filter(
    ({ id }) => values.detector === undefined || id === values.detector,
  );
  const cases = casesOf(values.corpus);
  const errors: CaseError[] = [];
  const rows = measure(cases, {
    detectors,
    sampleMax: Number(values.sample),
    withDisputed: values["with-disputed"],
    onError: (error) => errors.push(error),
  });
  if (values.json) {
    console.log(JSON.stringify({ rows, summary: summaryOf(rows) }, null, 1));
    return;
  }
  printReport(rows, values.detector === undefined ? uncoveredOf(cases, detectors) : new Map());
  printErrors(errors, Number(values.errors));
}

/** The corpora, and what the generators make of the seed; or one of them. */
function casesOf(corpus: string | undefined): Case[] {
  const isGenerated = corpus?.startsWith("generated") !== false;
  const read = corpus === undefined || !isGenerated ? readCorpora(corpus) : [];
  return [...read, ...(isGenerated ? generatedCases(Number(values.seed), generatedMax) : [])];
}

/** Prints up to `max` errors of each corpus, class and placement, spread over all of them. */
function printErrors(errors: readonly CaseError[], max: number): void {
  if (max <= 0) return;
  const groups = Map.groupBy(
    errors,
    ({ item, placement }) => `${item.corpus} ${item.cls} ${placement}`,
  );
  for (const [key, group] of groups) {
    console.log(`\n${key}: ${group.length} errors`);
    const step = Math.max(1, group.length / max);
    for (let at = 0; at < group.length; at += step) {
      const error = group[Math.floor(at)];
      if (error !== undefined) console.log(`  ${describe(error)}`);
    }
  }
}

function describe({ item, detections }: CaseError): string {
  const shown = item.payload ?? item.request?.head.path ?? "";
  const seen = detections.map(
    ({ detector, confidence, location, name, evidence }) =>
      `${detector} ${confidence} ${location}:${name} ${JSON.stringify(evidence.slice(0, 120))}`,
  );
  return `${item.id} ${JSON.stringify(shown.slice(0, 200))} ${seen.join("; ")}`;
}
