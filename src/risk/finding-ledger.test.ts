import { describe, expect, test } from "vitest";
import type { ObservedFinding } from "./finding.ts";
import { createFindingLedger } from "./finding-ledger.ts";

const dayMs = 86_400_000;

const seen = (changes: Partial<ObservedFinding> = {}): ObservedFinding => ({
  id: "f1",
  endpointId: "e1",
  endpoint: "GET shop.example/orders/{}",
  factor: "verbose-errors",
  title: "Responses show stack traces.",
  severity: "medium",
  points: 12,
  endpointScore: 60,
  evidence: "3 of 40 calls were answered with a stack trace.",
  remedy: "Answer errors with a fixed text.",
  references: ["API8:2023", "CWE-209"],
  confidence: 0.75,
  seen: 3,
  ...changes,
});

describe("a finding", () => {
  test("is open from the first time it is observed, and stays one finding", () => {
    const ledger = createFindingLedger();
    ledger.reconcile([seen()], 1_000);
    ledger.reconcile([seen({ seen: 4, points: 13 })], 2_000);

    expect(ledger.all()).toMatchObject([
      { id: "f1", state: "open", firstSeenMs: 1_000, lastSeenMs: 2_000, points: 13 },
    ]);
  });

  test("is fixed when it is no longer observed, and reopened when it comes back", () => {
    const ledger = createFindingLedger();
    ledger.reconcile([seen()], 1_000);
    ledger.reconcile([], 2_000);
    expect(ledger.find("f1")?.state).toBe("fixed");

    ledger.reconcile([seen()], 3_000);
    expect(ledger.find("f1")).toMatchObject({ state: "open", reopened: 1 });
    expect(ledger.find("f1")?.history.map(({ what }) => what)).toEqual([
      "found",
      "no-longer-observed",
      "reopened",
    ]);
  });

  test("that a person fixed stays fixed on old evidence and is reopened by new evidence", () => {
    const ledger = createFindingLedger();
    ledger.reconcile([seen()], 1_000);
    ledger.change("f1", { state: "fixed", reason: "deployed 1.4" }, "ann", 2_000);
    ledger.reconcile([seen({ evidence: "3 of 400 calls" })], 3_000);

    expect(ledger.find("f1")?.state).toBe("fixed");
    expect(ledger.fixedFactors().get("e1")).toEqual(new Set(["verbose-errors"]));

    ledger.reconcile([seen({ seen: 4 })], 4_000);
    expect(ledger.find("f1")).toMatchObject({ state: "open", reopened: 1 });
    expect(ledger.fixedFactors().size).toBe(0);
  });

  test("that was accepted opens again when the acceptance ends", () => {
    const ledger = createFindingLedger();
    ledger.reconcile([seen()], 0);
    const change = { state: "accepted", reason: "internal only", untilMs: dayMs } as const;
    ledger.change("f1", change, "ann", 1);
    ledger.reconcile([seen({ seen: 90 })], dayMs - 1);
    expect(ledger.find("f1")).toMatchObject({
      state: "accepted",
      acceptance: { by: "ann", reason: "internal only", untilMs: dayMs },
    });

    ledger.reconcile([seen()], dayMs);
    expect(ledger.find("f1")?.state).toBe("open");
    expect(ledger.find("f1")).not.toHaveProperty("acceptance");
  });

  test("that was accepted opens again when it gets worse than what was accepted", () => {
    const ledger = createFindingLedger();
    ledger.reconcile([seen()], 0);
    ledger.change("f1", { state: "accepted", reason: "known", untilMs: dayMs }, "ann", 1);
    ledger.reconcile([seen({ severity: "low" })], 2);
    expect(ledger.find("f1")?.state).toBe("accepted");

    ledger.reconcile([seen({ severity: "high" })], 3);
    expect(ledger.find("f1")).toMatchObject({ state: "open", reopened: 1 });
  });

  test("keeps owner and due date through all of it", () => {
    const ledger = createFindingLedger();
    ledger.reconcile([seen()], 0);
    ledger.change("f1", { owner: "team-orders", dueMs: dayMs }, "ann", 1);
    ledger.reconcile([], 2);
    ledger.reconcile([seen()], 3);
    expect(ledger.find("f1")).toMatchObject({ owner: "team-orders", dueMs: dayMs });

    ledger.change("f1", { owner: "", dueMs: 0 }, "ann", 4);
    expect(ledger.find("f1")).not.toHaveProperty("owner");
    expect(ledger.find("f1")).not.toHaveProperty("dueMs");
  });

  test("keeps a bounded history that begins with its discovery", () => {
    const ledger = createFindingLedger();
    for (let round = 0; round < 100; round += 1) {
      ledger.reconcile(round % 2 === 0 ? [seen()] : [], round);
    }
    const history = ledger.find("f1")?.history ?? [];
    expect(history).toHaveLength(50);
    expect(history[0]?.what).toBe("found");
  });
});

test("a ledger made of what was saved goes on where it was left", () => {
  const first = createFindingLedger();
  first.reconcile([seen()], 0);
  first.change("f1", { state: "fixed" }, "ann", 1);
  const saved = [...first.takeChanges().values()].filter((item) => item !== undefined);
  const second = createFindingLedger(JSON.parse(JSON.stringify(saved)));
  second.reconcile([seen()], 5);

  expect(second.find("f1")?.state).toBe("fixed");
  expect(first.takeChanges().size).toBe(0);
});
