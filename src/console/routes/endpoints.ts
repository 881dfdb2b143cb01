import { z } from "zod";
import { type Endpoint, endpointKeyOf } from "../../model/endpoint.ts";
import type { EndpointSummary, EndpointView, Page } from "../contract.ts";
import { decisionViewOf } from "../decision-view.ts";
import { Problem } from "../problem.ts";
import type { Route } from "../route.ts";
import { validatedQuery } from "../validate.ts";

const decisionsShown = 20;
const exchangesShown = 10;

const sortKeys = ["score", "calls", "lastSeen", "attacks", "path"] as const;

const endpointQuery = z.strictObject({
  search: z.string().max(200).default(""),
  lifecycle: z.string().max(40).exactOptional(),
  level: z.string().max(40).exactOptional(),
  style: z.string().max(40).exactOptional(),
  authentication: z.enum(["required", "none", "unknown"]).exactOptional(),
  sensitive: z.string().max(40).exactOptional(),
  exposure: z.string().max(40).exactOptional(),
  host: z.string().max(260).exactOptional(),
  sort: z.enum(sortKeys.flatMap((key) => [key, `-${key}` as const])).default("-score"),
  limit: z.coerce.number().int().min(1).max(2_000).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

type EndpointQuery = z.infer<typeof endpointQuery>;

/** The inventory as a table, and one entry of it with its latest traffic. */
export const endpointRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/endpoints",
    access: "own-password",
    async answer({ query }, { backend }) {
      const wanted = validatedQuery(endpointQuery, query);
      const found = backend.endpoints().filter((endpoint) => isWanted(endpoint, wanted));
      const sorted = found.sort(comparisonOf(wanted.sort));
      const page: Page<EndpointSummary> = {
        items: sorted.slice(wanted.offset, wanted.offset + wanted.limit).map(endpointSummaryOf),
        total: found.length,
      };
      return { status: 200, json: page };
    },
  },
  {
    method: "GET",
    path: "/api/endpoints/:id",
    access: "own-password",
    async answer({ parameters }, { backend, traffic }) {
      const endpoint = backend.endpoint(parameters["id"] ?? "");
      if (endpoint === undefined) throw new Problem(404, "The inventory has no such endpoint.");

      const of = { endpoint: endpoint.id };
      const decisions = await traffic.listDecisions({ ...of, limit: decisionsShown });
      const exchanges = await traffic.listExchanges({ ...of, limit: exchangesShown });
      const view: EndpointView = {
        endpoint,
        mode: backend.endpointMode(endpoint),
        decisions: decisions.map((decision) => decisionViewOf(decision, backend)),
        exchanges,
      };
      return { status: 200, json: view };
    },
  },
];

/** An endpoint as tables show it. */
export function endpointSummaryOf(endpoint: Endpoint): EndpointSummary {
  const { id, method, host, path, operation, style, lifecycle, calls, lastSeenMs } = endpoint;
  const { authentication, sensitiveData, attacks, risk } = endpoint;
  return {
    id,
    method,
    host,
    path,
    ...(operation === undefined ? {} : { operation }),
    style,
    lifecycle,
    calls,
    lastSeenMs,
    ...(authentication.required === undefined
      ? {}
      : { authenticationRequired: authentication.required }),
    sensitiveData: [...new Set(sensitiveData.map((data) => data.class))].sort(),
    exposure: endpoint.exposure,
    attacks,
    score: risk.score,
    level: risk.level,
  };
}

function isWanted(endpoint: Endpoint, wanted: EndpointQuery): boolean {
  const { lifecycle, level, style, authentication, sensitive, exposure, host } = wanted;
  if (exposure !== undefined && endpoint.exposure !== exposure) return false;
  if (host !== undefined && endpoint.host !== host) return false;
  if (lifecycle !== undefined && endpoint.lifecycle !== lifecycle) return false;
  if (level !== undefined && endpoint.risk.level !== level) return false;
  if (style !== undefined && endpoint.style !== style) return false;
  if (authentication !== undefined && authenticationOf(endpoint) !== authentication) return false;
  if (sensitive !== undefined && !hasSensitiveData(endpoint, sensitive)) return false;
  const words = wanted.search.toLowerCase().split(/\s+/);
  const key = endpointKeyOf(endpoint).toLowerCase();
  return words.every((word) => key.includes(word));
}

/** `any` finds every endpoint with sensitive data, a class name those with that class. */
function hasSensitiveData(endpoint: Endpoint, wanted: string): boolean {
  if (wanted === "any") return endpoint.sensitiveData.length > 0;
  return endpoint.sensitiveData.some((data) => data.class === wanted);
}

function authenticationOf({ authentication }: Endpoint): "required" | "none" | "unknown" {
  if (authentication.required === undefined) return "unknown";
  return authentication.required ? "required" : "none";
}

const values: Readonly<Record<(typeof sortKeys)[number], (of: Endpoint) => number | string>> = {
  score: ({ risk }) => risk.score,
  calls: ({ calls }) => calls,
  lastSeen: ({ lastSeenMs }) => lastSeenMs,
  attacks: ({ attacks }) => attacks,
  path: ({ host, path, method, operation = "" }) => `${host}${path} ${method} ${operation}`,
};

function comparisonOf(sort: EndpointQuery["sort"]): (a: Endpoint, b: Endpoint) => number {
  const descending = sort.startsWith("-");
  const key = sortKeys.find((known) => sort === known || sort === `-${known}`) ?? "score";
  const sortedBy = values[key];
  return (a, b) => {
    const order = compare(sortedBy(a), sortedBy(b));
    // Equals keep one order, so that pages neither repeat nor miss a row.
    return (descending ? -order : order) || compare(values.path(a), values.path(b));
  };
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
