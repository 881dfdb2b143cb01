import { z } from "zod";
import { endpointsWithData } from "../../reporting/compliance/assess-compliance.ts";
import { byUrgency } from "../../reporting/risk-report.ts";
import type { Finding } from "../../risk/finding.ts";
import { acceptanceMsMax, type FindingChange } from "../../risk/finding-change.ts";
import type { FindingPage } from "../contract.ts";
import { Problem } from "../problem.ts";
import type { ConsoleServices, Route } from "../route.ts";
import { validated, validatedQuery } from "../validate.ts";

const list = z.string().max(2_000).exactOptional();

/** What narrows the list of findings; lists are separated by commas. */
export interface FindingQuery {
  readonly search: string;
  readonly state?: string;
  readonly severity?: string;
  readonly factor?: string;
  readonly reference?: string;
  readonly data?: string;
  readonly endpoint?: string;
  readonly owner?: string;
  readonly overdue?: "yes" | "no";
  readonly limit: number;
  readonly offset: number;
}

export const findingQuery: z.ZodType<FindingQuery> = z.strictObject({
  search: z.string().max(200).default(""),
  state: list,
  severity: list,
  factor: list,
  reference: list,
  data: list,
  endpoint: z.string().max(64).exactOptional(),
  owner: z.string().max(128).exactOptional(),
  overdue: z.enum(["yes", "no"]).exactOptional(),
  limit: z.coerce.number().int().min(1).max(5_000).default(200),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

const changesMax = 5_000;
const changeRequest = z.strictObject({
  ids: z.array(z.string().max(64)).min(1).max(changesMax),
  state: z.enum(["open", "accepted", "fixed"]).exactOptional(),
  reason: z.string().trim().max(2_000).exactOptional(),
  untilMs: z.number().int().exactOptional(),
  owner: z.string().trim().max(128).exactOptional(),
  dueMs: z.number().int().min(0).exactOptional(),
});

/** The list of findings to work through, and what people decide about them. */
export const findingRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/findings",
    access: "own-password",
    async answer({ query }, services) {
      const wanted = validatedQuery(findingQuery, query);
      const found = wantedFindings(wanted, services).toSorted(byUrgency);
      const page: FindingPage = {
        items: found.slice(wanted.offset, wanted.offset + wanted.limit),
        total: found.length,
        owners: ownersOf(services.backend.risk.findings()),
      };
      return { status: 200, json: page };
    },
  },
  {
    method: "GET",
    path: "/api/findings/:id",
    access: "own-password",
    async answer({ parameters }, { backend }) {
      const finding = backend.risk.finding(parameters["id"] ?? "");
      if (finding === undefined) throw new Problem(404, "There is no such finding.");
      return { status: 200, json: finding };
    },
  },
  {
    method: "PUT",
    path: "/api/findings",
    access: "own-password",
    async answer({ body, login }, { backend, now }) {
      const { ids, ...change } = validated(changeRequest, body);
      checkAcceptance(change, now());
      const changed = await backend.risk.change(ids, change, login?.account.name ?? "");
      if (changed.length === 0) throw new Problem(404, "There is no such finding.");
      return { status: 200, json: changed };
    },
  },
];

/** The findings that a query asks for, in no order. */
export function wantedFindings(
  query: FindingQuery,
  { backend, now }: Pick<ConsoleServices, "backend" | "now">,
): readonly Finding[] {
  const { search, endpoint, owner, overdue, data } = query;
  const [states, severities, factors, references] = [
    setOf(query.state),
    setOf(query.severity),
    setOf(query.factor),
    setOf(query.reference),
  ];
  const text = search.toLowerCase();
  const withData =
    data === undefined ? undefined : endpointsWithData(backend.endpoints(), data.split(","));
  const nowMs = now();
  return backend.risk
    .findings()
    .filter(
      (finding) =>
        states?.has(finding.state) !== false &&
        severities?.has(finding.severity) !== false &&
        factors?.has(finding.factor) !== false &&
        (references === undefined || finding.references.some((item) => references.has(item))) &&
        withData?.has(finding.endpointId) !== false &&
        (endpoint === undefined || finding.endpointId === endpoint) &&
        (owner === undefined || (finding.owner ?? "none") === owner) &&
        (overdue === undefined || isOverdue(finding, nowMs) === (overdue === "yes")) &&
        (text === "" || textOf(finding).includes(text)),
    );
}

function setOf(values: string | undefined): ReadonlySet<string> | undefined {
  return values === undefined ? undefined : new Set(values.split(","));
}

function isOverdue({ state, dueMs }: Finding, nowMs: number): boolean {
  return state === "open" && dueMs !== undefined && dueMs < nowMs;
}

function textOf({ endpoint, factor, title, evidence, owner = "" }: Finding): string {
  return `${endpoint} ${factor} ${title} ${evidence} ${owner}`.toLowerCase();
}

function ownersOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.flatMap(({ owner }) => owner ?? []))].toSorted();
}

function checkAcceptance({ state, reason = "", untilMs }: FindingChange, nowMs: number): void {
  if (state !== "accepted") return;
  if (reason === "") throw new Problem(400, "A risk is only accepted with a reason.");
  if (untilMs === undefined || untilMs <= nowMs || untilMs > nowMs + acceptanceMsMax) {
    throw new Problem(400, "A risk is accepted until a day within the next year.");
  }
}
