import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startContenders } from "./contenders.ts";
import {
  type Measured,
  measureFullLoad,
  measurePacedLoad,
  type Workload,
  workloads,
} from "./load.ts";

/*
 * Merlon with everything on, against nginx as a plain proxy and nginx with ModSecurity and the
 * OWASP rules: one core each, the same upstream and load generator on another, measured in turns.
 */

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);

interface Row {
  readonly workload: Workload;
  readonly name: string;
  readonly full: readonly Measured[];
  readonly paced: readonly Measured[];
}

if (availableParallelism() < 2) throw new Error("needs two cores: one is measured, one loads it");

const directory = mkdtempSync(join(tmpdir(), "bench-gateway-"));
const contenders = await startContenders(directory);
try {
  const rows: Row[] = [];
  for (const workload of workloads) rows.push(...(await measureWorkload(workload)));
  if (values.json) console.log(JSON.stringify(resultOf(rows)));
  else print(rows);
} finally {
  await contenders.stop();
  rmSync(directory, { recursive: true, force: true });
}

async function measureWorkload(workload: Workload): Promise<Row[]> {
  const all = [contenders.upstream, ...contenders.measured];
  // Compiled code and known shapes first: nobody restarts a gateway every few seconds.
  for (const contender of all) {
    await measureFullLoad(directory, { contender, workload, seconds: 3 });
  }
  const rows = all.map((contender) => ({
    workload,
    name: contender.name,
    contender,
    full: [] as Measured[],
    paced: [] as Measured[],
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { contender, full } of rows) {
      full.push(await measureFullLoad(directory, { contender, workload, seconds }));
    }
  }
  const merlon = rows.find(({ name }) => name === "merlon");
  const requestsPerSecond = bestOf(merlon?.full ?? [], "requestsPerSecond") / 2;
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, contender, paced } of rows) {
      // Nobody can be late at a load that is not his: ModSecurity gets half of its own.
      const own = bestOf(rows.find((row) => row.name === name)?.full ?? [], "requestsPerSecond");
      const rate = Math.min(requestsPerSecond, own / 2);
      const load = { contender, workload, seconds, requestsPerSecond: rate };
      paced.push(await measurePacedLoad(directory, load));
    }
  }
  return rows;
}

/**
 * The least disturbed round: whatever else runs on the machine only makes a round slower, and the
 * rounds of all contenders are interleaved.
 */
function bestOf(measured: readonly Measured[], key: keyof Measured): number {
  const all = measured.map((one) => one[key]);
  return key === "requestsPerSecond" ? Math.max(...all) : Math.min(...all);
}

function rangeOf(measured: readonly Measured[]): string {
  const rates = measured.map(({ requestsPerSecond }) => Math.round(requestsPerSecond));
  return `${Math.min(...rates)}–${Math.max(...rates)}`;
}

/** How much more of a core's time another contender needs for a request. */
function ratioOf(one: Row, other: Row | undefined): number {
  return bestOf(other?.full ?? [], "cpuUs") / bestOf(one.full, "cpuUs");
}

function resultOf(rows: readonly Row[]): unknown {
  return {
    cpu: cpus()[0]?.model,
    node: process.version,
    rounds,
    seconds,
    rows: rows.map((row) => ({
      workload: row.workload,
      name: row.name,
      requestsPerSecond: bestOf(row.full, "requestsPerSecond"),
      range: rangeOf(row.full),
      cpuUs: bestOf(row.full, "cpuUs"),
      ratioToNginx: ratioOf(row, ofName(rows, row.workload, "nginx")),
      ratioToModsecurity: ratioOf(row, ofName(rows, row.workload, "modsecurity")),
      pacedRequestsPerSecond: bestOf(row.paced, "requestsPerSecond"),
      p50Ms: bestOf(row.paced, "p50Ms"),
      p99Ms: bestOf(row.paced, "p99Ms"),
      failures: [...row.full, ...row.paced].reduce((sum, { failures }) => sum + failures, 0),
    })),
  };
}

function ofName(rows: readonly Row[], workload: Workload, name: string): Row | undefined {
  return rows.find((row) => row.workload === workload && row.name === name);
}

function print(rows: readonly Row[]): void {
  console.log(
    `${cpus()[0]?.model}, Node ${process.version}, ${rounds} rounds of ${seconds} s, the best of each\n`,
  );
  for (const workload of workloads) {
    console.log(workload === "get" ? "GET with a query" : "\nPOST of 1 KB JSON");
    const upstream = ofName(rows, workload, "upstream");
    for (const row of rows) {
      if (row.workload !== workload) continue;
      const rate = Math.round(bestOf(row.full, "requestsPerSecond"));
      const paced = Math.round(bestOf(row.paced, "requestsPerSecond"));
      const added = (key: "p50Ms" | "p99Ms"): string =>
        (bestOf(row.paced, key) - bestOf(upstream?.paced ?? [], key)).toFixed(2);
      console.log(
        `  ${row.name.padEnd(12)} ${bestOf(row.full, "cpuUs").toFixed(1).padStart(7)} µs CPU a request` +
          `   ${String(rate).padStart(6)} requests/s (${rangeOf(row.full)})` +
          `   at ${paced}/s: +${added("p50Ms")} ms p50, +${added("p99Ms")} ms p99` +
          `   failures ${[...row.full, ...row.paced].reduce((sum, { failures }) => sum + failures, 0)}`,
      );
    }
    const merlon = ofName(rows, workload, "merlon");
    if (merlon === undefined) continue;
    const toNginx = ratioOf(merlon, ofName(rows, workload, "nginx"));
    const toModsecurity = ratioOf(merlon, ofName(rows, workload, "modsecurity"));
    console.log(
      `  merlon is ${toNginx.toFixed(2)} of nginx, ${toModsecurity.toFixed(1)} times ModSecurity`,
    );
  }
}
