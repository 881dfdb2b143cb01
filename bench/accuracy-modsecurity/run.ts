import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { builtInDetectors } from "../../src/detection/detectors/index.ts";
import { corporaFolder, hasCorpora, readCorpora } from "../accuracy/corpora.ts";
import { generatedCases, seedHeldOut } from "../accuracy/generators/generated-cases.ts";
import { createInspect, type Inspect, isFlagged } from "../accuracy/measure.ts";
import { type PlacedGroup, placeCases } from "../accuracy/placed-cases.ts";
import { groupRows, type Row, rateOf, summaryOf } from "../accuracy/score.ts";
import { missingParts, type RuleEngine, startRuleEngine } from "./rule-engine.ts";
import { statusOf } from "./send.ts";

/** `npm run bench -- accuracy-modsecurity [--sample N] [--corpus X] [--rules FOLDER] [--with-disputed]` */
const { values } = parseArgs({
  options: {
    corpus: { type: "string" },
    sample: { type: "string", default: "100" },
    rules: { type: "string" },
    "with-disputed": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

/** Requests under way at once. */
const sendersMax = 8;

const ruleSet = values.rules === undefined ? {} : { ruleSet: values.rules };
const missing = missingParts(ruleSet);
if (missing.length > 0) {
  console.error(`Not installed: ${missing.join(", ")}. Debian has it in nginx,`);
  console.error("libnginx-mod-http-modsecurity and modsecurity-crs.");
  process.exitCode = 3;
} else if (hasCorpora()) {
  await compare();
} else {
  console.error(`No corpora at ${corporaFolder}.`);
  process.exitCode = 3;
}

async function compare(): Promise<void> {
  const sample = Number(values.sample);
  const groups = placeCases(
    [...readCorpora(values.corpus), ...generatedCases(seedHeldOut, sample)],
    {
      classes: new Set(builtInDetectors.map(({ id }) => id)),
      sampleMax: sample,
      queryMax: sample,
      withDisputed: values["with-disputed"],
    },
  );
  const directory = mkdtempSync(join(tmpdir(), "merlon-modsecurity-"));
  const engine = await startRuleEngine({ directory, ...ruleSet });
  try {
    const inspect = createInspect(builtInDetectors);
    const own = groups.map((group) => countOwn(inspect, group));
    const rules: Row[] = [];
    for (const group of groups) rules.push(await countRules(engine, group));
    print(own, rules);
  } finally {
    await engine.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function countOwn(inspect: Inspect, group: PlacedGroup): Row {
  const flagged = group.cases.filter(({ request }) => isFlagged(inspect(request))).length;
  return rowOf(group, flagged);
}

/** What the rules refuse is answered with 403; what nginx cannot read, with something else. */
async function countRules({ port }: RuleEngine, group: PlacedGroup): Promise<Row> {
  const waiting = [...group.cases];
  let flagged = 0;
  const send = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if ((await statusOf(port, next.request)) === 403) flagged++;
    }
  };
  await Promise.all(Array.from({ length: sendersMax }, send));
  return rowOf(group, flagged);
}

function rowOf({ corpus, cls, placement, isAttack, cases }: PlacedGroup, flagged: number): Row {
  return { corpus, cls, placement, isAttack, total: cases.length, flagged };
}

function print(own: readonly Row[], rules: readonly Row[]): void {
  if (values.json) {
    console.log(JSON.stringify({ merlon: own, modsecurity: rules }, null, 1));
    return;
  }
  console.log(
    `${"corpus and class".padEnd(50)}${"requests".padStart(9)}${"Merlon %".padStart(10)}${"CRS %".padStart(8)}`,
  );
  const rulesByKey = groupRows(rules, keyOf);
  for (const [key, group] of groupRows(own, keyOf)) {
    const total = group.reduce((sum, row) => sum + row.total, 0);
    const line = [key.padEnd(50), String(total).padStart(9)];
    console.log(
      line.join("") +
        percent(rateOf(group)).padStart(10) +
        percent(rateOf(rulesByKey.get(key) ?? [])).padStart(8),
    );
  }
  for (const [name, rows] of [
    ["Merlon", own],
    ["ModSecurity with the CRS", rules],
  ] as const) {
    const { detection, falsePositives, balanced } = summaryOf(rows);
    console.log(
      `${name}: detection ${percent(detection)} %, ${Math.round(falsePositives * 100_000).toLocaleString("en")} false positives per 100,000, balanced accuracy ${percent(balanced)} %`,
    );
  }
  printPlacements(own, rules);
}

function printPlacements(own: readonly Row[], rules: readonly Row[]): void {
  const rulesByPlace = groupRows(rules, ({ placement }) => placement);
  for (const [placement, group] of groupRows(own, (row) => row.placement)) {
    const [mine, theirs] = [summaryOf(group), summaryOf(rulesByPlace.get(placement) ?? [])];
    if (!group.some(({ isAttack }) => isAttack)) continue;
    console.log(
      `${placement.padEnd(12)} detection ${percent(mine.detection)} against ${percent(theirs.detection)} %, false positives ${percent(mine.falsePositives)} against ${percent(theirs.falsePositives)} %`,
    );
  }
}

function keyOf({ corpus, cls }: Row): string {
  return `${corpus} ${cls}`;
}

function percent(rate: number | undefined): string {
  return ((rate ?? 0) * 100).toFixed(2);
}
