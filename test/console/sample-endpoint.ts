import type { Endpoint } from "../../src/model/endpoint.ts";

/** An endpoint of the inventory; what matters to a test is given. */
export function sampleEndpoint(given: Partial<Endpoint> & Pick<Endpoint, "id">): Endpoint {
  return {
    method: "GET",
    host: "shop.example",
    path: "/products/{productId}",
    style: "rest",
    lifecycle: "documented",
    deprecated: false,
    calls: 120,
    firstSeenMs: Date.UTC(2026, 10, 20),
    lastSeenMs: Date.UTC(2026, 10, 23),
    statuses: { "200": 118, "404": 2 },
    requestMediaTypes: {},
    responseMediaTypes: { "application/json": 120 },
    parameters: [
      {
        in: "path",
        name: "productId",
        type: "integer",
        required: true,
        confidence: 0.99,
        samples: 118,
      },
    ],
    authentication: {
      required: true,
      kinds: ["bearer"],
      confidence: 0.97,
      counts: { successWith: 118, successWithout: 0, refusedWith: 0, refusedWithout: 6 },
    },
    exposure: "internet",
    sensitiveData: [],
    clients: 12,
    principals: 4,
    durationMs: { p50: 4, p95: 18 },
    schemas: {},
    observations: {},
    attacks: 0,
    risk: { score: 0, level: "none", factors: [] },
    ...given,
  };
}
