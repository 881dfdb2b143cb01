import type { HostLikeness } from "../discovery/host-likeness.ts";
import type { LifecycleDrift } from "../discovery/lifecycle-drift.ts";
import type { PinRequest, TemplateSegment } from "../discovery/pin-request.ts";
import type { Decision, Mode } from "../model/decision.ts";
import type { Endpoint } from "../model/endpoint.ts";
import type { Incident } from "../model/incident.ts";
import type { InventoryEvent } from "../model/inventory-event.ts";
import type { RecordedExchange } from "../model/recorded-exchange.ts";
import type { ServiceCall } from "../model/service-call.ts";
import type { HostMerge, TemplatePin } from "../model/template-pin.ts";
import type { Policy, PolicyException } from "../protection/policy.ts";
import type { FrameworkResult } from "../reporting/compliance/assess-compliance.ts";
import type { Finding } from "../risk/finding.ts";
import type { FindingChange } from "../risk/finding-change.ts";
import type { ScorePoint } from "../risk/finding-store.ts";
import type { Counterfactual } from "../risk/fix.ts";

/*
 * The console's HTTP API. All under /api, JSON both ways, session cookie required but for
 * POST /api/session. Every request that changes something carries the header `x-csrf-token`.
 * Errors are application/problem+json.
 *
 *   POST   /api/session                 SessionRequest → SessionView
 *   GET    /api/session                 → SessionView
 *   DELETE /api/session                 → 204
 *   PUT    /api/password                PasswordRequest → SessionView
 *   GET    /api/overview                → Overview
 *   GET    /api/live                    server-sent events: `overview` (Overview, each second), `decision` (DecisionView)
 *   GET    /api/endpoints?search&lifecycle&level&style&authentication&sensitive&exposure&host&sort&limit&offset
 *                                       → Page<EndpointSummary>; sort: score, calls, lastSeen, attacks,
 *                                         path, with - for descending; -score when missing
 *   GET    /api/endpoints/:id           → EndpointView
 *   GET    /api/decisions?client&endpoint&detector&action&wouldBe&before&limit → DecisionList
 *   GET    /api/decisions/:id           → DecisionDetail
 *   GET    /api/exchanges/:id           → RecordedExchange
 *   GET    /api/incidents?limit         → IncidentList
 *   GET    /api/incidents/:id           → Incident
 *   GET    /api/policy                  → PolicyView
 *   PUT    /api/policy/mode             ModeRequest → PolicyView (answered once every worker runs it)
 *   POST   /api/exceptions              ExceptionRequest → PolicyException (same)
 *   DELETE /api/exceptions/:id          → 204
 *   GET    /api/findings?search&state&severity&factor&reference&data&endpoint&owner&overdue&limit&offset
 *                                       → FindingPage, most urgent first; lists separated by commas
 *   GET    /api/findings/:id            → Finding
 *   PUT    /api/findings                FindingsRequest → Finding[] (those that were changed)
 *   GET    /api/risk                    → RiskView of everything
 *   GET    /api/risk/:id                → RiskView of one endpoint
 *   GET    /api/compliance              → ComplianceView
 *   GET    /api/report?format&…         → html, sarif, json or csv to download; filters as of findings
 *   GET    /api/specification           → OpenAPI 3.1 of the inventory (YAML)
 *   GET    /api/endpoints/:id/template  → TemplateView
 *   POST   /api/endpoints/:id/pins      EndpointPinRequest → TemplatePin
 *   GET    /api/pins                    → { items: TemplatePin[] }
 *   DELETE /api/pins/:id                → 204
 *   GET    /api/hosts                   → HostsView
 *   PUT    /api/hosts/:host             HostMergeRequest → HostsView
 *   DELETE /api/hosts/:host             → 204, the merge taken back
 *   GET    /api/events?endpoint&kind&news&before&limit → EventList
 *   GET    /api/services                → ServiceList
 *   GET    /api/specifications          → SpecificationList
 *   POST   /api/specifications          SpecificationRequest → SpecificationDrift (only compared)
 *   PUT    /api/specifications/:name    SpecificationRequest → SpecificationDrift (in force)
 *   DELETE /api/specifications/:name    → 204
 * Without a session: GET /healthz, /readyz, /metrics.
 */

export interface SessionRequest {
  readonly name: string;
  readonly password: string;
}

export interface SessionView {
  readonly name: string;
  readonly csrfToken: string;
  /** The one-time password is still in force: only PUT /api/password works until it is replaced. */
  readonly mustSetPassword: boolean;
}

export interface PasswordRequest {
  readonly current: string;
  /** 12 to 256 characters. */
  readonly next: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

export interface Overview {
  readonly version: string;
  readonly timeMs: number;
  readonly startedMs: number;
  readonly mode: Mode;
  readonly upstreams: readonly string[];
  readonly listen: string;
  readonly workers: number;
  readonly requestsTotal: number;
  readonly requestsPerSecond: number;
  /** Requests a second over the last minutes, one entry a second, oldest first. */
  readonly requestsPerSecondHistory: readonly number[];
  readonly decisionsTotal: number;
  readonly blockedTotal: number;
  readonly wouldBlockTotal: number;
  readonly decisionsPerMinute: readonly {
    readonly minuteMs: number;
    readonly allowed: number;
    readonly blocked: number;
  }[];
  readonly endpoints: number;
  readonly endpointsByLifecycle: Readonly<Record<string, number>>;
  readonly endpointsByRiskLevel: Readonly<Record<string, number>>;
  readonly topRisks: readonly EndpointSummary[];
  readonly incidentsOpen: number;
  /** What the learning path could not take and only counted. */
  readonly exchangesShed: number;
  readonly exchangesLearned: number;
}

export interface DecisionList {
  readonly items: readonly DecisionView[];
  /** The `before` of the next page; missing on the last one. */
  readonly next?: string;
}

export interface IncidentList {
  readonly items: readonly Incident[];
}

export interface EndpointSummary {
  readonly id: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly operation?: string;
  readonly style: Endpoint["style"];
  readonly lifecycle: Endpoint["lifecycle"];
  readonly calls: number;
  readonly lastSeenMs: number;
  readonly authenticationRequired?: boolean;
  readonly sensitiveData: readonly string[];
  readonly exposure: Endpoint["exposure"];
  readonly attacks: number;
  readonly score: number;
  readonly level: Endpoint["risk"]["level"];
}

export interface EndpointView {
  readonly endpoint: Endpoint;
  readonly mode: Mode;
  readonly decisions: readonly DecisionView[];
  readonly exchanges: readonly RecordedExchange[];
}

/** The template of an endpoint taken apart, and what people decided about it. */
export interface TemplateView {
  readonly segments: readonly TemplateSegment[];
  readonly pins: readonly TemplatePin[];
}

export type EndpointPinRequest = Omit<PinRequest, "endpoint">;

export interface HostsView {
  readonly merges: readonly HostMerge[];
  readonly suggestions: readonly HostLikeness[];
}

export interface HostMergeRequest {
  readonly into: string;
}

export interface EventList {
  readonly items: readonly InventoryEvent[];
  /** The `before` of the next page; missing on the last one. */
  readonly next?: string;
}

export interface ServiceList {
  readonly items: readonly ServiceCall[];
}

export interface SpecificationRequest {
  readonly name: string;
  /** OpenAPI as YAML or JSON. */
  readonly text: string;
}

export interface SpecificationDrift extends LifecycleDrift {
  readonly name: string;
  /** `file`: from the configuration, read-only here. */
  readonly source: "file" | "console" | "compared";
}

export interface SpecificationList {
  readonly items: readonly SpecificationDrift[];
}

export interface DecisionView extends Decision {
  /** Inventory id and key of the endpoint it was about, when it is one. */
  readonly endpoint?: { readonly id: string; readonly key: string };
}

export interface DecisionDetail {
  readonly decision: DecisionView;
  readonly exchange?: RecordedExchange;
  readonly incident?: { readonly id: string; readonly summary: string };
  /** The smallest exceptions that would have let it pass, one per detection that counted. */
  readonly suggestedExceptions: readonly ExceptionRequest[];
}

export interface ExceptionRequest {
  readonly detector: string;
  readonly endpoint?: string;
  readonly field?: string;
  readonly reason?: string;
}

export interface PolicyView {
  readonly policy: Policy;
  /** Where modes and exceptions come from: the file's are read-only here. */
  readonly file?: string;
  readonly protections: readonly {
    readonly id: string;
    readonly summary: string;
    readonly mode: Mode;
  }[];
  readonly exceptions: readonly (PolicyException & { readonly source: "file" | "console" })[];
}

export interface ModeRequest {
  readonly mode: Mode;
  /** Missing both: the whole installation. */
  readonly protection?: string;
  /** Endpoint key. */
  readonly endpoint?: string;
}

export interface FindingPage extends Page<Finding> {
  /** Everybody who owns a finding. */
  readonly owners: readonly string[];
}

/** One decision about several findings. */
export interface FindingsRequest extends FindingChange {
  readonly ids: readonly string[];
}

export interface RiskView extends Counterfactual {
  /** Oldest first; a score holds until the next point. */
  readonly history: readonly ScorePoint[];
}

export interface ComplianceView {
  /** Since when findings are kept. */
  readonly sinceMs: number;
  readonly frameworks: readonly FrameworkResult[];
}
