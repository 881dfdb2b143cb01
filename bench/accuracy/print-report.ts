import type { Row } from "./score.ts";
import { groupRows, rateOf, summaryOf } from "./score.ts";

/** What ModSecurity 3.0.9 with the OWASP CRS 4 at level 1 reached on the same corpora. */
const peers: Readonly<Record<string, string>> = {
  "libinjection sql-injection": "100.00",
  "libinjection cross-site-scripting": "100.00",
  "libinjection honest": "12.00",
  "httpparams honest": "0.00",
  "naughty-strings honest": "0.40",
  "openapi-examples honest": "4.30",
};

/** Prints one line for each corpus and class, with its weakest placement, and the averages. */
export function printReport(rows: readonly Row[], uncovered: ReadonlyMap<string, number>): void {
  console.log(header);
  const groups = groupRows(rows, (row) => `${row.corpus} ${row.cls}`);
  for (const [key, group] of [...groups].sort(([a], [b]) => a.localeCompare(b))) {
    console.log(lineOf(key, group));
  }
  const { detection, falsePositives, balanced } = summaryOf(rows);
  console.log(
    `\nmacro average: detection ${percent(detection)} %, ${perHundredThousand(falsePositives)} false positives per 100,000, balanced accuracy ${percent(balanced)} %`,
  );
  printPlacements(rows);
  for (const [cls, count] of uncovered) console.log(`not covered: ${cls}, ${count} cases`);
}

const header = `${"corpus and class".padEnd(48)}${"cases".padStart(8)}${"flagged %".padStart(11)}${"per 100k".padStart(10)}${"CRS 4 %".padStart(9)}  placements %`;

function lineOf(key: string, group: readonly Row[]): string {
  const rate = rateOf(group) ?? 0;
  const total = Math.max(...group.map((row) => row.total));
  const isAttack = group.some((row) => row.isAttack);
  const places = group.map((row) => `${row.placement} ${percent(rateOf([row]) ?? 0)}`).join(", ");
  const errors = isAttack ? "" : perHundredThousand(rate);
  return `${key.padEnd(48)}${String(total).padStart(8)}${percent(rate).padStart(11)}${errors.padStart(10)}${(peers[key] ?? "").padStart(9)}  ${places}`;
}

function printPlacements(rows: readonly Row[]): void {
  for (const [placement, group] of groupRows(rows, (row) => row.placement)) {
    const { detection, falsePositives, balanced } = summaryOf(group);
    console.log(
      `${placement.padEnd(10)} detection ${percent(detection)} %, ${perHundredThousand(falsePositives)} per 100,000, balanced ${percent(balanced)} %`,
    );
  }
}

function percent(rate: number): string {
  return (rate * 100).toFixed(2);
}

function perHundredThousand(rate: number): string {
  return Math.round(rate * 100_000).toLocaleString("en");
}
