import type { RecordedDecision } from "../console/traffic-store.ts";
import type { Detection } from "../model/detection.ts";
import type { Incident } from "../model/incident.ts";
import type { RecordedExchange } from "../model/recorded-exchange.ts";

/** An exchange as the contract suites record it; what matters to a test is given. */
export function sampleExchange(
  given: Partial<RecordedExchange> & Pick<RecordedExchange, "id" | "timeMs">,
): RecordedExchange {
  return {
    client: "203.0.113.7",
    request: {
      method: "GET",
      url: "http://shop.example/products/7",
      httpVersion: "1.1",
      headers: [["host", "shop.example"]],
    },
    response: { status: 200, headers: [["content-type", "application/json"]], body: '{"id":7}' },
    durationMs: 3.5,
    ...given,
  };
}

/** A decision as the contract suites record it. */
export function sampleDecision(
  given: Partial<RecordedDecision> & Pick<RecordedDecision, "id" | "timeMs">,
): RecordedDecision {
  return {
    client: "203.0.113.7",
    method: "GET",
    host: "shop.example",
    path: "/products/7%27",
    action: "allow",
    wouldBe: "block",
    status: 403,
    score: 5,
    detections: [sampleDetection("sql-injection")],
    verdicts: [],
    exceptions: [],
    ...given,
  };
}

export function sampleDetection(detector: string): Detection {
  return {
    detector,
    confidence: "high",
    location: "path",
    name: "1",
    part: "value",
    evidence: "'",
    span: { start: 1, end: 2 },
    value: "7'",
    steps: [{ decoding: "percent", value: "7'" }],
    explanation: "The quote ends the string the value stands in.",
  };
}

/** An incident as the contract suites record it. */
export function sampleIncident(
  given: Partial<Incident> & Pick<Incident, "id" | "lastSeenMs">,
): Incident {
  return {
    client: "203.0.113.7",
    firstSeenMs: 0,
    requests: 1,
    blocked: 0,
    detectors: { "sql-injection": 1 },
    steps: [],
    severity: "high",
    summary: "One client tried SQL injection.",
    ...given,
  };
}
