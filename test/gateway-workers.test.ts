import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RecordBatch } from "../src/app/record-queue.ts";
import { WorkerPool, type WorkerPoolOptions } from "../src/app/worker-pool.ts";
import type { Policy } from "../src/protection/policy.ts";
import { crashWorker } from "./apps/crash-switch.ts";
import { type EchoUpstream, startEchoUpstream } from "./apps/echo-upstream.ts";
import { RawClient, responsesIn, sendRaw } from "./apps/raw-client.ts";
import { type GatewayInput, optionsOf } from "./apps/start-gateway.ts";

const observing: Policy = {
  mode: "observe",
  onFailure: "allow",
  protections: {},
  apis: [],
  endpoints: [],
  exceptions: [],
};
const attack =
  "GET /products?id=1%27%20or%20%271%27=%271 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const plain = "GET /products/1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

interface RunningPool {
  readonly pool: WorkerPool;
  readonly port: number;
  readonly batches: RecordBatch[];
  readonly log: string[];
}

let upstream: EchoUpstream;
const running: WorkerPool[] = [];

beforeAll(async () => {
  upstream = await startEchoUpstream({
    "/silent": (request) => {
      request.resume();
    },
  });
});

afterAll(async () => {
  for (const pool of running) await pool.stop();
  await upstream.close();
});

async function startPool(
  over: Partial<WorkerPoolOptions> & { input?: GatewayInput; policy?: Policy } = {},
): Promise<RunningPool> {
  const { input = {}, policy = observing, ...options } = over;
  const batches: RecordBatch[] = [];
  const log: string[] = [];
  const pool = new WorkerPool({
    workers: 2,
    installation: { counters: {}, digestKey: new Uint8Array(32) },
    configuration: { gateway: optionsOf({ upstream: upstream.url, ...input }), policy },
    onRecords: (batch) => {
      batches.push(batch);
    },
    onLog: ({ message }) => log.push(message),
    ...options,
  });
  running.push(pool);
  const { port } = await pool.start();
  return { pool, port, batches, log };
}

describe("gateway threads", () => {
  test("share one port, and hand over what they recorded", async () => {
    const { pool, port, batches } = await startPool();
    expect(pool.workers).toBe(process.platform === "linux" ? 2 : 1);
    const answers = await Promise.all(Array.from({ length: 40 }, () => sendRaw(port, plain)));
    expect(answers.every((answer) => answer.startsWith("HTTP/1.1 200"))).toBe(true);
    await sendRaw(port, attack);

    await expect.poll(() => batches.flatMap(({ records }) => records).length).toBe(41);
    const decisions = batches
      .flatMap(({ records }) => records)
      .flatMap(({ decision }) => decision ?? []);
    expect(decisions).toMatchObject([{ action: "allow", wouldBe: "block" }]);
    expect(pool.counters()).toMatchObject({
      requests: 41,
      responses2xx: 41,
      wouldBlock: 1,
      recordsSent: 41,
    });
    await expect.poll(() => pool.counters()["connectionsOpen"]).toBe(0);
  });

  test("all run a new policy once the change is acknowledged", async () => {
    const { pool, port } = await startPool();
    const configuration = { gateway: optionsOf({ upstream: upstream.url }), policy: observing };
    for (let round = 0; round < 5; round += 1) {
      await pool.apply({ ...configuration, policy: { ...observing, mode: "enforce" } });
      const blocked = await Promise.all(Array.from({ length: 8 }, () => sendRaw(port, attack)));
      expect(blocked.every((answer) => answer.startsWith("HTTP/1.1 403"))).toBe(true);
      await pool.apply(configuration);
      const passed = await Promise.all(Array.from({ length: 8 }, () => sendRaw(port, attack)));
      expect(passed.every((answer) => answer.startsWith("HTTP/1.1 200"))).toBe(true);
    }
  });

  test("keep what they run when a new configuration cannot be used, and their connections with it", async () => {
    const { pool, port } = await startPool();
    const client = await RawClient.connect(port);
    client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    await client.until((received) => responsesIn(received) === 1);
    const broken = optionsOf({
      upstreams: [{ url: "https://localhost:1", ca: "/nowhere/authorities.pem" }],
    });

    await expect(pool.apply({ gateway: broken, policy: observing })).rejects.toThrow(
      /authorities\.pem/,
    );
    const elsewhere = optionsOf({ upstream: upstream.url, listen: { port: 1 } });
    await expect(pool.apply({ gateway: elsewhere, policy: observing })).rejects.toThrow(
      /cannot change/,
    );
    client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    await client.until((received) => responsesIn(received) === 2);
    expect(responsesIn(client.received)).toBe(2);
    client.close();
  });

  test("that crash are replaced, while the others go on serving", async () => {
    const { pool, port, log } = await startPool({
      entry: new URL("./apps/crashing-worker.ts", import.meta.url),
    });
    const waiting = await Promise.all(Array.from({ length: 16 }, () => RawClient.connect(port)));
    for (const client of waiting) client.send("GET /silent HTTP/1.1\r\nHost: a\r\n\r\n");
    await expect.poll(() => pool.counters()["exchangesOpen"]).toBe(16);
    crashWorker(0);
    await expect.poll(() => pool.listening).toBe(pool.workers - 1);
    const lost = waiting.filter(({ isClosed }) => isClosed).length;
    await expect.poll(() => pool.listening, { timeout: 5_000 }).toBe(pool.workers);

    expect(log.join()).toContain("replaced in 100 ms");
    // Only what was under way in the crashed thread is lost.
    expect(lost).toBeLessThan(16);
    await expect
      .poll(() => pool.counters()["exchangesOpen"])
      .toBe(waiting.filter(({ isClosed }) => !isClosed).length);
    const answers = await Promise.all(Array.from({ length: 20 }, () => sendRaw(port, plain)));
    expect(answers.every((answer) => answer.startsWith("HTTP/1.1 200"))).toBe(true);
    for (const client of waiting) client.close();
  });

  test("never wait for whoever takes their records, and shed instead", async () => {
    let release = (): void => {};
    const stuck = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { pool, port } = await startPool({
      workers: 1,
      input: { limits: { recordBytesMax: 65_536, recordsPerSecondMax: 100_000 } },
      // A store that is stuck.
      onRecords: () => stuck,
    });
    const client = await RawClient.connect(port);
    client.send("GET /products/1 HTTP/1.1\r\nHost: a\r\n\r\n".repeat(500));
    await client.until((received) => responsesIn(received) === 500);
    client.close();

    expect(pool.counters()["recordsShed"]).toBeGreaterThan(0);
    release();
  });

  test("end their open exchanges before they stop, and nothing recorded is lost", async () => {
    const { pool, port, batches } = await startPool({ input: { drainMs: 5_000 } });
    const client = await RawClient.connect(port);
    client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
    await expect.poll(() => pool.counters()["exchangesOpen"]).toBe(1);
    const stopped = pool.stop();
    const late = await RawClient.connect(port).then(
      (connected) => connected.closed(),
      () => "",
    );
    expect(late).toBe("");
    client.send("lo");
    expect(await client.closed()).toContain("200 OK");
    await stopped;

    expect(batches.flatMap(({ records }) => records)).toHaveLength(1);
    expect(pool.listening).toBe(0);
  });

  test("that cannot listen say why", async () => {
    const { port } = await startPool({ workers: 1 });

    await expect(startPool({ workers: 1, input: { listen: { port } } })).rejects.toMatchObject({
      code: "ERR_LISTEN_FAILED",
    });
  });
});
