import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TrafficBatch, TrafficStore } from "../console/traffic-store.ts";
import {
  sampleDecision,
  sampleDetection,
  sampleExchange,
  sampleIncident,
} from "./recorded-samples.ts";

/** A store of the driver under test, empty, and how to let go of it. */
export interface OpenedStore<Store> {
  readonly store: Store;
  close(): Promise<void> | void;
}

type Open = () => Promise<OpenedStore<TrafficStore>>;

const minuteMs = 60_000;
const day = 24 * 60 * minuteMs;
/** A whole minute, so that the tests can count from it. */
const start = 1_760_000_040_000;

/** What every driver of `TrafficStore` has to keep; its test file calls this. */
export function trafficStoreContract(open: Open): void {
  let opened: OpenedStore<TrafficStore>;
  let store: TrafficStore;

  beforeEach(async () => {
    opened = await open();
    store = opened.store;
  });
  afterEach(() => opened.close());

  const current = (): TrafficStore => store;
  describe("recording", () => testRecording(current));
  describe("listing decisions", () => testListingDecisions(current));
  describe("listing exchanges and incidents", () => testListingOthers(current));
  describe("counting by minute", () => testCounting(current));
  describe("retention", () => testRetention(current));
}

function batchOf(batch: Partial<TrafficBatch>): TrafficBatch {
  return { exchanges: [], decisions: [], incidents: [], ...batch };
}

function testRecording(current: () => TrafficStore): void {
  test("gives back what was recorded, unchanged", async () => {
    const exchange = sampleExchange({ id: "x1", timeMs: start, endpoint: "e1" });
    const decision = sampleDecision({ id: "x1", timeMs: start, endpoint: "e1" });
    const incident = sampleIncident({ id: "i1", lastSeenMs: start });
    await current().record({ exchanges: [exchange], decisions: [decision], incidents: [incident] });

    expect(await current().findExchange("x1")).toEqual(exchange);
    expect(await current().findDecision("x1")).toEqual(decision);
    expect(await current().findIncident("i1")).toEqual(incident);
  });

  test("knows nothing of other ids", async () => {
    expect(await current().findExchange("none")).toBeUndefined();
    expect(await current().findDecision("none")).toBeUndefined();
    expect(await current().findIncident("none")).toBeUndefined();
  });

  test("keeps text of every kind as it is", async () => {
    const value = "\u0000'\"\\<script>\ud83d\ude00\u2028%00 DROP TABLE decisions; --";
    const decision = sampleDecision({ id: value, timeMs: start, client: value, path: value });
    await current().record(batchOf({ decisions: [decision] }));

    expect(await current().findDecision(value)).toEqual(decision);
    expect(await current().listDecisions({ client: value, limit: 1 })).toEqual([decision]);
  });

  test("gives a decision the endpoint of its exchange in the same batch", async () => {
    const exchange = sampleExchange({ id: "x1", timeMs: start, endpoint: "e1" });
    const decision = sampleDecision({ id: "x1", timeMs: start });
    await current().record(batchOf({ exchanges: [exchange], decisions: [decision] }));

    expect(await current().findDecision("x1")).toEqual({ ...decision, endpoint: "e1" });
    expect(await current().listDecisions({ endpoint: "e1", limit: 5 })).toHaveLength(1);
  });

  test("takes the same batch twice without counting it twice", async () => {
    const batch = batchOf({
      exchanges: [sampleExchange({ id: "x1", timeMs: start })],
      decisions: [sampleDecision({ id: "x1", timeMs: start })],
    });
    await current().record(batch);
    await current().record(batch);

    expect(await current().listDecisions({ limit: 5 })).toHaveLength(1);
    expect(await current().listDecisions({ detector: "sql-injection", limit: 5 })).toHaveLength(1);
    expect(await current().decisionsPerMinute({ nowMs: start, minutes: 1 })).toEqual([
      { minuteMs: start, allowed: 1, blocked: 0 },
    ]);
  });

  test("replaces an incident by its newer state", async () => {
    await current().record(batchOf({ incidents: [sampleIncident({ id: "i", lastSeenMs: 1 })] }));
    const newer = sampleIncident({ id: "i", lastSeenMs: 2, requests: 9 });
    await current().record(batchOf({ incidents: [newer] }));

    expect(await current().listIncidents({ limit: 5 })).toEqual([newer]);
  });
}

function testListingDecisions(current: () => TrafficStore): void {
  beforeEach(async () => {
    const given = [
      { id: "d1", timeMs: start + 1, client: "192.0.2.1", endpoint: "e1" },
      { id: "d2", timeMs: start + 2, client: "192.0.2.2", endpoint: "e2", wouldBe: "allow" },
      { id: "d3", timeMs: start + 3, client: "192.0.2.1", endpoint: "e2", action: "block" },
      { id: "d4", timeMs: start + 3, detections: [sampleDetection("path-traversal")] },
      {
        id: "d5",
        timeMs: start + 4,
        detections: [sampleDetection("sql-injection"), sampleDetection("path-traversal")],
        verdicts: [
          {
            protection: "attack-detection",
            mode: "observe",
            phase: "request-headers",
            action: "block",
          },
        ],
      },
    ] as const;
    await current().record(batchOf({ decisions: given.map(sampleDecision) }));
  });

  const idsOf = async (query: Parameters<TrafficStore["listDecisions"]>[0]): Promise<string[]> =>
    (await current().listDecisions(query)).map(({ id }) => id);

  test.each([
    ["all", {}, ["d5", "d4", "d3", "d2", "d1"]],
    ["those of a client", { client: "192.0.2.1" }, ["d3", "d1"]],
    ["those of an endpoint", { endpoint: "e2" }, ["d3", "d2"]],
    ["those of a detector", { detector: "path-traversal" }, ["d5", "d4"]],
    ["those of a protection", { detector: "attack-detection" }, ["d5"]],
    ["the blocked ones", { action: "block" }, ["d3"]],
    ["those nobody would block", { wouldBe: "allow" }, ["d2"]],
    ["those that would be blocked", { wouldBe: "block" }, ["d5", "d4", "d3", "d1"]],
    ["those before an instant", { beforeMs: start + 3 }, ["d2", "d1"]],
    [
      "those of a detector and a client",
      { detector: "sql-injection", client: "192.0.2.1" },
      ["d3", "d1"],
    ],
    [
      "those that fit every filter",
      { endpoint: "e2", action: "allow", client: "192.0.2.2" },
      ["d2"],
    ],
    ["nothing for an unknown client", { client: "192.0.2.99" }, []],
  ] as const)("lists %s, newest first", async (_what, query, expected) => {
    expect(await idsOf({ ...query, limit: 10 })).toEqual(expected);
  });

  test.each([
    {},
    { detector: "sql-injection" },
  ])("pages through everything once, also within one millisecond %j", async (filter) => {
    const same = Array.from({ length: 7 }, (_, index) =>
      sampleDecision({ id: `same${index}`, timeMs: start + 9 }),
    );
    await current().record(batchOf({ decisions: same }));
    const whole = await idsOf({ ...filter, limit: 100 });

    const paged: string[] = [];
    let page = await current().listDecisions({ ...filter, limit: 2 });
    while (page.length > 0) {
      paged.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      if (last === undefined) break;
      const from = { beforeMs: last.timeMs, beforeId: last.id };
      page = await current().listDecisions({ ...filter, ...from, limit: 2 });
    }

    expect(paged).toEqual(whole);
  });
}

function testListingOthers(current: () => TrafficStore): void {
  test("lists exchanges newest first, of all endpoints or one, with and without decision", async () => {
    await current().record(
      batchOf({
        exchanges: [
          sampleExchange({ id: "x1", timeMs: start + 1, endpoint: "e1" }),
          sampleExchange({ id: "x2", timeMs: start + 2, endpoint: "e2" }),
          sampleExchange({ id: "x3", timeMs: start + 3, endpoint: "e1" }),
          sampleExchange({ id: "x4", timeMs: start + 4 }),
        ],
        decisions: [sampleDecision({ id: "x2", timeMs: start + 2 })],
      }),
    );
    const idsOf = async (query: Parameters<TrafficStore["listExchanges"]>[0]) =>
      (await current().listExchanges(query)).map(({ id }) => id);

    expect(await idsOf({ limit: 10 })).toEqual(["x4", "x3", "x2", "x1"]);
    expect(await idsOf({ limit: 2 })).toEqual(["x4", "x3"]);
    expect(await idsOf({ limit: 10, beforeMs: start + 3 })).toEqual(["x2", "x1"]);
    expect(await idsOf({ endpoint: "e1", limit: 10 })).toEqual(["x3", "x1"]);
    expect(await idsOf({ endpoint: "e1", limit: 10, beforeMs: start + 3 })).toEqual(["x1"]);
  });

  test("lists the incident that was active last first", async () => {
    const incidents = [3, 1, 2].map((at) => sampleIncident({ id: `i${at}`, lastSeenMs: at }));
    await current().record(batchOf({ incidents }));

    const listed = await current().listIncidents({ limit: 2 });
    expect(listed.map(({ id }) => id)).toEqual(["i3", "i2"]);
  });
}

function testCounting(current: () => TrafficStore): void {
  test("counts decisions by minute, empty minutes included, oldest first", async () => {
    await current().record(
      batchOf({
        decisions: [
          sampleDecision({ id: "a", timeMs: start - 2 * minuteMs }),
          sampleDecision({ id: "b", timeMs: start, action: "block" }),
          sampleDecision({ id: "c", timeMs: start + 59_999 }),
          sampleDecision({ id: "too-old", timeMs: start - 2 * minuteMs - 1 }),
        ],
      }),
    );
    await current().record(
      batchOf({ decisions: [sampleDecision({ id: "d", timeMs: start + 5 })] }),
    );

    expect(await current().decisionsPerMinute({ nowMs: start + 30_000, minutes: 3 })).toEqual([
      { minuteMs: start - 2 * minuteMs, allowed: 1, blocked: 0 },
      { minuteMs: start - minuteMs, allowed: 0, blocked: 0 },
      { minuteMs: start, allowed: 2, blocked: 1 },
    ]);
  });
}

function testRetention(current: () => TrafficStore): void {
  const unlimited = 1e15;

  test("deletes what is older than the age and says how much", async () => {
    await current().record({
      exchanges: [
        sampleExchange({ id: "old", timeMs: start - day - 1 }),
        sampleExchange({ id: "old-decided", timeMs: start - day - 1 }),
        sampleExchange({ id: "new", timeMs: start - day }),
      ],
      decisions: [
        sampleDecision({ id: "old-decided", timeMs: start - day - 1 }),
        sampleDecision({ id: "new", timeMs: start - day }),
      ],
      incidents: [
        sampleIncident({ id: "old", lastSeenMs: start - day - 1 }),
        sampleIncident({ id: "new", lastSeenMs: start - day }),
      ],
    });
    const limits = { nowMs: start, ageMs: day, bytesMax: unlimited };

    expect(await current().enforceRetention(limits)).toEqual({ exchanges: 2, decisions: 1 });
    expect((await current().listExchanges({ limit: 9 })).map(({ id }) => id)).toEqual(["new"]);
    expect((await current().listDecisions({ limit: 9 })).map(({ id }) => id)).toEqual(["new"]);
    expect((await current().listIncidents({ limit: 9 })).map(({ id }) => id)).toEqual(["new"]);
    const found = await current().listDecisions({ detector: "sql-injection", limit: 9 });
    expect(found.map(({ id }) => id)).toEqual(["new"]);
    expect(await current().enforceRetention(limits)).toEqual({ exchanges: 0, decisions: 0 });
  });

  test("gives up ordinary exchanges before those of decisions, the oldest first", async () => {
    const body = "x".repeat(2_000);
    for (let batch = 0; batch < 8; batch += 1) {
      const exchanges = Array.from({ length: 500 }, (_, index) =>
        sampleExchange({
          id: `x${batch}-${index}`,
          timeMs: start + batch * 500 + index,
          response: { status: 200, headers: [], body },
        }),
      );
      const decisions = exchanges
        .slice(0, 20)
        .map(({ id, timeMs }) => sampleDecision({ id, timeMs }));
      await current().record(batchOf({ exchanges, decisions }));
    }
    const limits = { nowMs: start, ageMs: day, bytesMax: 8_000_000 };

    const { exchanges, decisions } = await current().enforceRetention(limits);

    expect(exchanges).toBeGreaterThan(500);
    expect(decisions).toBe(0);
    expect(await current().findExchange("x0-0")).toBeDefined();
    expect(await current().findExchange("x0-20")).toBeUndefined();
    expect(await current().findExchange("x7-499")).toBeDefined();
  });
}
