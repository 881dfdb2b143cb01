import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testCounterStore } from "../src/protection/counters/counter-store-contract.ts";
import { RedisCounterStore } from "../src/storage/redis/redis-counter-store.ts";
import { type RedisServer, startRedisServer } from "./redis-server.ts";

const server: RedisServer | undefined = await startRedisServer();
afterAll(() => server?.remove());

const options = { keyPrefix: "test:", timeoutMs: 2_000 };

async function openStore(url: string, onChange?: (isAway: boolean) => void) {
  const store = new RedisCounterStore({
    ...options,
    url,
    ...(onChange === undefined ? {} : { onChange }),
  });
  await store.ready();
  return store;
}

if (server === undefined && process.env["CI"] !== undefined) {
  throw new Error("redis-server is not installed");
}
if (server === undefined) {
  test.skip("counters in Redis: neither redis-server nor valkey-server is installed", () => {});
} else {
  const { url } = server;
  testCounterStore("counters in Redis", async () => {
    const store = await openStore(url);
    return { store, close: () => store.close() };
  });

  describe("Redis shared by three gateways", () => {
    let stores: RedisCounterStore[] = [];
    const changes: boolean[] = [];
    beforeAll(async () => {
      stores = await Promise.all([1, 2, 3].map(() => openStore(url, (away) => changes.push(away))));
    });
    afterAll(() => {
      for (const store of stores) store.close();
    });

    test("gives them exactly the burst together", async () => {
      const quota = { amount: 1, periodMs: 86_400_000, burst: 100 };
      const wishes = Array.from({ length: 300 }, (_, index) =>
        stores[index % 3]?.take("together", quota, 1, 1_000),
      );
      const taken = await Promise.all(wishes);

      expect(taken.filter((one) => one?.isAllowed === true)).toHaveLength(100);
    });

    test("says at once that it is away, and counts again when it is back", async () => {
      const [store] = stores;
      const quota = { amount: 1, periodMs: 1_000, burst: 1 };
      await server.stop();
      await expect.poll(() => changes.filter((isAway) => isAway).length).toBe(3);
      await expect(store?.take("key", quota, 1, 1_000)).rejects.toMatchObject({
        code: "ERR_STORAGE_FAILED",
      });

      await server.restart();
      await Promise.all(stores.map((one) => one.ready()));
      expect(await store?.take("key", quota, 1, 1_000)).toMatchObject({ isAllowed: true });
    });
  });
}
