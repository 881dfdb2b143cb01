import { afterEach, beforeEach, expect, test } from "vitest";
import type { AccountStore, ConsoleSession } from "../console/account-store.ts";
import type { OpenedStore } from "./traffic-store-contract.ts";

const session: ConsoleSession = {
  idHash: "hash-1",
  account: "admin",
  csrfToken: "token",
  createdMs: 1_000,
  expiresMs: 2_000,
};

/** What every driver of `AccountStore` has to keep; its test file calls this. */
export function accountStoreContract(open: () => Promise<OpenedStore<AccountStore>>): void {
  let opened: OpenedStore<AccountStore>;
  let store: AccountStore;

  beforeEach(async () => {
    opened = await open();
    store = opened.store;
  });
  afterEach(() => opened.close());

  test("keeps accounts by name, and the newer of two", async () => {
    const account = { name: "admin", passwordHash: "h1", oneTime: true };
    expect(await store.countAccounts()).toBe(0);
    expect(await store.findAccount("admin")).toBeUndefined();
    await store.saveAccount(account);
    await store.saveAccount({ ...account, passwordHash: "h2", oneTime: false });

    expect(await store.countAccounts()).toBe(1);
    expect(await store.findAccount("admin")).toEqual({
      name: "admin",
      passwordHash: "h2",
      oneTime: false,
    });
    expect(await store.findAccount("Admin")).toBeUndefined();
  });

  test("keeps a session until it is deleted, and the newer state of it", async () => {
    await store.saveSession(session);
    await store.saveSession({ ...session, expiresMs: 3_000 });
    expect(await store.findSession("hash-1")).toEqual({ ...session, expiresMs: 3_000 });

    await store.deleteSession("hash-1");
    expect(await store.findSession("hash-1")).toBeUndefined();
  });

  test("deletes the sessions of one account only", async () => {
    await store.saveSession(session);
    await store.saveSession({ ...session, idHash: "hash-2" });
    await store.saveSession({ ...session, idHash: "hash-3", account: "other" });
    await store.deleteSessionsOf("admin");

    expect(await store.findSession("hash-1")).toBeUndefined();
    expect(await store.findSession("hash-2")).toBeUndefined();
    expect(await store.findSession("hash-3")).toBeDefined();
  });

  test("deletes the sessions that have run out", async () => {
    await store.saveSession(session);
    await store.saveSession({ ...session, idHash: "hash-2", expiresMs: 2_001 });
    await store.deleteExpiredSessions(2_000);

    expect(await store.findSession("hash-1")).toBeUndefined();
    expect(await store.findSession("hash-2")).toBeDefined();
  });

  test("makes a secret once and gives the same ever after", async () => {
    const secret = await store.loadOrCreateSecret("redaction-key", 32);
    const other = await store.loadOrCreateSecret("other", 32);

    expect(secret).toHaveLength(32);
    expect(other).not.toEqual(secret);
    expect(await store.loadOrCreateSecret("redaction-key", 32)).toEqual(secret);
  });
}
