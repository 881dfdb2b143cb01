import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqliteStorage } from "./open-sqlite-storage.ts";

const here = import.meta.dirname;

/** Records batches of 20 for ever, and names each batch once its promise has resolved. */
const recorder = `
  import { openSqliteStorage } from ${JSON.stringify(join(here, "open-sqlite-storage.ts"))};
  import { sampleDecision, sampleExchange } from ${JSON.stringify(join(here, "../recorded-samples.ts"))};
  const { traffic } = openSqliteStorage({ directory: process.argv[1] });
  for (let batch = 0; ; batch += 1) {
    const ids = Array.from({ length: 20 }, (_, index) => process.argv[2] + "-" + batch + "-" + index);
    await traffic.record({
      exchanges: ids.map((id) => sampleExchange({ id, timeMs: batch })),
      decisions: ids.map((id) => sampleDecision({ id, timeMs: batch })),
      incidents: [],
    });
    process.stdout.write(batch + "\\n");
  }
`;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "merlon-durability-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("loses nothing that was acknowledged when the process is killed, round after round", async () => {
  const acknowledged = new Map<string, number>();
  for (const round of ["first", "second", "third"]) {
    acknowledged.set(round, await recordUntilKilled(round));
  }

  const { traffic, close } = openSqliteStorage({ directory });
  for (const [round, last] of acknowledged) {
    for (let batch = 0; batch <= last; batch += 1) {
      for (const index of [0, 19]) {
        const id = `${round}-${batch}-${index}`;
        expect(await traffic.findExchange(id), id).toBeDefined();
        expect(await traffic.findDecision(id), id).toBeDefined();
      }
    }
    // A batch that was cut off is there as a whole or not at all.
    const first = await traffic.findExchange(`${round}-${last + 1}-0`);
    const final = await traffic.findDecision(`${round}-${last + 1}-19`);
    expect(first === undefined).toBe(final === undefined);
  }
  close();
});

/** The number of the last batch that a recording process acknowledged before SIGKILL. */
async function recordUntilKilled(round: string): Promise<number> {
  const child = spawn(
    process.execPath,
    ["--input-type=module", "--eval", recorder, directory, round],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const exited = once(child, "exit");
  let last = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    // Lines go on arriving after this: they were acknowledged before the kill as well.
    if (last === 25) child.kill("SIGKILL");
  }
  await exited;
  expect(child.signalCode).toBe("SIGKILL");
  return last;
}
