import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { EndpointView } from "../../src/console/contract.ts";
import { type Endpoint, endpointKeyOf } from "../../src/model/endpoint.ts";
import { useEndpoint } from "../api/queries.ts";
import { EndpointRisk } from "../risk/endpoint-risk.tsx";
import { LifecycleBadge, RiskBadge } from "../widgets/badges.tsx";
import { DecisionTable } from "../widgets/decision-table.tsx";
import { EndpointName } from "../widgets/endpoint-name.tsx";
import { Figure, Figures } from "../widgets/figure.tsx";
import { count, timeAgo } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { ModeSwitch } from "../widgets/mode-switch.tsx";
import { Notice } from "../widgets/notice.tsx";
import { PageTitle } from "../widgets/page-title.tsx";
import { Panel } from "../widgets/panel.tsx";
import { AuthenticationEvidence } from "./authentication-evidence.tsx";
import { Consumers, Versions } from "./consumers.tsx";
import { EndpointHistory } from "./endpoint-history.tsx";
import { Parameters, SensitiveDataList } from "./learned.tsx";
import { Observed } from "./observed.tsx";
import { RecentExchanges } from "./recent-exchanges.tsx";
import { RiskFactors } from "./risk-factors.tsx";
import { learnedBodiesOf, SchemaView } from "./schema-view.tsx";
import { TemplatePanel } from "./template-panel.tsx";

const decisionsShown = 8;

/** One endpoint: what is wrong with it, what was learned of it, and what happened to it. */
export function EndpointPage({ id }: { readonly id: string }): ReactElement {
  return <Loaded query={useEndpoint(id)}>{(view) => <EndpointContent view={view} />}</Loaded>;
}

function EndpointContent({ view }: { readonly view: EndpointView }): ReactElement {
  const { endpoint } = view;
  return (
    <div className="grid gap-4">
      <EndpointTitle view={view} />
      <Traffic view={view} />
      <Panel title="Risk" aside={`${endpoint.risk.score} of 100 points, by what adds most`}>
        <RiskFactors factors={endpoint.risk.factors} />
      </Panel>
      <EndpointRisk id={endpoint.id} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title="Authentication" aside="found out from calls with and without credentials">
          <AuthenticationEvidence authentication={endpoint.authentication} />
        </Panel>
        <Panel title="Observed">
          <Observed endpoint={endpoint} />
        </Panel>
        {endpoint.calls > 0 && <TemplatePanel id={endpoint.id} />}
        <Panel title="Consumers" aside="those who call most" flush>
          <Consumers consumers={endpoint.consumers ?? []} />
        </Panel>
        {endpoint.versions !== undefined && (
          <Panel title="Versions">
            <Versions versions={endpoint.versions} />
          </Panel>
        )}
        <Panel title="Parameters" flush>
          <Parameters parameters={endpoint.parameters} />
        </Panel>
        <Panel title="Sensitive data" flush>
          <SensitiveDataList items={endpoint.sensitiveData} />
        </Panel>
      </div>
      <Bodies endpoint={endpoint} />
      <EndpointHistory id={endpoint.id} />
      <Panel
        title="Recent decisions"
        aside={
          <Link to="/decisions" search={{ endpoint: endpoint.id }}>
            All decisions here
          </Link>
        }
        flush
      >
        {view.decisions.length === 0 ? (
          <Notice title="Nothing was objected to here." />
        ) : (
          <DecisionTable decisions={view.decisions.slice(0, decisionsShown)} />
        )}
      </Panel>
      {view.exchanges.length > 0 && (
        <Panel title="Recorded exchanges" aside="redacted before they were written">
          <RecentExchanges exchanges={view.exchanges} />
        </Panel>
      )}
    </div>
  );
}

function Bodies({ endpoint }: { readonly endpoint: Endpoint }): ReactElement | null {
  const { schemas, bodies = learnedBodiesOf(schemas) } = endpoint;
  if (bodies.length === 0) return null;
  return (
    <Panel title="Bodies as learned" aside="JSON Schema, by status and media type">
      <SchemaView bodies={bodies} />
    </Panel>
  );
}

function EndpointTitle({ view }: { readonly view: EndpointView }): ReactElement {
  const { endpoint } = view;
  const { method, path, operation, host, style, risk, lifecycle } = endpoint;
  return (
    <PageTitle
      title={`${method} ${path}`}
      heading={<EndpointName method={method} path={path} operation={operation} />}
      hint={
        <span className="flex flex-wrap items-center gap-2">
          {host} · {style}
          <RiskBadge score={risk.score} level={risk.level} />
          <LifecycleBadge lifecycle={lifecycle} />
          {endpoint.lifecycleEvidence !== undefined && (
            <span>{endpoint.lifecycleEvidence.reason}</span>
          )}
        </span>
      }
    >
      <div className="grid justify-items-end gap-1">
        <ModeSwitch
          label="Mode of this endpoint"
          mode={view.mode}
          scope={{ endpoint: endpointKeyOf({ method, host, path }) }}
        />
        {operation !== undefined && (
          <span className="text-xs text-mute">for every operation at this path</span>
        )}
      </div>
    </PageTitle>
  );
}

function Traffic({ view }: { readonly view: EndpointView }): ReactElement {
  const { calls, lastSeenMs, attacks, clients, principals, durationMs } = view.endpoint;
  return (
    <Figures>
      <Figure
        label="Calls"
        value={count(calls)}
        hint={calls === 0 ? "documented, never called" : `last ${timeAgo(lastSeenMs)}`}
      />
      <Figure
        label="Attacks"
        value={count(attacks)}
        hint="requests with an attack on it"
        {...(attacks > 0 && { tone: "text-bad" })}
      />
      <Figure
        label="Clients"
        value={count(clients)}
        hint={`${count(principals)} with credentials of their own`}
      />
      <Figure
        label="Answers in"
        value={`${durationMs.p50.toFixed(1)} ms`}
        hint={`95 % within ${durationMs.p95.toFixed(1)} ms`}
      />
    </Figures>
  );
}
