import { describe, expect, test } from "vitest";
import type { IncidentStep } from "../../model/incident.ts";
import { severityOf, summaryOf } from "./incident-summary.ts";

function stepOf(changes: Partial<IncidentStep>): IncidentStep {
  return {
    timeMs: 0,
    endpoint: "GET a/x",
    kind: "attack",
    what: "sql-injection in query id",
    action: "block",
    count: 1,
    decision: "d",
    ...changes,
  };
}

function summaryWith(steps: readonly IncidentStep[]): string {
  return summaryOf({ client: "192.0.2.1", steps, blocked: 1, requests: 3 });
}

describe("the summary of an incident", () => {
  test("tells blocked and allowed attacks of one sort together", () => {
    const steps = [stepOf({ count: 2 }), stepOf({ action: "allow", count: 3 })];

    expect(summaryWith(steps)).toBe(
      "192.0.2.1 attacked with sql-injection in query id (5 times) at GET a/x; 1 of 3 requests were blocked.",
    );
  });

  test("names a place again only when it changed", () => {
    const steps = [
      stepOf({}),
      stepOf({ what: "b" }),
      stepOf({ what: "c", endpoint: "GET a/y" }),
      stepOf({ what: "d" }),
    ];

    expect(summaryWith(steps)).toContain(
      "attacked with sql-injection in query id at GET a/x, then attacked with b, then attacked with c at GET a/y, then attacked with d at GET a/x;",
    );
  });

  test("leaves lesser signs out where there are attacks, and tells them where there are none", () => {
    const probe = stepOf({ kind: "probe", what: "path-traversal in query f", action: "allow" });
    const { decision: _, ...undecided } = probe;
    const refused = stepOf({ kind: "probe", what: "sent what strict-http refuses" });

    expect(summaryWith([probe, stepOf({})])).not.toContain("path-traversal");
    expect(summaryWith([probe, refused])).toContain(
      "192.0.2.1 probed with path-traversal in query f at GET a/x, then sent what strict-http refuses;",
    );
    expect(severityOf([probe])).toBe("medium");
    expect(severityOf([{ ...undecided, kind: "reconnaissance" }])).toBe("low");
  });

  test("stays one sentence when there is much to tell", () => {
    const steps = Array.from({ length: 9 }, (_, index) => stepOf({ what: `attack ${index}` }));

    expect(summaryWith(steps)).toContain("attacked with attack 5, then did 3 more things;");
  });
});
