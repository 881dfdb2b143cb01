import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv-draft-04";
import { describe, expect, test } from "vitest";
import type { Endpoint } from "../model/endpoint.ts";
import { builtInRiskFactors } from "../risk/factors/index.ts";
import type { Finding, FindingEvent } from "../risk/finding.ts";
import { assessCompliance } from "./compliance/assess-compliance.ts";
import { frameworks } from "./compliance/frameworks-table.ts";
import { lastHeldMs } from "./compliance/last-held.ts";
import { csvOf } from "./csv-report.ts";
import { htmlReportOf } from "./html/html-report.ts";
import { jsonReportOf } from "./json-report.ts";
import type { RiskReport } from "./risk-report.ts";
import { sarifOf } from "./sarif-report.ts";

const hostile = `</style><script>alert(1)</script>"'=cmd|' /C calc'!A0 & \u202e`;

const finding: Finding = {
  id: "abcdef0123456789abcd",
  endpointId: "e1",
  endpoint: "GET shop.example/api/v1/orders/{orderId}",
  factor: "cleartext",
  title: "Calls travel without TLS.",
  severity: "high",
  points: 20,
  endpointScore: 80,
  evidence: hostile,
  remedy: "Serve it over TLS.",
  references: ["API8:2023", "CWE-319"],
  confidence: 0.9,
  seen: 9,
  state: "open",
  firstSeenMs: 1_000,
  lastSeenMs: 2_000,
  reopened: 0,
  history: [{ timeMs: 1_000, what: "found" }],
};
const accepted: Finding = {
  ...finding,
  id: "b".repeat(20),
  factor: "server-version",
  references: ["CWE-497"],
  state: "accepted",
  acceptance: { reason: "=1+1", by: "ann", sinceMs: 2, untilMs: 3, severity: "high" },
  history: [
    { timeMs: 1_000, what: "found" },
    { timeMs: 1_500, what: "accepted" },
  ],
};
const endpoint = {
  id: "e1",
  method: "GET",
  host: "shop.example",
  path: `/${hostile}`,
  lifecycle: "documented",
  calls: 3,
  sensitiveData: [],
  risk: { score: 80, level: "critical", factors: [] },
} as unknown as Endpoint;
const report: RiskReport = {
  version: "1.2.3",
  generatedMs: 10_000,
  subject: hostile,
  sinceMs: 500,
  endpoints: [endpoint],
  findings: [finding, accepted, { ...finding, id: "c".repeat(20), part: "owasp:api1:2023-x" }],
  fixes: { total: 80, totalAfter: 20, fixes: [] },
  workloads: [],
  history: [
    { subject: "*", timeMs: 1_000, score: 60 },
    { subject: "*", timeMs: 2_000, score: 80 },
  ],
};

test("SARIF validates against the published schema, and tells identity and acceptance", () => {
  const path = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/package.json");
  const schema = readFileSync(path.replace("package.json", "lib/schemas/sarif-2.1.0-rtm.5.json"));
  const ajv = new Ajv.default({ strict: false, validateFormats: false, unicodeRegExp: false });
  const log = sarifOf(report.findings, "1.2.3");
  const isValid = ajv.validate(JSON.parse(schema.toString()), JSON.parse(JSON.stringify(log)));

  expect(ajv.errors ?? []).toEqual([]);
  expect(isValid).toBe(true);
  const results = log.runs[0]?.results ?? [];
  expect(
    results.map(({ partialFingerprints }) => partialFingerprints?.["merlonFinding/v1"]),
  ).toEqual(expect.arrayContaining([finding.id, accepted.id]));
  expect(results.filter(({ suppressions }) => suppressions !== undefined)).toHaveLength(1);
});

test("the HTML report keeps what clients sent as text, and lets nothing run or load", () => {
  const text = htmlReportOf(report);
  expect(text).not.toContain("<script");
  expect(text).not.toContain("\u202e");
  expect(text).toContain("&lt;script&gt;");
  expect(text).toMatch(/default-src &#39;none&#39;; style-src &#39;sha256-/);
  expect(text).not.toMatch(/\s(?:src|on\w+)=|url\(|@import/);
});

test("CSV quotes, and is no formula to a spreadsheet", () => {
  const lines = csvOf([accepted]).split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain("'=1+1");
  expect(lines[1]).toContain('""');
});

test("JSON holds findings, endpoints, fixes and compliance", () => {
  expect(JSON.parse(JSON.stringify(jsonReportOf(report)))).toMatchObject({
    total: 80,
    findings: expect.arrayContaining([expect.objectContaining({ id: finding.id })]),
    compliance: expect.arrayContaining([expect.objectContaining({ id: "pci-dss-4" })]),
  });
});

describe("compliance", () => {
  test("asks only for factors that exist, and every factor but exposure speaks for a control", () => {
    const asked = new Set(
      frameworks.flatMap(({ controls }) => controls.flatMap(({ query }) => query.factors)),
    );
    const known = builtInRiskFactors.filter((factor) => factor.isCircumstance !== true);
    expect([...asked].filter((id) => !known.some((factor) => factor.id === id))).toEqual([]);
    const unasked = known.map(({ id }) => id).filter((id) => !asked.has(id));
    expect(unasked).toEqual(["sensitive-data-in-request"]);
  });

  test("a control fails while a finding is open, and holds on accepted risks", () => {
    const controls = assessCompliance(report).flatMap((framework) => framework.controls);
    expect(controls.find(({ id }) => id === "4.2.1")).toMatchObject({
      state: "fails",
      open: 2,
      lastHeldMs: 999,
    });
    expect(controls.find(({ id }) => id === "6.3.3")).toMatchObject({
      state: "holds",
      lastHeldMs: 10_000,
    });
    expect(controls.find(({ id }) => id === "API8:2023")?.query).toContain("reference=API8%3A2023");
  });

  test.each<[string, readonly (readonly FindingEvent[])[], number | undefined]>([
    ["nothing was ever wrong", [], 100],
    ["it is wrong now", [[{ timeMs: 40, what: "found" }]], 39],
    [
      "it was wrong",
      [
        [
          { timeMs: 40, what: "found" },
          { timeMs: 60, what: "fixed" },
        ],
      ],
      100,
    ],
    [
      "one was mended before the other came",
      [
        [
          { timeMs: 10, what: "found" },
          { timeMs: 30, what: "no-longer-observed" },
        ],
        [{ timeMs: 50, what: "found" }],
      ],
      49,
    ],
    [
      "one took over from the other",
      [
        [
          { timeMs: 20, what: "found" },
          { timeMs: 60, what: "fixed" },
        ],
        [{ timeMs: 50, what: "found" }],
      ],
      19,
    ],
    ["it was wrong from the first moment", [[{ timeMs: 0, what: "found" }]], undefined],
  ])("last held when %s", (_what, histories, expected) => {
    const findings = histories.map((history) => ({ ...finding, history }));
    expect(lastHeldMs(findings, { sinceMs: 0, nowMs: 100 })).toBe(expected);
  });
});
