import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { accountStoreContract } from "../account-store-contract.ts";
import { eventStoreContract } from "../event-store-contract.ts";
import { findingStoreContract } from "../finding-store-contract.ts";
import { inventoryStoreContract } from "../inventory-store-contract.ts";
import { policyStoreContract } from "../policy-store-contract.ts";
import { sampleDecision, sampleExchange } from "../recorded-samples.ts";
import { trafficStoreContract } from "../traffic-store-contract.ts";
import { migrations } from "./migrations.ts";
import { openSqliteStorage, type SqliteStorage } from "./open-sqlite-storage.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "merlon-storage-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const opening =
  <Name extends "traffic" | "accounts" | "policy" | "inventory" | "events" | "findings">(
    name: Name,
  ) =>
  async (): Promise<{ store: SqliteStorage[Name]; close(): void }> => {
    const storage = openSqliteStorage({ directory });
    return { store: storage[name], close: () => storage.close() };
  };

describe("traffic in SQLite", () => trafficStoreContract(opening("traffic")));
describe("accounts in SQLite", () => accountStoreContract(opening("accounts")));
describe("policy in SQLite", () => policyStoreContract(opening("policy")));
describe("inventory in SQLite", () => inventoryStoreContract(opening("inventory")));

describe("inventory events in SQLite", () => eventStoreContract(opening("events")));

describe("findings in SQLite", () => findingStoreContract(opening("findings")));

describe("the traffic store in memory", () =>
  trafficStoreContract(async () => {
    const storage = openSqliteStorage({ memory: true });
    return { store: storage.traffic, close: () => storage.close() };
  }));

describe("the SQLite file", () => {
  test("is closed to other users, and so are its directory and logs", async () => {
    const data = join(directory, "deep", "data");
    const storage = openSqliteStorage({ directory: data });
    await storage.traffic.record({ exchanges: [], decisions: [], incidents: [] });
    await storage.inventory.saveInventory([{ key: "a", json: "1" }]);

    expect(statSync(data).mode & 0o777).toBe(0o700);
    const modes = readdirSync(data).map((name) => [name, statSync(join(data, name)).mode & 0o777]);
    expect(Object.fromEntries(modes)).toEqual({
      "merlon.db": 0o600,
      "merlon.db-wal": 0o600,
      "merlon.db-shm": 0o600,
    });
    storage.close();
  });

  test("keeps everything from one opening to the next", async () => {
    const first = openSqliteStorage({ directory });
    await first.traffic.record({
      exchanges: [sampleExchange({ id: "x", timeMs: 1 })],
      decisions: [sampleDecision({ id: "x", timeMs: 1 })],
      incidents: [],
    });
    const secret = await first.accounts.loadOrCreateSecret("redaction-key", 16);
    first.close();
    first.close();

    const second = openSqliteStorage({ directory });
    expect(await second.traffic.findDecision("x")).toBeDefined();
    expect(await second.accounts.loadOrCreateSecret("redaction-key", 16)).toEqual(secret);
    second.close();
  });

  test("is read by a second process while the first one writes", async () => {
    const writer = openSqliteStorage({ directory });
    const reader = openSqliteStorage({ directory });
    await writer.inventory.saveInventory([{ key: "a", json: "1" }]);

    expect(await reader.inventory.loadInventory()).toHaveLength(1);
    reader.close();
    writer.close();
  });

  test("is brought up to date when an older Merlon wrote it", async () => {
    const old = new DatabaseSync(join(directory, "merlon.db"));
    old.exec(`${migrations[0]}; PRAGMA user_version = 1`);
    const decision = sampleDecision({ id: "d1", timeMs: 1, wouldBe: "block" });
    old
      .prepare("INSERT INTO decisions VALUES (1, 'd1', 1, 'c', NULL, 'allow', '[]', ?)")
      .run(JSON.stringify(decision));
    old.close();

    const storage = openSqliteStorage({ directory });
    expect(await storage.traffic.listDecisions({ wouldBe: "block", limit: 1 })).toEqual([decision]);
    storage.close();
  });

  test("is refused when a newer Merlon wrote it, and stays as it is", () => {
    openSqliteStorage({ directory }).close();
    const file = new DatabaseSync(join(directory, "merlon.db"));
    file.exec("PRAGMA user_version = 999");
    file.close();

    expect(() => openSqliteStorage({ directory })).toThrow(
      expect.objectContaining({
        code: "ERR_STORAGE_FAILED",
        message: expect.stringMatching(/999/),
      }),
    );
  });

  test("is refused when it is no database", () => {
    writeFileSync(join(directory, "merlon.db"), "not a database at all, but text\n".repeat(50));

    expect(() => openSqliteStorage({ directory })).toThrow(
      expect.objectContaining({ code: "ERR_STORAGE_FAILED" }),
    );
  });

  test("rejects with a code once it is closed", async () => {
    const storage = openSqliteStorage({ directory });
    storage.close();

    await expect(storage.traffic.findDecision("x")).rejects.toMatchObject({
      code: "ERR_STORAGE_FAILED",
    });
  });
});
