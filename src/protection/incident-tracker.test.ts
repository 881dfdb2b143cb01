import { describe, expect, test } from "vitest";
import type { Decision } from "../model/decision.ts";
import type { Detection } from "../model/detection.ts";
import type { Incident } from "../model/incident.ts";
import { createIncidentTracker, type Observation } from "./incident-tracker.ts";

interface Call {
  readonly path?: string;
  readonly query?: string;
  readonly status?: number;
  readonly client?: string;
  readonly timeMs?: number;
  readonly detector?: string;
  readonly confidence?: Detection["confidence"];
  readonly action?: "allow" | "block";
  readonly headers?: Observation["record"]["exchange"]["request"]["headers"];
  readonly endpointKey?: string;
  readonly lifecycle?: Observation["lifecycle"];
  readonly principal?: string;
}

function observationOf(call: Call): Observation {
  const { path = "/api/v1/products", query = "", client = "198.51.100.66", timeMs = 1_000 } = call;
  const request = {
    method: "GET",
    scheme: "http",
    authority: "shop.example",
    path,
    query,
    httpVersion: "1.1",
    headers: call.headers ?? [],
  } as const;
  const exchange = {
    id: "x",
    timeMs,
    client,
    request,
    ...(call.action === "block" ? {} : { response: { status: call.status ?? 200, headers: [] } }),
  };
  const decision = call.detector === undefined ? undefined : decisionOf(call, timeMs, client);
  return {
    record: decision === undefined ? { exchange } : { exchange, decision },
    ...(call.endpointKey === undefined ? {} : { endpointKey: call.endpointKey }),
    ...(call.lifecycle === undefined ? {} : { lifecycle: call.lifecycle }),
    ...(call.principal === undefined ? {} : { principal: call.principal }),
  };
}

function decisionOf(call: Call, timeMs: number, client: string): Decision {
  const { detector = "", confidence = "high", action = "allow" } = call;
  const detection: Detection = {
    detector,
    confidence,
    location: "query",
    name: "product_id",
    part: "value",
    evidence: "",
    span: { start: 0, end: 0 },
    value: "",
    steps: [],
    explanation: "",
  };
  return {
    id: `d-${detector}`,
    timeMs,
    client,
    method: "GET",
    host: "shop.example",
    path: "/api/v1/products",
    action,
    wouldBe: confidence === "low" ? "allow" : "block",
    score: 5,
    detections: [detection],
    verdicts: [],
    exceptions: [],
  };
}

function lastOf(calls: readonly Call[]): Incident | undefined {
  let made = 0;
  const tracker = createIncidentTracker({
    newId: () => {
      made += 1;
      return `i-${made}`;
    },
  });
  let last: Incident | undefined;
  for (const call of calls) last = tracker.observe(observationOf(call));
  return last;
}

function times(count: number, callOf: (index: number) => Call): Call[] {
  return Array.from({ length: count }, (_, index) => callOf(index));
}

const hidden = {
  endpointKey: "GET shop.example/api/v1/products",
  lifecycle: "undocumented",
} as const;

describe("an attack on a forgotten endpoint", () => {
  const calls: readonly Call[] = [
    ...times(9, (index) => ({ path: `/guess/${index}`, status: 404 })),
    ...times(9, (index) => ({ ...hidden, query: `product_id=${index}`, timeMs: 2_000 + index })),
    { ...hidden, query: "product_id=x", detector: "sql-injection", timeMs: 3_000 },
    { ...hidden, query: "product_id=y", detector: "sql-injection", timeMs: 3_001 },
    { ...hidden, query: "product_id=z", detector: "command-injection", timeMs: 4_000 },
  ];
  const incident = lastOf(calls);

  test("is one incident with its steps in order", () => {
    expect(incident?.steps.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
      "reconnaissance: asked for 9 paths that do not exist",
      "reconnaissance: used the undocumented endpoint without credentials",
      "probe: tried 12 values of product_id",
      "attack: sql-injection in query product_id",
      "escalation: command-injection in query product_id",
    ]);
  });

  test("counts repetitions instead of listing them", () => {
    expect(incident?.steps.map(({ count }) => count)).toEqual([6, 12, 8, 2, 1]);
  });

  test("is critical when the last step got through, and says so in one sentence", () => {
    expect(incident?.severity).toBe("critical");
    expect(incident?.summary).toBe(
      "198.51.100.66 asked for 9 paths that do not exist, then used the undocumented endpoint without credentials at GET shop.example/api/v1/products, then tried 12 values of product_id, then attacked with sql-injection in query product_id (2 times), then went on to command-injection in query product_id; none of 18 requests was blocked.",
    );
    expect(incident?.detectors).toEqual({ "sql-injection": 2, "command-injection": 1 });
  });

  test("is less severe when every attack was blocked", () => {
    const blocked = lastOf(
      calls.map((call) => (call.detector === undefined ? call : { ...call, action: "block" })),
    );

    expect(blocked).toMatchObject({ severity: "high", blocked: 3 });
    expect(blocked?.summary).toContain("3 of ");
  });
});

describe("honest use", () => {
  test.each<[string, readonly Call[]]>([
    ["a few broken links", times(10, (index) => ({ path: `/old/${index}`, status: 404 }))],
    ["one dead link again and again", times(200, () => ({ path: "/old", status: 404 }))],
    ["an undocumented endpoint", times(100, () => hidden)],
    ["a long list shown item by item", times(90, (index) => ({ query: `id=${index}` }))],
    ["an expired session", times(8, () => ({ status: 401 }))],
    ["one doubtful value", [{ detector: "sql-injection", confidence: "low" }]],
    [
      "the same guesses spread over hours",
      times(60, (index) => ({ path: `/old/${index}`, status: 404, timeMs: index * 61_000 })),
    ],
  ])("such as %s is no incident", (_what, calls) => {
    expect(lastOf(calls)).toBeUndefined();
  });

  test("with credentials on an undocumented endpoint is not held against an attacker later", () => {
    const headers = [["authorization", "Bearer x"]] as const;
    const incident = lastOf([{ ...hidden, headers }, { detector: "sql-injection" }]);

    expect(incident?.steps.map(({ kind }) => kind)).toEqual(["attack"]);
  });
});

describe("reconnaissance alone", () => {
  test.each<[string, readonly Call[]]>([
    ["a burst of missing paths", times(20, (index) => ({ path: `/x${index}`, status: 404 }))],
    ["a burst of refusals", times(20, () => ({ status: 401 }))],
    [
      "counting through ids that mostly fail",
      times(50, (index) => ({
        endpointKey: "GET shop.example/orders/{orderId}",
        path: `/orders/${index}`,
        status: index % 3 === 0 ? 200 : 403,
      })),
    ],
  ])("such as %s is an incident of low severity", (_what, calls) => {
    expect(lastOf(calls)?.severity).toBe("low");
  });
});

describe("incidents", () => {
  test("are kept apart by client, and by principal before that", () => {
    const tracker = createIncidentTracker({ newId: () => "i" });
    const of = (call: Call) =>
      tracker.observe(observationOf({ detector: "sql-injection", ...call }));

    expect(of({ client: "192.0.2.1" })?.steps[0]?.count).toBe(1);
    expect(of({ client: "192.0.2.2" })?.steps[0]?.count).toBe(1);
    expect(of({ client: "192.0.2.3", principal: "user-7" })?.client).toBe("user-7");
    expect(of({ client: "192.0.2.4", principal: "user-7" })?.steps[0]?.count).toBe(2);
  });

  test("begin anew after half an hour of silence", () => {
    const attack = { detector: "sql-injection" } as const;
    const same = lastOf([attack, { ...attack, timeMs: 1_000 + 29 * 60_000 }]);
    const other = lastOf([attack, { ...attack, timeMs: 1_000 + 31 * 60_000 }]);

    expect(same?.id).toBe("i-1");
    expect(other?.id).toBe("i-2");
  });

  test("are probes only, as long as nothing would be blocked", () => {
    const incident = lastOf([
      { detector: "path-traversal", confidence: "low" },
      { detector: "sql-injection" },
    ]);

    expect(incident?.steps.map(({ kind }) => kind)).toEqual(["probe", "attack"]);
  });

  test("hold at most fifty steps", () => {
    const incident = lastOf(
      times(80, (index) => ({ path: `/p${index}`, detector: "sql-injection" })),
    );

    expect(incident?.steps).toHaveLength(50);
    expect(incident?.requests).toBe(80);
  });

  test("forget the client silent longest when there are too many", () => {
    const tracker = createIncidentTracker({ newId: () => "i" });
    const attack = (client: string) =>
      tracker.observe(observationOf({ client, detector: "sql-injection" }));
    attack("first");
    for (let index = 0; index < 5_000; index += 1) attack(`client-${index}`);

    expect(attack("client-4999")?.requests).toBe(2);
    expect(attack("first")?.requests).toBe(1);
  });

  test("tell of what a protection other than the detectors refused", () => {
    const { record } = observationOf({ detector: "sql-injection" });
    const decision = record.decision;
    if (decision === undefined) throw new Error("a decision was expected");
    const tracker = createIncidentTracker({ newId: () => "i" });
    const refused: Decision = {
      ...decision,
      action: "block",
      detections: [],
      verdicts: [
        { protection: "strict-http", mode: "enforce", phase: "request-headers", action: "block" },
      ],
    };

    expect(tracker.observe({ record: { ...record, decision: refused } })).toBeUndefined();
    expect(tracker.observe({ record })?.steps).toMatchObject([
      { kind: "probe", what: "sent what strict-http refuses", action: "block" },
      { kind: "attack" },
    ]);
  });
});
