import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ExchangeRecord } from "../protection/guard.ts";
import { createCounterMemory, GatewayCounters } from "../sources/gateway/gateway-counters.ts";
import { type RecordBatch, RecordQueue } from "./record-queue.ts";

const limits = { recordBytesMax: 1_000_000, recordsPerSecondMax: 10 };

function recordOf(
  path: string,
  options: { status?: number; decided?: boolean; body?: Uint8Array } = {},
): ExchangeRecord {
  const { status = 200, decided = false, body } = options;
  return {
    exchange: {
      id: "1",
      timeMs: 1_000,
      client: "192.0.2.1",
      request: {
        method: "GET",
        scheme: "http",
        authority: "shop.example",
        path,
        query: "",
        httpVersion: "1.1",
        headers: [["host", "shop.example"]],
        ...(body === undefined ? {} : { body: { bytes: body, bytesTotal: body.length } }),
      },
      response: { status, headers: [] },
    },
    ...(decided ? { decision: { detections: [] } as never } : {}),
  };
}

function queueWith(over: Partial<typeof limits> = {}) {
  const sent: { batch: RecordBatch; bytes: number; transfer: readonly ArrayBuffer[] }[] = [];
  const counters = new GatewayCounters(createCounterMemory(1), 0);
  const queue = new RecordQueue(
    {
      send: (batch, bytes, transfer) => sent.push({ batch, bytes, transfer }),
      counters,
      now: Date.now,
    },
    { ...limits, ...over },
  );
  const records = (): ExchangeRecord[] => sent.flatMap(({ batch }) => batch.records);
  const counted = () => sent.flatMap(({ batch }) => batch.counted);
  return { queue, sent, counters, records, counted };
}

describe("the record queue", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("sends a lone record within milliseconds, and many at once together", () => {
    const { queue, sent } = queueWith();
    queue.offer(recordOf("/a"));
    expect(sent).toHaveLength(0);
    vi.advanceTimersByTime(5);
    expect(sent).toHaveLength(1);
    for (let index = 0; index < 64; index += 1) queue.offer(recordOf(`/a${"b".repeat(index + 1)}`));

    expect(sent).toHaveLength(2);
  });

  test("sends every exchange of a new shape, then a few a second, and counts the others", () => {
    const { queue, counters, records, counted } = queueWith();
    for (let index = 0; index < 200; index += 1) queue.offer(recordOf(`/products/${index}`));
    vi.advanceTimersByTime(1_000);

    expect(records()).toHaveLength(64 + 10);
    expect(counted().reduce((sum, { calls }) => sum + calls, 0)).toBe(200 - 74);
    expect(counted()[0]).toMatchObject({ method: "GET", host: "shop.example", status: 200 });
    expect(counters.value("recordsSampledOut")).toBe(126);
    queue.offer(recordOf("/products/7", { status: 404 }));
    queue.offer(recordOf("/orders/7"));
    vi.advanceTimersByTime(5);

    expect(records()).toHaveLength(76);
  });

  test("keeps decisions, failures and upgrades before everything else when there is no room", () => {
    const { queue, counters, records } = queueWith({
      recordBytesMax: 65_536,
      recordsPerSecondMax: 1e6,
    });
    const body = new Uint8Array(8_192);
    for (let index = 0; index < 100; index += 1) queue.offer(recordOf("/known"));
    const before = records().length;
    for (let index = 0; index < 20; index += 1) queue.offer(recordOf("/known", { body }));
    const shed = counters.value("recordsShed");
    expect(shed).toBeGreaterThan(0);
    queue.offer(recordOf("/known", { decided: true }));
    queue.offer(recordOf("/known", { status: 500 }));
    vi.advanceTimersByTime(5);

    expect(counters.value("recordsShed")).toBe(shed);
    expect(
      records()
        .slice(before)
        .filter(({ decision }) => decision !== undefined),
    ).toHaveLength(1);
  });

  test("never has more on its way than allowed, and goes on when it was taken", () => {
    const { queue, sent, counters } = queueWith({ recordBytesMax: 65_536 });
    const body = new Uint8Array(10_000);
    for (let index = 0; index < 20; index += 1)
      queue.offer(recordOf("/a", { decided: true, body }));
    vi.advanceTimersByTime(5);
    const bytes = sent.reduce((sum, batch) => sum + batch.bytes, 0);
    expect(bytes).toBeLessThanOrEqual(65_536);
    expect(counters.value("recordsShed")).toBeGreaterThan(0);

    queue.acknowledge(bytes);
    queue.offer(recordOf("/a", { decided: true, body }));
    vi.advanceTimersByTime(5);
    expect(sent.at(-1)?.batch.records).toHaveLength(1);
  });

  test("sends bodies without the memory around them", () => {
    const { queue, sent } = queueWith();
    const block = new Uint8Array(65_536).fill(7);
    queue.offer(recordOf("/a", { body: block.subarray(100, 110) }));
    vi.advanceTimersByTime(5);

    expect(sent[0]?.transfer.map(({ byteLength }) => byteLength)).toEqual([10]);
    expect(sent[0]?.batch.records[0]?.exchange.request.body?.bytes).toEqual(
      new Uint8Array(10).fill(7),
    );
  });

  test("stays bounded however many shapes there are", () => {
    const { queue, sent } = queueWith({ recordBytesMax: 65_536, recordsPerSecondMax: 0 });
    for (let index = 0; index < 20_000; index += 1) {
      queue.offer(
        recordOf(`/${[...String(index)].map((digit) => "abcdefghij"[Number(digit)]).join("")}`),
      );
    }
    vi.advanceTimersByTime(1_000);

    expect(sent.flatMap(({ batch }) => batch.counted).length).toBeLessThanOrEqual(
      2_048 * sent.length,
    );
  });
});
