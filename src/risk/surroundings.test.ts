import { describe, expect, test } from "vitest";
import type { EndpointProfile } from "../model/endpoint.ts";
import { readOpenApi } from "../specifications/openapi-import.ts";
import { parseSpecificationText } from "../specifications/specification-text.ts";
import type { WorkloadAssessment } from "./components/workload-assessment.ts";
import { assessRisk } from "./score.ts";
import { isServedBy, type RiskKnowledge, surroundingsOf } from "./surroundings.ts";

const specification = readOpenApi(
  parseSpecificationText(
    `
openapi: 3.1.0
info: { title: Shop, version: "1" }
security: [{ bearer: [] }]
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: integer }
        owner: { $ref: "#/components/schemas/Owner" }
        extra: { type: object }
    Owner: { type: object, properties: { name: { type: string } } }
paths:
  /orders:
    get:
      parameters: [{ name: page, in: query, schema: { type: integer } }]
      responses:
        "200":
          description: Orders
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Order" } }
  /products:
    get:
      security: []
      responses: { "200": { description: Products } }
`,
    "shop.yaml",
  ),
);

const property = (samples = 9): object => ({ type: "string", "x-merlon-samples": samples });
const orders: EndpointProfile = {
  id: "e1",
  method: "GET",
  host: "shop.example",
  path: "/orders",
  style: "rest",
  lifecycle: "documented",
  deprecated: false,
  calls: 40,
  firstSeenMs: 0,
  lastSeenMs: 1,
  statuses: { "200": 40 },
  requestMediaTypes: {},
  responseMediaTypes: {},
  parameters: [],
  authentication: {
    required: true,
    kinds: ["jwt"],
    confidence: 0.9,
    counts: { successWith: 40, successWithout: 0, refusedWith: 0, refusedWithout: 5 },
  },
  exposure: "internal",
  sensitiveData: [],
  clients: 3,
  principals: 3,
  durationMs: { p50: 1, p95: 2 },
  schemas: {
    response: {
      type: "array",
      items: { type: "object", properties: { id: property() } },
    },
  },
  observations: {},
  attacks: 0,
};
const open: Partial<EndpointProfile> = {
  authentication: {
    required: false,
    kinds: [],
    confidence: 0.9,
    counts: { successWith: 0, successWithout: 40, refusedWith: 0, refusedWithout: 0 },
  },
};

const withFields = (...names: readonly string[]): Partial<EndpointProfile> => ({
  schemas: {
    response: {
      type: "array",
      items: {
        type: "object",
        properties: Object.fromEntries(names.map((name) => [name, property()])),
      },
    },
  },
});

const factorsOf = (
  changes: Partial<EndpointProfile>,
  knowledge: RiskKnowledge = { specifications: [specification] },
): ReadonlyMap<string, string> => {
  const profile = { ...orders, ...changes };
  const { factors } = assessRisk(profile, surroundingsOf([profile], knowledge));
  return new Map(factors.map(({ factor, evidence }) => [factor, evidence]));
};

describe("against a specification", () => {
  test("fields that it does not name are excessive data", () => {
    expect(factorsOf(withFields("id", "password_hash")).get("excessive-data")).toBe(
      "Responses carried 1 field that the specification does not name, 0 of them sensitive: $[*].password_hash.",
    );
  });

  test("named fields, and whatever stands in an object left open, are not", () => {
    expect(factorsOf(withFields("id")).has("excessive-data")).toBe(false);
    const nested = {
      type: "object",
      properties: { anything: property() },
    };
    const schemas = {
      response: { type: "array", items: { type: "object", properties: { extra: nested } } },
    };
    expect(factorsOf({ schemas }).has("excessive-data")).toBe(false);
  });

  test("a query parameter that it does not name is drift, one that it names is none", () => {
    const parameter = (name: string): EndpointProfile["parameters"][number] => ({
      in: "query",
      name,
      type: "string",
      required: false,
      confidence: 1,
      samples: 9,
    });
    expect(factorsOf({ parameters: [parameter("debug")] }).get("drift")).toContain("debug (query");
    expect(factorsOf({ parameters: [parameter("page")] }).has("drift")).toBe(false);
  });

  test("an operation that it secures and that answers everybody is drift", () => {
    expect(factorsOf(open).get("drift")).toContain("it requires credentials");
  });

  test("an operation that is public on purpose is not blamed for it, unless it leaks", () => {
    const products = { ...open, path: "/products", schemas: {} };
    const leak: EndpointProfile["sensitiveData"][number] = {
      in: "response",
      name: "$.email",
      class: "email",
      samples: 50,
      confidence: 0.9,
    };
    expect(factorsOf(products).has("no-authentication")).toBe(false);
    expect(factorsOf({ ...products, sensitiveData: [leak] }).has("no-authentication")).toBe(true);
  });

  test("nothing is undocumented where no specification was given", () => {
    const shadow: Partial<EndpointProfile> = { lifecycle: "undocumented", path: "/other" };
    expect(factorsOf(shadow).has("undocumented")).toBe(true);
    expect(factorsOf(shadow, {}).has("undocumented")).toBe(false);
  });
});

describe("a workload", () => {
  const workload: WorkloadAssessment = {
    name: "orders",
    serves: "shop.example/orders",
    sources: ["orders.cdx.json"],
    components: 12,
    vulnerabilities: [
      {
        id: "GHSA-1",
        aliases: ["CVE-2021-1"],
        summary: "Remote code execution.",
        component: { ecosystem: "npm", name: "left", version: "1.0.0" },
        fixed: ["1.0.1"],
        cvss: 9.8,
        isExploited: true,
        epss: 0.9,
        isMalware: false,
      },
    ],
  };

  test("makes the endpoints that it serves vulnerable, and no others", () => {
    expect(factorsOf({}, { workloads: [workload] }).get("vulnerable-workload")).toContain(
      "left 1.0.0: GHSA-1, CVE-2021-1 (CVSS 9.8, known to be exploited, EPSS 90.0 %, fixed in 1.0.1)",
    );
    const other = factorsOf({ path: "/ordersets" }, { workloads: [workload] });
    expect(other.has("vulnerable-workload")).toBe(false);
  });

  test("without a hole is no weakness", () => {
    const sound = { ...workload, vulnerabilities: [] };
    expect(factorsOf({}, { workloads: [sound] }).has("vulnerable-workload")).toBe(false);
  });

  test("is found by whole path segments, and by host where one is named", () => {
    const at = { host: "shop.example", path: "/api/v1/orders" };
    expect(isServedBy("/api", at)).toBe(true);
    expect(isServedBy("shop.example", at)).toBe(true);
    expect(isServedBy("Shop.Example/api/", at)).toBe(true);
    expect(isServedBy("/ap", at)).toBe(false);
    expect(isServedBy("other.example/api", at)).toBe(false);
  });
});

test("an endpoint has no owner only where others have one", () => {
  const rule = { serves: "/products", owner: "team-a" };
  expect(factorsOf({}, { owners: [rule] }).has("missing-owner")).toBe(true);
  expect(factorsOf({}, { owners: [{ ...rule, serves: "/orders" }] }).has("missing-owner")).toBe(
    false,
  );
  expect(factorsOf({}, {}).has("missing-owner")).toBe(false);
});

test("lint results are findings of the operation that they are about", () => {
  const result = {
    rule: "owasp:api4:2023-rate-limit",
    message: "No rate limit.",
    source: "shop.yaml",
    operation: "shop.yaml#GET /orders",
    pointer: "/paths/~1orders/get",
    count: 2,
  };
  const knowledge = { specifications: [specification], lint: [result] };
  expect(factorsOf({}, knowledge).get("specification-lint")).toContain("1 rule broken in 2 places");
  expect(factorsOf({ path: "/products" }, knowledge).has("specification-lint")).toBe(false);
});
