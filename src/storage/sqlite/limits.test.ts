import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TrafficBatch } from "../../console/traffic-store.ts";
import { sampleDecision, sampleExchange, sampleIncident } from "../recorded-samples.ts";
import { Database } from "./database.ts";
import { openSqliteStorage } from "./open-sqlite-storage.ts";
import { createTrafficStore } from "./traffic.ts";

const megabyte = 1024 * 1024;
const day = 24 * 60 * 60_000;
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "merlon-limits-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function bytesOnDisk(): number {
  return readdirSync(directory)
    .map((name) => statSync(join(directory, name)).size)
    .reduce((sum, size) => sum + size, 0);
}

/** About 1.3 MB on disk: 400 exchanges of 3 KB, 40 of them with a decision. */
function batch(number: number): TrafficBatch {
  const exchanges = Array.from({ length: 400 }, (_, index) =>
    sampleExchange({
      id: `${number}-${index}`,
      timeMs: number * 1_000 + index,
      endpoint: `e${index % 7}`,
      response: { status: 200, headers: [], body: "y".repeat(3_000) },
    }),
  );
  const decisions = exchanges.slice(0, 40).map(({ id, timeMs }) => sampleDecision({ id, timeMs }));
  return { exchanges, decisions, incidents: [] };
}

describe("the size limit", () => {
  test("holds on the disk while traffic goes on, with the newest traffic kept", async () => {
    const { traffic, close } = openSqliteStorage({ directory });
    const limits = { nowMs: 0, ageMs: day, bytesMax: 16 * megabyte };
    await traffic.enforceRetention(limits);

    let largest = 0;
    for (let number = 0; number < 40; number += 1) {
      await traffic.record(batch(number));
      largest = Math.max(largest, bytesOnDisk());
    }

    expect(largest).toBeLessThanOrEqual(limits.bytesMax);
    expect(largest).toBeGreaterThan(limits.bytesMax / 2);
    expect(await traffic.findExchange("39-399")).toBeDefined();
    expect(await traffic.findExchange("0-399")).toBeUndefined();
    // Decisions are small and looked for: they outlast the exchanges around them.
    expect(await traffic.findDecision("0-0")).toBeDefined();
    close();
  });

  test("cuts a file that was longer before the limit was lowered", async () => {
    const { traffic, close } = openSqliteStorage({ directory });
    for (let number = 0; number < 15; number += 1) await traffic.record(batch(number));
    expect(bytesOnDisk()).toBeGreaterThan(15 * megabyte);

    const limits = { nowMs: 0, ageMs: day, bytesMax: 6 * megabyte };
    expect((await traffic.enforceRetention(limits)).exchanges).toBeGreaterThan(3_000);
    expect(bytesOnDisk()).toBeLessThanOrEqual(limits.bytesMax);
    close();
  });

  test("gives up everything rather than stay over an impossible limit", async () => {
    const { traffic, close } = openSqliteStorage({ directory });
    await traffic.record(batch(1));
    await traffic.record({ ...batch(2), incidents: [sampleIncident({ id: "i", lastSeenMs: 1 })] });

    expect(await traffic.enforceRetention({ nowMs: 0, ageMs: day, bytesMax: 1 })).toEqual({
      exchanges: 800,
      decisions: 80,
    });
    expect(await traffic.listIncidents({ limit: 1 })).toEqual([]);
    close();
  });
});

describe("a full disk", () => {
  test("rejects the batch as a whole, and takes the next one once there is room", async () => {
    const database = new Database({ directory });
    const traffic = createTrafficStore(database);
    await traffic.record(batch(1));
    database.exec(`PRAGMA max_page_count = ${database.pragma("page_count") + 5}`);

    await expect(traffic.record(batch(2))).rejects.toMatchObject({
      code: "ERR_STORAGE_FAILED",
      message: expect.stringMatching(/full/),
    });
    expect(await traffic.findExchange("1-0")).toBeDefined();
    expect(await traffic.findExchange("2-0")).toBeUndefined();
    expect(await traffic.decisionsPerMinute({ nowMs: 0, minutes: 1 })).toEqual([
      { minuteMs: 0, allowed: 40, blocked: 0 },
    ]);

    database.exec("PRAGMA max_page_count = 1000000");
    await traffic.record(batch(2));
    expect(await traffic.findExchange("2-399")).toBeDefined();
    database.close();
  });

  test("can be left behind by deleting old traffic", async () => {
    const database = new Database({ directory });
    const traffic = createTrafficStore(database);
    await traffic.record(batch(1));
    database.exec(`PRAGMA max_page_count = ${database.pragma("page_count") + 5}`);
    await expect(traffic.record(batch(5))).rejects.toThrow();

    await traffic.enforceRetention({ nowMs: day + 4_000, ageMs: day, bytesMax: 1e12 });
    await traffic.record(batch(5));
    expect(await traffic.findExchange("5-0")).toBeDefined();
    database.close();
  });

  test("of a real file system is survived, and recording goes on when there is space", async (context) => {
    const mountPoint = join(directory, "small");
    const unmount = mountSmallDisk(mountPoint);
    if (unmount === undefined) {
      context.skip("mounting a small file system needs root");
      return;
    }
    try {
      const filler = join(mountPoint, "filler");
      writeFileSync(filler, Buffer.alloc(4 * megabyte));
      const { traffic, close } = openSqliteStorage({ directory: join(mountPoint, "data") });
      let recorded = 0;
      const recordUntilFull = async (): Promise<void> => {
        for (; ; recorded += 1) await traffic.record(batch(recorded));
      };
      await expect(recordUntilFull()).rejects.toMatchObject({ code: "ERR_STORAGE_FAILED" });
      expect(recorded).toBeGreaterThan(0);

      unlinkSync(filler);
      await traffic.record(batch(recorded));
      for (let number = 0; number <= recorded; number += 1) {
        expect(await traffic.findExchange(`${number}-399`)).toBeDefined();
      }
      close();
    } finally {
      unmount();
    }
  });
});

/** A file system of 10 MB in memory; undefined where this user must not mount one. */
function mountSmallDisk(mountPoint: string): (() => void) | undefined {
  try {
    execFileSync("mkdir", ["-p", mountPoint]);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=10m", "tmpfs", mountPoint], {
      stdio: "ignore",
    });
    return () => {
      execFileSync("umount", [mountPoint]);
    };
  } catch {
    return undefined;
  }
}
