import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CounterStore, Quota } from "./counter-store.ts";

/** A store under test, and how to let it go. */
export interface OpenedCounterStore {
  readonly store: CounterStore;
  close(): Promise<void> | void;
}

const quota: Quota = { amount: 10, periodMs: 1_000, burst: 3 };
const startMs = 1_800_000_000_000;

/** What every counter store has to do; each driver's test calls it. */
export function testCounterStore(name: string, open: () => Promise<OpenedCounterStore>): void {
  describe(name, () => {
    let opened: OpenedCounterStore | undefined;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());
    const storeOf = (): CounterStore => {
      if (opened === undefined) throw new Error("the store was not opened");
      return opened.store;
    };

    testQuotas(storeOf);
    testCharges(storeOf);
    testWindowsAndKeys(storeOf);
  });
}

function testQuotas(storeOf: () => CounterStore): void {
  test("lets the burst pass at once, and then one each interval", async () => {
    const store = storeOf();
    for (const remaining of [2, 1, 0]) {
      expect(await store.take("burst", quota, 1, startMs)).toMatchObject({
        isAllowed: true,
        remaining,
      });
    }
    expect(await store.take("burst", quota, 1, startMs)).toMatchObject({
      isAllowed: false,
      remaining: 0,
      retryAfterMs: 100,
    });
    expect(await store.take("burst", quota, 1, startMs + 99)).toMatchObject({ isAllowed: false });
    expect(await store.take("burst", quota, 1, startMs + 100)).toMatchObject({ isAllowed: true });
  });

  test("a refused wish costs nothing", async () => {
    const store = storeOf();
    for (let wish = 0; wish < 20; wish += 1) await store.take("refused", quota, 1, startMs);

    expect(await store.take("refused", quota, 1, startMs + 100)).toMatchObject({
      isAllowed: true,
    });
  });

  test("is full again after a rest, and never more than full", async () => {
    const store = storeOf();
    await store.take("rest", quota, 3, startMs);

    expect(await store.take("rest", quota, 3, startMs + 86_400_000)).toMatchObject({
      isAllowed: true,
      remaining: 0,
      resetMs: 300,
    });
  });

  test("more than the burst is never there", async () => {
    const store = storeOf();
    expect(await store.take("more", quota, 4, startMs)).toMatchObject({
      isAllowed: false,
      retryAfterMs: Infinity,
    });
  });
}

function testCharges(storeOf: () => CounterStore): void {
  test("what is charged is owed, for a period at most", async () => {
    const store = storeOf();
    await store.charge("debt", quota, 1_000_000, startMs);

    expect(await store.take("debt", quota, 0, startMs)).toMatchObject({
      isAllowed: false,
      retryAfterMs: 1_000,
    });
    expect(await store.take("debt", quota, 1, startMs + 1_000)).toMatchObject({
      isAllowed: false,
    });
    expect(await store.take("debt", quota, 1, startMs + 1_400)).toMatchObject({
      isAllowed: true,
    });
  });

  test("keys do not share", async () => {
    const store = storeOf();
    await store.take("one", quota, 3, startMs);

    expect(await store.take("another", quota, 3, startMs)).toMatchObject({ isAllowed: true });
  });
}

function testWindowsAndKeys(storeOf: () => CounterStore): void {
  test("counts over a window that slides", async () => {
    const store = storeOf();
    const windowMs = 10_000;
    const at = Math.ceil(startMs / windowMs) * windowMs;
    expect(await store.count("window", windowMs, 1, at)).toBe(1);
    expect(await store.count("window", windowMs, 9, at + 9_999)).toBe(10);
    expect(await store.count("window", windowMs, 0, at + 15_000)).toBe(5);
    expect(await store.count("window", windowMs, 1, at + 15_000)).toBe(6);
    expect(await store.count("window", windowMs, 0, at + 40_000)).toBe(0);
  });

  test("takes any key a client can send", async () => {
    const store = storeOf();
    for (const key of ["", "\0", "__proto__", "x".repeat(100_000), "\ud800", "a b\r\nc"]) {
      expect(await store.take(key, quota, 1, startMs)).toMatchObject({ isAllowed: true });
    }
  });
}
