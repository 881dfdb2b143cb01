import { parseArgs } from "node:util";
import { corpusNames, loadCorpus, validationNames } from "./corpora.ts";
import type { GroundTruth } from "./ground-truth.ts";
import { measureCost } from "./measure-cost.ts";
import { measureTemplates, type TemplateMeasures } from "./measure-templates.ts";
import { syntheticApis } from "./synthetic-apis-table.ts";
import { synthesise } from "./synthetic-traffic.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    requests: { type: "string", default: "500,2000,6000" },
    "with-specification": { type: "boolean", default: false },
    seed: { type: "string", default: "7" },
    each: { type: "boolean", default: false },
    urls: { type: "string", default: "200000" },
    "no-cost": { type: "boolean", default: false },
  },
});

interface Result {
  readonly group: string;
  readonly requests: number;
  readonly withSpecification: boolean;
  readonly macro: TemplateMeasures;
  readonly each: Readonly<Record<string, TemplateMeasures>>;
}

const sizes = values.requests.split(",").map(Number);
const corpora = corpusNames().map(loadCorpus);
const groups: readonly (readonly [string, readonly GroundTruth[]])[] = [
  ["developed on", corpora.filter(({ name }) => !validationNames.has(name))],
  ["kept aside", corpora.filter(({ name }) => validationNames.has(name))],
  [
    "invented",
    syntheticApis.map((api) =>
      synthesise(api, { seed: Number(values.seed), requests: Math.max(...sizes) }),
    ),
  ],
];

const results: Result[] = [];
for (const requests of sizes) {
  for (const withSpecification of values["with-specification"] ? [false, true] : [false]) {
    for (const [group, truths] of groups) {
      if (truths.length === 0) continue;
      const each = Object.fromEntries(
        truths.map((truth) => [
          truth.name,
          measureTemplates(truth, { requests, withSpecification }),
        ]),
      );
      results.push({
        group,
        requests,
        withSpecification,
        macro: meanOf(Object.values(each)),
        each,
      });
    }
  }
}
const cost = values["no-cost"] ? undefined : measureCost({ distinctUrls: Number(values.urls) });

if (values.json) console.log(JSON.stringify({ results, cost }));
else print();

function print(): void {
  for (const { group, requests, withSpecification, macro, each } of results) {
    const given = withSpecification ? "with specification" : "without specification";
    console.log(`\n${group}, ${requests} requests, ${given}`);
    if (values.each) for (const [name, measures] of Object.entries(each)) printRow(name, measures);
    printRow("macro", macro);
  }
  if (cost === undefined) return;
  const perSecond = Math.round(cost.exchangesPerSecond);
  console.log(
    `\nlearning path, one core: ${perSecond} exchanges a second (1 KB JSON, 40 endpoints)`,
  );
  for (const point of cost.memory) {
    const { distinctUrls, endpoints, heapMegabytes, exchangesPerSecond } = point;
    console.log(
      `  ${distinctUrls} distinct URLs of 1,000 endpoints: ${endpoints} held, ${heapMegabytes.toFixed(0)} MB, ${Math.round(exchangesPerSecond)} a second`,
    );
  }
}

function printRow(name: string, measures: TemplateMeasures): void {
  const cells = Object.entries(measures).map(([key, value]) => `${key} ${value.toFixed(3)}`);
  console.log(`  ${name.padEnd(28)} ${cells.join("  ")}`);
}

function meanOf(all: readonly TemplateMeasures[]): TemplateMeasures {
  const keys = Object.keys(all[0] ?? {}) as (keyof TemplateMeasures)[];
  return Object.fromEntries(
    keys.map((key) => [key, all.reduce((sum, measures) => sum + measures[key], 0) / all.length]),
  ) as unknown as TemplateMeasures;
}
