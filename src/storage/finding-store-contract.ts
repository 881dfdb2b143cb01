import { afterEach, expect, test } from "vitest";
import type { Finding, FindingStore } from "../risk/finding-store.ts";

const finding: Finding = {
  id: "f1",
  endpointId: "e1",
  endpoint: "GET shop.example/orders/{orderId}",
  factor: "verbose-errors",
  title: "Responses show stack traces.",
  severity: "medium",
  points: 12,
  endpointScore: 60,
  evidence: "3 of 40 calls were answered with a stack trace: '); DROP TABLE findings; --",
  remedy: "Answer errors with a fixed text.",
  references: ["API8:2023"],
  confidence: 0.75,
  seen: 3,
  state: "open",
  firstSeenMs: 1,
  lastSeenMs: 2,
  reopened: 0,
  history: [{ timeMs: 1, what: "found" }],
};

const saving = (...findings: readonly Finding[]): ReadonlyMap<string, Finding> =>
  new Map(findings.map((item) => [item.id, item]));

/** What every driver of the store of findings must do. */
export function findingStoreContract(
  open: () => Promise<{ readonly store: FindingStore; close(): void }>,
): void {
  let opened: { readonly store: FindingStore; close(): void } | undefined;
  const openStore = async (): Promise<FindingStore> => {
    opened = await open();
    return opened.store;
  };
  afterEach(() => {
    opened?.close();
    opened = undefined;
  });

  test("starts empty", async () => {
    const store = await openStore();
    expect(await store.loadFindings()).toEqual([]);
    expect(await store.latestScores()).toEqual([]);
    expect(await store.listScores({ subject: "*", limit: 10 })).toEqual([]);
  });

  test("returns findings as they were saved last, and forgets deleted ones", async () => {
    const store = await openStore();
    await store.saveFindings(saving(finding, { ...finding, id: "f2" }));
    const acceptance = {
      reason: "internal only",
      by: "ann",
      sinceMs: 2,
      untilMs: 9,
      severity: "medium",
    } as const;
    await store.saveFindings(saving({ ...finding, state: "accepted", acceptance }));
    await store.saveFindings(new Map([["f2", undefined]]));

    expect(await store.loadFindings()).toEqual([{ ...finding, state: "accepted", acceptance }]);
  });

  test("lists the newest scores of one subject, oldest first", async () => {
    const store = await openStore();
    await store.addScores([
      { subject: "*", timeMs: 30, score: 7 },
      { subject: "*", timeMs: 10, score: 5 },
      { subject: "e1", timeMs: 20, score: 50 },
      { subject: "*", timeMs: 20, score: 6 },
    ]);
    await store.addScores([{ subject: "*", timeMs: 30, score: 8 }]);

    expect(await store.listScores({ subject: "*", limit: 2 })).toEqual([
      { subject: "*", timeMs: 20, score: 6 },
      { subject: "*", timeMs: 30, score: 8 },
    ]);
    expect(await store.latestScores()).toEqual([
      { subject: "*", timeMs: 30, score: 8 },
      { subject: "e1", timeMs: 20, score: 50 },
    ]);
  });

  test("deletes old scores but leaves each subject its newest", async () => {
    const store = await openStore();
    await store.addScores([
      { subject: "*", timeMs: 10, score: 5 },
      { subject: "*", timeMs: 20, score: 6 },
      { subject: "e1", timeMs: 10, score: 50 },
    ]);
    await store.deleteScoresBefore(15);

    expect(await store.listScores({ subject: "*", limit: 9 })).toHaveLength(1);
    expect(await store.listScores({ subject: "e1", limit: 9 })).toHaveLength(1);
  });
}
